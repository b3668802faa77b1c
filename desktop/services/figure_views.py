"""What the page of figures shows: a quarter's measures, how they were before, and how fresh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

OWN, TEAM, COUNCIL = "own", "team", "council"


@dataclass(frozen=True, slots=True)
class Number:
    """One figure. ``of`` is None for a plain count; ``hidden``: too small to be shown."""

    counted: int
    of: int | None = None
    percent: float | None = None
    mean: float | None = None
    median: float | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class FigureLine:
    """One measure: how many, of how many, in the quarters before (the latest first), and by groups.

    ``by``: each cut with the number of each of its values. ``revised``: what was published, where
    that is not what is so now, and ``revised_by`` of each ``cut=value``, 0 where nothing was;
    ``redefined`` if the measure itself has changed since. ``is_as_published``: ``now`` is what was
    published, for what leaves the service. ``families`` are id and name, of the worker's own;
    others are asked for.
    """

    key: str
    title: str
    counts: str
    of_words: str
    now: Number
    version: int = 1
    before: tuple[Number | None, ...] = ()
    by: tuple[tuple[str, tuple[tuple[str, Number], ...]], ...] = ()
    families: tuple[tuple[str, str], ...] = ()
    caveats: tuple[str, ...] = ()
    revised: Number | None = None
    revised_by: Mapping[str, Number] = field(default_factory=dict)
    redefined: bool = False
    is_as_published: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Publication:
    """When a quarter was published last, by whom, and how many of its figures differ now."""

    number: int
    at: datetime
    by: str
    changed: int


@dataclass(frozen=True, slots=True)
class SoFar:
    """How many of how many families the centre has counted for what was asked."""

    counted: int
    families: int

    @property
    def is_all(self) -> bool:
        """True once the figures can be had at once."""
        return self.counted >= self.families


@dataclass(frozen=True, slots=True, repr=False)
class Dashboard:
    """A quarter's figures of a worker's own families, a team's or the council's.

    ``earlier`` are the last days of the quarters before. ``checked``: when this laptop last asked
    the centre; ``computed``: when the centre worked them out; ``written``: the newest change in
    them. ``can_list``: each figure may be asked for its families. ``cuts``: what the council calls
    the groups, by their key.
    """

    scope: str
    first: date
    last: date
    figures: tuple[FigureLine, ...]
    earlier: tuple[date, ...] = ()
    checked: datetime | None = None
    computed: datetime | None = None
    written: datetime | None = None
    published: Publication | None = None
    can_list: bool = True
    can_publish: bool = False
    cuts: Mapping[str, str] = field(default_factory=dict)
