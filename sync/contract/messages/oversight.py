"""What a manager is asked to look at: kinds and days, and no words that anybody wrote."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from sync.contract.messages.head import Head
from sync.contract.messages.kinds import Identifier, Reply


class OverseenFamily(Reply):
    """What to look at in one family.

    ``drift`` are reasons to ask whether the help still helps; ``overdue`` kinds of tasks;
    ``waiting`` what waits for a manager: ``closure``, ``level_4``, ``request``. ``unclear``: how
    many open actions do not say who, by when or how it will be known (domain.md 1.18).
    """

    id: Identifier
    reference: str
    level: int | None = None
    begun: date | None = Field(default=None, strict=False)
    overseen: date | None = Field(default=None, strict=False)
    drift: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    unclear: int = 0


class Oversight(Reply):
    """The families of a team that need looking at, the most reasons first."""

    head: Head
    families: tuple[OverseenFamily, ...]
