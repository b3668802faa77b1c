"""The team's page, over the network."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.services.team import TeamDesk
from desktop.ui.lanes import AnyLane
from desktop.ui.pages.team import TeamPage


class TeamPresenter(QObject):
    """Fills the page from the council, and gives families to people."""

    def __init__(self, page: TeamPage, lane: AnyLane, desk: TeamDesk) -> None:
        super().__init__(page)
        self._page, self._lane, self._desk = page, lane, desk
        page.give_asked.connect(self._give)
        page.returned.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Ask the council again."""
        self._lane.submit(self._desk.read, self._page.show_team, self._not_asked)

    def _give(self, family: str, worker: str, reason: str) -> None:
        self._lane.submit(
            lambda: self._desk.give(family, worker, reason), self._page.show_team, self._not_asked
        )

    def _not_asked(self, error: Exception) -> None:
        self._page.say(str(getattr(error, "message", "")))
