"""What a small page of the team is made of: what it lists, and what its buttons do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from desktop.services.team import TeamWire
from desktop.ui.pages.matters import Matter


class Board(Protocol):
    """One subject, online. Both calls run in the network lane; errors: SyncError."""

    @property
    def name(self) -> str:
        """The page's name."""

    @property
    def intro(self) -> str:
        """What the page is for."""

    def read(self, wire: TeamWire) -> tuple[Matter, ...]:
        """What there is now."""

    def act(self, wire: TeamWire, matter: str, deed: str, said: Mapping[str, str]) -> str:
        """Do it; what came of it in words."""
