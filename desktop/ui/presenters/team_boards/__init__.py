"""The team's small pages, by the permission that opens each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.ui.moments import Moments
from desktop.ui.presenters.team_boards.access import AccessBoard
from desktop.ui.presenters.team_boards.approvals import ApprovalsBoard
from desktop.ui.presenters.team_boards.audit import AuditBoard
from desktop.ui.presenters.team_boards.board import Board
from desktop.ui.presenters.team_boards.covers import CoversBoard
from desktop.ui.presenters.team_boards.held import HeldBoard
from desktop.ui.presenters.team_boards.laptops import LaptopsBoard
from desktop.ui.presenters.team_boards.matches import MatchesBoard
from desktop.ui.presenters.team_boards.requests import RequestsBoard

__all__ = ["BOARDS", "Board", "Way"]


@dataclass(frozen=True, slots=True)
class Way:
    """A small page: the act of the EHM's table that opens it, and how it is made."""

    act: str
    board: Callable[[Moments], Board]


BOARDS = {
    "approvals": Way("approve", ApprovalsBoard),
    "requests": Way("requests", RequestsBoard),
    "matches": Way("match", MatchesBoard),
    "covers": Way("allocate", CoversBoard),
    "laptops": Way("order", LaptopsBoard),
    "held": Way("settle", HeldBoard),
    "audit": Way("audit", AuditBoard),
    "access": Way("access", AccessBoard),
}
