"""The list of families."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.services.families import Families
from desktop.services.syncing import Syncing
from desktop.ui.lanes import AnyLane
from desktop.ui.pages.families import FamiliesPage


class FamiliesPresenter(QObject):
    """Fills the page, searches as the worker types, and begins a family."""

    def __init__(
        self,
        page: FamiliesPage,
        lane: AnyLane,
        families: Families,
        syncing: Syncing,
        open_family: Callable[[str], None],
        say: Callable[[Exception], None],
    ) -> None:
        super().__init__(page)
        self._page, self._lane = page, lane
        self._families, self._syncing, self._say = families, syncing, say
        page.search_asked.connect(self.show)
        page.family_chosen.connect(open_family)
        self._open_family, self._is_beginning = open_family, False
        page.new_family_asked.connect(self._begin)
        page.returned.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the list as it stands now."""
        self.show(self._page.search_field.text().strip())
        self._lane.submit(self._syncing.state, self._page.show_sync)

    def _begin(self) -> None:
        if not self._is_beginning:  # asked twice
            self._is_beginning = True
            self._lane.submit(self._families.begin, self._begun, self._not_begun)

    def _begun(self, family: str) -> None:
        self._is_beginning = False
        self._open_family(family)

    def _not_begun(self, error: Exception) -> None:
        self._is_beginning = False
        self._say(error)

    def show(self, search: str) -> None:
        """Show what is found by these words; all families for none."""
        self._lane.submit(
            lambda: self._families.list(search),
            lambda found: self._page.show_families(found, search),
        )
