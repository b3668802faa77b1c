"""The ways to paper: from a family's page to its papers, the copies owed, and the print page.

What prints is imported in the vault lane when it is first asked for: 13 MB that a visit without
paper does not take.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from desktop.services.figure_views import Dashboard
from desktop.services.print_views import OwedLine, PrintDesk
from desktop.ui.lanes import AnyLane
from desktop.ui.moments import Moments
from desktop.ui.presenters.papers import OwedPresenter, PapersPresenter, PaperWays
from desktop.ui.window import Window
from forms.casework.directory import Service

if TYPE_CHECKING:
    from desktop.services.paper import Paper
    from desktop.services.print_desk import PaperDesk


class Around(Protocol):
    """What is there before unlocking, and stays."""

    window: Window
    vault_lane: AnyLane
    paper_lane: AnyLane

    def say(self, error: Exception) -> None:
        """Show an error that has words of its own."""


class Printing:
    """``paper`` is called in the vault lane; ``open_record`` shows a record at a question."""

    def __init__(
        self,
        around: Around,
        moments: Moments,
        paper: Callable[[], Paper],
        open_record: Callable[[str, str], None],
    ) -> None:
        self._around, self._moments = around, moments
        self._paper, self._open_record = paper, open_record
        self._ways = PaperWays(self.print_paper, self.print_owed, self.print_blank, around.say)

    def print_plan(self, family: str, size: str) -> None:
        """Show what of the plan would be printed, for whom."""
        self._at_desk(lambda paper: paper.plan_desk(family), size)

    def print_paper(self, family: str, key: str) -> None:
        """Show what of one paper would be printed, for whom."""
        self._at_desk(lambda paper: paper.desk(family, key))

    def print_owed(self, owed: OwedLine) -> None:
        """Show a copy that somebody waits for."""
        self._at_desk(
            lambda paper: paper.desk(owed.family, owed.paper_key), recipient=owed.reader_key
        )

    def print_blank(self, form: str) -> None:
        """Show a form with nothing in it, to be printed."""
        self._at_desk(lambda paper: paper.blank_desk(form), recipient="blank")

    def print_service(self, service: Service) -> None:
        """Show the card of a service, to be printed."""
        self._at_desk(lambda paper: paper.service_desk(service), recipient="blank")

    def print_figures(self, shown: Dashboard) -> None:
        """Show the figures of a quarter, to be printed."""
        self._at_desk(lambda paper: paper.figures_desk(shown), recipient="blank")

    def open_papers(self, family: str) -> None:
        """Show every paper of a family; for no family, the blank forms."""
        self._with_paper(lambda paper: self._show_papers(paper, family))

    def open_owed(self) -> None:
        """Show who waits for a copy."""
        self._with_paper(self._show_owed)

    # --- inside ------------------------------------------------------------------------------

    def _with_paper(self, then: Callable[[Paper], None]) -> None:
        self._around.vault_lane.submit(self._paper, then, self._around.say)

    def _show_papers(self, paper: Paper, family: str) -> None:
        from desktop.ui.pages.papers import PapersPage

        page = PapersPage(self._moments)
        PapersPresenter(page, self._around.vault_lane, paper, family, self._ways)
        self._around.window.open(page)

    def _show_owed(self, paper: Paper) -> None:
        from desktop.ui.pages.owed import OwedPage

        page = OwedPage(self._moments)
        OwedPresenter(page, self._around.vault_lane, paper, self._ways)
        self._around.window.open(page)

    def _at_desk(
        self, desk: Callable[[Paper], PrintDesk], size: str = "", *, recipient: str = ""
    ) -> None:
        self._around.vault_lane.submit(
            lambda: desk(self._paper()),
            lambda found: self._open_print(found, size, recipient),
            self._around.say,
        )

    def _open_print(self, desk: PrintDesk, size: str, recipient: str) -> None:
        from desktop.services.print_desk import PaperDesk
        from desktop.ui.pages.print_preview import PrintPage
        from desktop.ui.printers import QtPrinters

        page = PrintPage(
            desk,
            QtPrinters(),
            self._around.vault_lane,
            self._around.paper_lane,
            self._moments,
            size,
            recipient=recipient,
        )
        page.record_chosen.connect(lambda record: self._open_record(record, ""))
        if isinstance(desk, PaperDesk):
            page.decision_asked.connect(lambda recipient: self._decide(desk, recipient))
        page.load()
        self._around.window.open(page)

    def _decide(self, desk: PaperDesk, recipient: str) -> None:
        self._around.vault_lane.submit(
            lambda: desk.decide(recipient),
            lambda record: self._open_record(record, ""),
            self._around.say,
        )
