"""A meeting of the team: its page over two sittings, the meeting's and the plan's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from desktop.services.filling import Filling
from desktop.services.meeting import MeetingTable, TeamMeetings
from desktop.services.papers.kinds import NOTES
from desktop.ui.lanes import AnyLane
from desktop.ui.moments import Moments
from desktop.ui.pages.form_part import FormPart
from desktop.ui.pages.meeting import MeetingPage
from desktop.ui.pages.page import Page
from desktop.ui.presenters.form import Sitting
from desktop.ui.window import Window


@dataclass(frozen=True, slots=True)
class MeetingWays:
    """Where one can go from a meeting: a record's form, the notes on paper.

    ``sit`` begins a sitting with a record; it is kept until the page has gone and all is saved
    (``keep``).
    """

    open_record: Callable[[str, str], None]
    print_paper: Callable[[str, str], None]
    sit: Callable[[Filling], Sitting]
    keep: Callable[[Sitting, Page], None]
    say: Callable[[Exception], None]


class MeetingPresenter(QObject):
    """Shows a family's meeting, read anew whenever one comes back to it."""

    def __init__(
        self,
        window: Window,
        lane: AnyLane,
        meetings: TeamMeetings,
        moments: Moments,
        ways: MeetingWays,
    ) -> None:
        super().__init__(window)
        self._window, self._lane, self._meetings = window, lane, meetings
        self._moments, self._ways = moments, ways
        self._asked_last = object()

    def open(self, family: str) -> None:
        """Show the meeting that is being written, or begin one. Asked twice, it is one page."""
        asked = self._asked_last = object()

        def show(page: Page) -> None:
            if asked is self._asked_last:
                self._window.open(page)
            else:
                page.deleteLater()

        self._lane.submit(
            lambda: self._meetings.sit_down(family),
            lambda record: self._read(record, show),
            self._ways.say,
        )

    def _read(self, record: str, show: Callable[[Page], None]) -> None:
        self._lane.submit(
            lambda: self._meetings.table(record),
            lambda table: show(self._page(table)),
            self._ways.say,
        )

    def _page(self, table: MeetingTable) -> MeetingPage:
        on_the_table = [one for one in (table.meeting, table.plan) if one is not None]
        sittings = [self._ways.sit(Filling(one, self._meetings.clock)) for one in on_the_table]
        parts = [FormPart(s.filling, s.saving, s.around, self) for s in sittings]
        plan = parts[1] if len(parts) > 1 else None
        page = MeetingPage(parts[0], plan, table.may_come, self._moments.when)
        for part in parts:
            part.setParent(page)
        for sitting in sittings:
            self._ways.keep(sitting, page)
        record, family, opened = table.meeting.record, table.family, table.plan
        meetings = self._meetings

        def instead(read_again: Page) -> None:
            if self._window.page is page:
                self._window.replace(read_again)
            else:  # somebody went on from here meanwhile; coming back it is read once more
                read_again.deleteLater()

        def again() -> None:
            if self._window.page is page and page.may_differ:
                page.setEnabled(False)
                self._read(record, instead)

        def change_plan() -> None:
            if opened is not None:
                self._lane.submit(
                    lambda: meetings.change_plan(opened), lambda _: again(), self._ways.say
                )

        def begin_plan() -> None:
            self._lane.submit(
                lambda: meetings.begin_plan(family),
                lambda plan: self._ways.open_record(plan, ""),
                self._ways.say,
            )

        page.returned.connect(again)
        page.form_asked.connect(lambda record: self._ways.open_record(record, ""))
        page.print_asked.connect(lambda: self._ways.print_paper(family, f"{NOTES}{record}"))
        page.plan_begun.connect(begin_plan)
        page.plan_reopened.connect(change_plan)
        return page
