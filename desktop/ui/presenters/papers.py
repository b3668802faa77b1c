"""The papers of a family, the copies owed, and the council's blank forms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.services.print_views import OwedLine
from desktop.ui.lanes import AnyLane
from desktop.ui.pages.owed import OwedPage
from desktop.ui.pages.papers import PapersPage

if TYPE_CHECKING:
    from desktop.services.paper import Paper


@dataclass(frozen=True, slots=True)
class PaperWays:
    """Where one can go: a paper of a family (family, key), a copy owed, a blank form (form)."""

    print_paper: Callable[[str, str], None]
    print_owed: Callable[[OwedLine], None]
    print_blank: Callable[[str], None]
    say: Callable[[Exception], None]


class PapersPresenter(QObject):
    """Shows the papers of a family; without a family, the blank forms alone."""

    def __init__(
        self, page: PapersPage, lane: AnyLane, paper: Paper, family: str, ways: PaperWays
    ) -> None:
        super().__init__(page)
        self._page, self._lane, self._paper, self._family = page, lane, paper, family
        self._say = ways.say
        page.paper_chosen.connect(lambda key: ways.print_paper(family, key))
        page.owed_chosen.connect(ways.print_owed)
        page.blank_chosen.connect(ways.print_blank)
        page.returned.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what can be printed as things stand."""
        paper, family, page = self._paper, self._family, self._page
        self._lane.submit(
            lambda: (
                paper.shelf(family) if family else (),
                paper.blank_forms(),
                paper.owed(family) if family else [],
            ),
            lambda found: page.show_papers(*found),
            self._say,
        )


class OwedPresenter(QObject):
    """Shows who waits for a copy."""

    def __init__(self, page: OwedPage, lane: AnyLane, paper: Paper, ways: PaperWays) -> None:
        super().__init__(page)
        self._page, self._lane, self._paper, self._say = page, lane, paper, ways.say
        page.print_asked.connect(ways.print_owed)
        page.settled.connect(self._settle)
        page.returned.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is owed now."""
        self._lane.submit(self._paper.owed, self._page.show_owed, self._say)

    def _settle(self, owed: OwedLine) -> None:
        self._lane.submit(lambda: self._paper.settle(owed), lambda _: self.refresh(), self._say)
