"""A measure as data, and what computing one gives.

A measure says in words what it counts; one function gives its *units*: every episode, child or
action that it looks at, and whether it counts. Numbers, cuts and lists come from the same units, so
that each figure drills down to exactly its own list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import mean, median

from forms.casework.measures.case import Council
from forms.casework.measures.period import Period

AT_A_DAY, IN_A_PERIOD, TWELVE_MONTHS = "at the last day", "in the period", "the 12 months before"
SMALL = 5
"""Counts under this are not shown outside the service (domain.md 3.6.0)."""
FEW = 10
"""A mean of fewer than so many is not shown outside the service."""
HIDDEN = "not shown"
"""Of a small number, and of what would give one away: that may be any number."""
ROUNDED = "To the nearest 5."
NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True, repr=False)
class Unit:
    """One thing that a measure looks at: of which family, and which thing (an id).

    ``counted``: it is in the numerator; ``of``: it is in the denominator. ``cuts`` say how it is
    grouped. ``value`` is a number of its own, for means.
    """

    family: str
    subject: str
    counted: bool = True
    of: bool = True
    cuts: Mapping[str, str] = field(default_factory=dict)
    value: float | None = None


Units = Callable[[Council, Period], Iterator[Unit]]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure, defined once. ``version`` goes up when what it counts changes.

    ``denominator`` is blank for a plain count. ``smallest`` is how many must stand in the
    denominator before a share may leave the service at all; or in a plain count, where one thing
    is counted many times.
    """

    key: str
    title: str
    numerator: str
    denominator: str
    unit: str
    period: str
    units: Units
    cuts: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    source: str = ""
    version: int = 1
    smallest: int = 0
    subject: str = ""
    """What it is about: ``open_help``, ``asking``, ``timely``, ``quality`` or ``says``."""


@dataclass(frozen=True, slots=True)
class Count:
    """One figure. ``of`` is None for a plain count; ``hidden``: too small to be shown."""

    counted: int
    of: int | None = None
    mean: float | None = None
    median: float | None = None
    hidden: bool = False

    @property
    def percent(self) -> float | None:
        """The share in percent; None for plain counts, and where nothing could count."""
        return 100 * self.counted / self.of if self.of and not self.hidden else None


NOBODY, HIDDEN_COUNT = Count(0), Count(0, None, hidden=True)


@dataclass(frozen=True, slots=True, repr=False)
class Result:
    """A measure of one period: in all, and by each cut; ``units`` are the list behind it."""

    measure: Measure
    period: Period
    total: Count
    by: Mapping[str, Mapping[str, Count]]
    units: tuple[Unit, ...] = ()

    def listed(self, cut: str = "", value: str = "") -> tuple[Unit, ...]:
        """The units behind a figure: those that count, in all or of one value of a cut."""
        return tuple(
            unit
            for unit in self.units
            if unit.counted and (not cut or unit.cuts.get(cut, NOT_KNOWN) == value)
        )


def compute(measure: Measure, council: Council, period: Period) -> Result:
    """The measure over a council's cases, or over one worker's."""
    units = tuple(measure.units(council, period))
    by: dict[str, dict[str, list[Unit]]] = {cut: {} for cut in measure.cuts}
    for unit in units:
        for cut in measure.cuts:
            by[cut].setdefault(unit.cuts.get(cut, NOT_KNOWN), []).append(unit)
    return Result(
        measure,
        period,
        _count(units, measure),
        {
            cut: {value: _count(found, measure) for value, found in sorted(values.items())}
            for cut, values in by.items()
        },
        units,
    )


def for_outside(result: Result) -> Result:
    """The result as it may leave the service: small numbers hidden, the others to the nearest 5.

    Where one value of a cut alone would be hidden, or several that come to a small number together,
    the next smallest is hidden with them. What is shown is rounded, so that no sum or difference of
    any two figures, of whatever measures, cuts and periods, comes to a small number. No list.
    """
    measure = result.measure
    by = {cut: hidden_cut(values, measure.smallest) for cut, values in result.by.items()}
    if ROUNDED not in measure.caveats:
        measure = replace(measure, caveats=(*measure.caveats, ROUNDED))
    return Result(
        measure,
        result.period,
        outside(result.total, measure.smallest),
        {cut: {value: rounded(one) for value, one in found.items()} for cut, found in by.items()},
    )


def outside(count: Count, smallest: int) -> Count:
    """One figure as it may leave the service."""
    return rounded(hidden(count, smallest))


def _is_told(gone: Sequence[Count], smallest: int) -> bool:
    """True if hidden figures could be worked out from their sum: one alone, or too few in all."""
    if len(gone) < 2:
        return bool(gone)
    of = [count.of for count in gone if count.of is not None]
    together = Count(sum(count.counted for count in gone), sum(of) if of else None)
    return hidden(together, smallest).hidden


def hidden_cut(values: Mapping[str, Count], smallest: int) -> Mapping[str, Count]:
    """The values of one cut with the small ones hidden, and others that would give them away."""
    shown = {value: hidden(count, smallest) for value, count in values.items()}
    return _in_company(shown, values, smallest)


def _in_company(
    values: Mapping[str, Count], exact: Mapping[str, Count], smallest: int
) -> Mapping[str, Count]:
    """The values of a cut; the least are hidden too until the hidden ones tell nothing together."""
    found = dict(values)
    shown = [value for value, count in found.items() if not count.hidden and _holds_any(count)]
    for least in sorted(shown, key=lambda value: (found[value].counted, value)):
        gone = [exact[value] for value, count in found.items() if count.hidden]
        if not _is_told(gone, smallest):
            break
        found[least] = HIDDEN_COUNT
    return found


def _holds_any(count: Count) -> bool:
    return count.counted > 0 or (count.of or 0) > 0


def hidden(count: Count, smallest: int) -> Count:
    """0 and 5 or more are shown; a share only if nobody can be worked out from either side."""
    rest = None if count.of is None else count.of - count.counted
    too_small = 0 < count.counted < SMALL or (rest is not None and 0 < rest < SMALL)
    if count.of is None:
        too_few = 0 < count.counted < smallest
    else:
        too_few = 0 < count.of < SMALL or count.of < smallest
    return HIDDEN_COUNT if too_small or too_few else count


def rounded(count: Count) -> Count:
    """To the nearest 5, upwards from the middle.

    A mean and a median of ten things or more to one decimal place: that does not tell how many
    they are. Of fewer there is none.
    """
    if count.hidden:
        return count
    of = None if count.of is None else _to_five(count.of)
    if (count.counted if count.of is None else count.of) < FEW:
        return Count(_to_five(count.counted), of)
    return Count(_to_five(count.counted), of, _to_a_tenth(count.mean), _to_a_tenth(count.median))


def _to_a_tenth(number: float | None) -> float | None:
    return None if number is None else round(number, 1)


def _to_five(number: int) -> int:
    return (2 * number + SMALL) // (2 * SMALL) * SMALL


def _count(units: Iterable[Unit], measure: Measure) -> Count:
    counted: set[str] = set()
    of: set[str] = set()
    values = []
    for unit in units:
        key = unit.subject
        if unit.counted:
            counted.add(key)
        if unit.value is not None:
            values.append(unit.value)
        if unit.of:
            of.add(key)
    return Count(
        len(counted),
        len(of) if measure.denominator else None,
        round(mean(values), 2) if values else None,
        round(median(values), 2) if values else None,
    )
