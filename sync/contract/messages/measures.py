"""Measures: what the records of a caseload, a team or the council come to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from sync.contract.messages.kinds import Identifier, Reply, Request, Time

Scope = Literal["own", "team", "council"]
Day = Annotated[date, Field(strict=False, ge=date(2000, 1, 1), le=date(2100, 12, 31))]


class AskMeasures(Request):
    """Asks for every measure over a period, both days included."""

    scope: Scope
    first: Day
    last: Day


class Figure(Reply):
    """One figure. ``of`` is null for a plain count; ``hidden``: too small to be shown."""

    counted: int
    of: int | None = None
    percent: float | None = None
    mean: float | None = None
    median: float | None = None
    hidden: bool = False


class Measured(Reply):
    """One measure: what it counts, in words, and its figures, in all and by each cut.

    ``families``: those behind the figure in all, for readers who may see them.
    """

    key: str
    title: str
    numerator: str
    denominator: str
    version: int
    caveats: tuple[str, ...] = ()
    total: Figure
    by: Mapping[str, Mapping[str, Figure]] = {}
    families: tuple[Identifier, ...] = ()


class AllMeasured(Reply):
    """Every measure. ``written``: the newest change in them; ``families`` were looked at."""

    first: Day
    last: Day
    computed: Time
    written: Time | None = None
    families: int
    measures: tuple[Measured, ...]
