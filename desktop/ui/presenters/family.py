"""One family's page, and its plan on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from desktop.services.casework import Casework
from desktop.services.families import Families
from desktop.services.records import Records
from desktop.services.views import FamilyOverview, NextStep
from desktop.ui.lanes import AnyLane
from desktop.ui.pages.family import FamilyPage
from desktop.ui.pages.page import Page
from desktop.ui.pages.plan import PlanPage


@dataclass(frozen=True, slots=True)
class FamilyWays:
    """Where one can go from a family: a record at a path, the plan, on paper, all papers.

    ``go`` leads to a page of casework about it. ``gone`` is told why the family cannot be shown;
    ``say`` what else went wrong.
    """

    open_record: Callable[[str, str], None]
    open_plan: Callable[[str], None]
    print_plan: Callable[[str, str], None]
    open_papers: Callable[[str], None]
    go: Callable[[str, str], None]
    gone: Callable[[Page, Exception], None]
    say: Callable[[Exception], None]


class FamilyPresenter(QObject):
    """Shows a family as it stands, each time one comes back to it."""

    def __init__(
        self,
        page: FamilyPage,
        lane: AnyLane,
        families: Families,
        records: Records,
        casework: Casework,
        family: str,
        ways: FamilyWays,
    ) -> None:
        super().__init__(page)
        self._page, self._lane, self._family = page, lane, family
        self._families, self._records, self._ways = families, records, ways
        self._casework = casework
        self._is_beginning = False
        page.step_chosen.connect(self._take_step)
        page.record_chosen.connect(lambda record: ways.open_record(record, ""))
        page.answer_chosen.connect(ways.open_record)
        page.plan_asked.connect(lambda: ways.open_plan(family))
        page.print_asked.connect(lambda size: ways.print_plan(family, size))
        page.papers_asked.connect(lambda: ways.open_papers(family))
        page.way_asked.connect(lambda key: ways.go(family, key))
        page.returned.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the family as it stands now."""
        self._lane.submit(
            lambda: (self._families.overview(self._family), self._casework.standing(self._family)),
            lambda shown: self._page.show_family(*shown),
            self._gone,
        )

    def _take_step(self, step: NextStep) -> None:
        if step.record is not None:
            self._ways.open_record(step.record, "")
        elif not self._is_beginning:  # chosen twice
            self._is_beginning = True
            self._lane.submit(
                lambda: self._records.begin(self._family, step.form, step.person or ""),
                self._begun,
                self._not_begun,
            )

    def _begun(self, record: str) -> None:
        self._is_beginning = False
        self._ways.open_record(record, "")

    def _not_begun(self, error: Exception) -> None:
        self._is_beginning = False
        self._ways.say(error)

    def _gone(self, error: Exception) -> None:
        self._ways.gone(self._page, error)


class PlanPresenter(QObject):
    """Shows the family's plan."""

    def __init__(
        self, page: PlanPage, lane: AnyLane, families: Families, family: str, ways: FamilyWays
    ) -> None:
        super().__init__(page)
        self._page, self._lane, self._families = page, lane, families
        self._family, self._ways, self._record = family, ways, ""
        page.edit_asked.connect(lambda: ways.open_record(self._record, ""))
        page.print_asked.connect(lambda size: ways.print_plan(family, size))
        page.returned.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the plan as it stands now."""
        self._lane.submit(lambda: self._families.overview(self._family), self._show, self._gone)

    def _gone(self, error: Exception) -> None:
        self._ways.gone(self._page, error)

    def _show(self, overview: FamilyOverview) -> None:
        if overview.plan is not None:
            self._record = overview.plan.record
            self._page.show_plan(overview.plan)
