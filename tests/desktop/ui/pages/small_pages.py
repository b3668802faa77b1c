"""Pages that are met now and then: the team's small ones, enrolling, and what the hub answered.

The team's are filled from the EHM's own examples of its answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, cast

from PySide6.QtWidgets import QPushButton

from desktop.services.case_views import ApprovalLine, AtHub, HubLine
from desktop.services.figure_views import SoFar
from desktop.services.team import TeamWire
from desktop.services.views import RecordLine, RecordState
from desktop.ui.pages.enrol import EnrolPage
from desktop.ui.pages.family import FamilyPage
from desktop.ui.pages.figures import FiguresPage
from desktop.ui.pages.matters import MattersPage
from desktop.ui.pages.page import Page
from desktop.ui.presenters.team_boards import BOARDS, Board
from sync.client.wire import HttpWire
from sync.contract.examples import EXAMPLES
from tests.desktop.ui.pages.case_examples import STANDING
from tests.desktop.ui.pages.examples import MOMENTS, NOW, OVERVIEW
from tests.desktop.ui.pages.walk import for_worker


class ExampleWire:
    """Answers each call with the example of its kind."""

    def ask(self, kind: type[Any], _method: str, _path: str, _message: object = None) -> Any:
        return next(example for example in EXAMPLES if type(example) is kind)


WIRE = TeamWire(cast(HttpWire, ExampleWire()))


def board_page(key: str, read: Callable[[Board], None] = lambda _board: None) -> MattersPage:
    """The page of a board, after ``read`` has done something with it."""
    board = BOARDS[key].board(MOMENTS)
    page = MattersPage(board.name, board.intro)
    matters = board.read(WIRE)
    read(board)
    page.show_matters(board.read(WIRE) or matters)
    return page


def opened(page: MattersPage, words: str) -> MattersPage:
    """With the form open that a button opens."""
    next(b for b in page.findChildren(QPushButton) if b.text() == words).click()
    return page


def team_approvals() -> Page:
    return board_page("approvals")


def team_approval_read() -> Page:
    def read(board: Board) -> None:
        (matter,) = board.read(WIRE)
        board.act(WIRE, matter.id, "read", {})

    return opened(board_page("approvals", read), "Send back")


def team_requests() -> Page:
    return board_page("requests")


def team_matches() -> Page:
    return opened(board_page("matches"), "Decide")


def team_covers() -> Page:
    return board_page("covers")


def team_laptops() -> Page:
    return opened(board_page("laptops"), "Lock it")


def team_held() -> Page:
    return board_page("held")


def team_audit() -> Page:
    def read(board: Board) -> None:
        board.act(WIRE, "audit", "read", {"role": "manager", "why": "The quarterly check."})

    return board_page("audit", read)


def enrol() -> Page:
    def fine(_words: str) -> str:
        return ""

    offer = "rivers carry quiet lanterns home"
    return EnrolPage("https://ehm.larkhill.example", lambda: offer, fine, fine)


def family_answered() -> Page:
    """The hub has answered one request, another waits, and a manager sent the closing back."""

    def asked(record: str, line: HubLine) -> RecordLine:
        title = "Request for support"
        return RecordLine(record, "request", title, RecordState.FINISHED, at_hub=line)

    answer = HubLine(
        "r7", AtHub.DECIDED, name="Cy Bell", decision="more", words="Which school does Tobi go to?"
    )
    back = "What does Sam say? Hear him before you close."
    page = FamilyPage(MOMENTS)
    page.show_family(
        replace(
            OVERVIEW,
            conflicts=(),
            records=(
                asked("r7", answer),
                asked("r8", HubLine("r8", AtHub.WAITS, urgent=True)),
                asked("r9", HubLine("r9", AtHub.ACCEPTED, at=NOW, name="Cy Bell")),
                *OVERVIEW.records,
            ),
            approvals=(
                ApprovalLine("r10", "closure", "returned", "Ann Cole", NOW.date(), back),
                ApprovalLine("r11", "closure", "waiting"),
                ApprovalLine("r3", "loosened", "waiting"),
            ),
        ),
        replace(STANDING, closing_waits=NOW.date()),
    )
    for_worker(page).toggle.click()
    return page


def figures_counted() -> FiguresPage:
    """The centre is on its way through the families of a large council."""
    page = FiguresPage(MOMENTS, ("own", "team", "council"), [(date(2026, 1, 1), date(2026, 3, 31))])
    page.whose.setCurrentIndex(2)
    page.begin_counting()
    page.counting.show_so_far(SoFar(1_840, 5_000))
    return page


SMALL_PAGES: dict[str, Callable[[], Page]] = {
    made.__name__: made
    for made in (
        team_approvals,
        team_approval_read,
        team_requests,
        team_matches,
        team_covers,
        team_laptops,
        team_held,
        team_audit,
        enrol,
        family_answered,
        figures_counted,
    )
}
