"""The ways through casework: my work, what happened, pictures, the board, measures, services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject

from desktop.services.case_views import DirectoryView, TaskLine
from desktop.services.casework import Casework
from desktop.services.meeting import MEETING as TEAM_MEETING
from desktop.services.records import Records
from desktop.ui.lanes import AnyLane
from desktop.ui.moments import Moments
from desktop.ui.pages.chronology import ChronologyPage
from desktop.ui.pages.directory import DirectoryPage, ServiceCardPage
from desktop.ui.pages.family_pictures import FamilyPicturesPage
from desktop.ui.pages.my_work import MyWorkPage
from desktop.ui.pages.page import Page
from desktop.ui.pages.plan_board import PlanBoardPage
from desktop.ui.pages.standing_card import BOARD, CHRONOLOGY, MEETING, PICTURES
from desktop.ui.window import Window
from forms.casework.directory import Service

View = TypeVar("View")
WORK, DIRECTORY = "work", "directory"


@dataclass(frozen=True, slots=True)
class CaseWays:
    """Where the pages of casework lead to, beside each other."""

    open_family: Callable[[str], None]
    open_record: Callable[[str, str], None]
    open_meeting: Callable[[str], None]
    begin_visit: Callable[[], None]
    print_service: Callable[[Service], None]
    gone: Callable[[Page, Exception], None]
    say: Callable[[Exception], None]


class CaseworkPresenter(QObject):
    """Opens the pages of casework, and fills each again when one comes back to it."""

    def __init__(
        self,
        window: Window,
        lane: AnyLane,
        casework: Casework,
        records: Records,
        moments: Moments,
        ways: CaseWays,
    ) -> None:
        super().__init__(window)
        self._window, self._lane, self._casework = window, lane, casework
        self._records, self._moments, self._ways = records, moments, ways
        self._pages: dict[str, Callable[[], None]] = {
            WORK: self._open_work,
            DIRECTORY: self._open_directory,
        }

    def open(self, key: str) -> None:
        """Show a page about everything: ``work`` or ``directory``."""
        self._pages[key]()

    def open_of_family(self, family: str, key: str) -> None:
        """Show a page about one family: ``chronology``, ``pictures``, ``board`` or ``meeting``."""
        if key == MEETING:
            self._ways.open_meeting(family)
        elif key == CHRONOLOGY:
            happened = ChronologyPage(self._moments)
            happened.record_chosen.connect(lambda record: self._ways.open_record(record, ""))
            self._show(
                happened, lambda: self._casework.chronology(family), happened.show_chronology
            )
        elif key == PICTURES:
            pictures = FamilyPicturesPage(self._moments)
            self._show(pictures, lambda: self._casework.pictures(family), pictures.show_pictures)
        elif key == BOARD:
            board = PlanBoardPage(self._moments)
            board.action_chosen.connect(self._ways.open_record)
            self._show(board, lambda: self._casework.board(family), board.show_board)

    # --- inside ------------------------------------------------------------------------------

    def _show(self, page: Page, fetch: Callable[[], View], show: Callable[[View], None]) -> None:
        def refresh() -> None:
            self._lane.submit(fetch, show, lambda error: self._ways.gone(page, error))

        page.returned.connect(refresh)
        self._window.open(page)
        refresh()

    def _open_work(self) -> None:
        page = MyWorkPage(self._moments)
        page.family_chosen.connect(self._ways.open_family)
        page.task_chosen.connect(self._take)
        page.visit_asked.connect(self._visit)
        self._show(page, self._casework.work, page.show_work)

    def _take(self, task: TaskLine) -> None:
        """Where a task is done: in its record, in a new one of its form, or on the family page."""
        if task.record:
            self._ways.open_record(task.record, "")
        elif task.form == TEAM_MEETING:
            self._ways.open_meeting(task.family)
        elif task.form:
            self._lane.submit(
                lambda: self._records.begin(task.family, task.form),
                lambda record: self._ways.open_record(record, ""),
                self._ways.say,
            )
        else:
            self._ways.open_family(task.family)

    def _visit(self, family: str) -> None:
        self._ways.begin_visit()
        self._ways.open_family(family)

    def _open_directory(self) -> None:
        page = DirectoryPage(self._moments)

        def show(view: DirectoryView) -> None:
            page.show_services(view)
            self._today = view.today

        def look() -> None:
            wanted = page.looked_for
            self._lane.submit(lambda: self._casework.directory(wanted), show, self._ways.say)

        page.wanted.connect(look)
        page.service_chosen.connect(self._show_service)
        self._window.open(page)
        look()

    def _show_service(self, service: Service) -> None:
        card = ServiceCardPage(service, self._moments, service.is_stale(self._today))
        card.print_asked.connect(lambda: self._ways.print_service(service))
        self._window.open(card)
