"""Measures: what the records of a caseload, a team or the council come to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from sync.contract.messages.devices import Worker
from sync.contract.messages.kinds import PRINTABLE, Identifier, Reply, Request, Time

Scope = Literal["own", "team", "council"]
Day = Annotated[date, Field(strict=False, ge=date(2000, 1, 1), le=date(2100, 12, 31))]


MOST_QUARTERS = 8
CutWord = Annotated[str, Field(max_length=200, pattern=PRINTABLE)]


class AskMeasures(Request):
    """Asks for every measure over a period, both days included.

    ``quarters_before``: and for how many quarters before it, to show where it goes.
    """

    scope: Scope
    first: Day
    last: Day
    quarters_before: int = Field(default=0, ge=0, le=MOST_QUARTERS)


class CountedSoFar(Reply):
    """How many of how many families are counted; once it is all, the figures come at once."""

    counted: int
    families: int


class AskListed(Request):
    """Asks which families are behind a figure; ``cut`` and ``value`` blank: the one in all."""

    scope: Scope
    first: Day
    last: Day
    measure: Annotated[str, Field(min_length=1, max_length=40, pattern=PRINTABLE)]
    cut: CutWord = ""
    value: CutWord = ""


class PublishQuarter(Request):
    """Publishes the figures of the quarter that ends on this day, as they stand now."""

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
    """One measure: what it counts, in words, and its figures, in all and by each cut."""

    key: str
    title: str
    numerator: str
    denominator: str
    version: int
    caveats: tuple[str, ...] = ()
    total: Figure
    by: Mapping[str, Mapping[str, Figure]] = {}


class Earlier(Reply):
    """The figures in all of a quarter before, by measure: as ``published``, or as they are now."""

    first: Day
    last: Day
    published: bool
    figures: Mapping[str, Figure]


class Revised(Reply):
    """One figure that is not what was published. ``redefined``: the measure itself changed.

    ``cut`` is blank for the figure in all, else ``cut=value``. For those outside the service a
    figure that changed by fewer than 5, or would tell one that did, has no ``now`` beside it.
    """

    measure: str
    cut: str = ""
    before: Figure | None = None
    now: Figure | None = None
    redefined: bool = False


class Published(Reply):
    """When and by whom a quarter was published last, and what has changed in it since.

    ``number`` counts its publications; ``written`` is the newest change that was in it.
    """

    number: int
    at: Time
    by: Worker
    written: Time | None = None
    revised: tuple[Revised, ...] = ()


class ListedFamily(Reply):
    """A family of a list: which it is, and nothing that was written."""

    id: Identifier
    reference: str
    number: str = ""


class Listed(Reply):
    """The families behind a figure."""

    families: tuple[ListedFamily, ...]


class AllMeasured(Reply):
    """Every measure. ``written``: the newest change in them; ``families`` were looked at.

    ``before``: the quarters that were asked for besides, the latest first. ``published``: of the
    whole council only, where the period is a quarter that was published.
    """

    first: Day
    last: Day
    computed: Time
    written: Time | None = None
    families: int
    measures: tuple[Measured, ...]
    before: tuple[Earlier, ...] = ()
    published: Published | None = None
