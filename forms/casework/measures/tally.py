"""What each family adds to the figures of a period: a council's are the sum of its families'.

Whatever a measure looks at (an episode, a child, an action) belongs to one family, so that nothing
is counted twice when families are counted one by one and added up. Feeds of other systems that name
persons are not of one family: only `compute` counts these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import mean, median

from forms.casework.measures.case import Council
from forms.casework.measures.catalogue import MEASURES
from forms.casework.measures.measure import NOT_KNOWN, Count, Measure, Result, Unit
from forms.casework.measures.period import Period

Cell = tuple[str, str, str]
"""A measure's key, a cut and its value; both blank: in all."""


@dataclass(slots=True, repr=False)
class Tally:
    """How many count and of how many, in each cell; and how often each number stands in it."""

    cells: dict[Cell, tuple[int, int]] = field(default_factory=dict)
    values: dict[Cell, Counter[float]] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        """Take in what other families come to."""
        cells = self.cells
        for cell, (counted, of) in other.cells.items():
            here = cells.get(cell)
            cells[cell] = (counted, of) if here is None else (here[0] + counted, here[1] + of)
        for cell, values in other.values.items():
            self.values.setdefault(cell, Counter()).update(values)

    def counts(self, measure: str, cut: str = "", value: str = "") -> bool:
        """True if anything counts there: the family is in the list behind that figure."""
        return self.cells.get((measure, cut, value), (0, 0))[0] > 0


def tally(over: Council, period: Period) -> Tally:
    """What every measure of a period comes to over these cases."""
    found = Tally()
    for measure in MEASURES:
        units: dict[Cell, list[Unit]] = {}
        for unit in measure.units(over, period):
            units.setdefault((measure.key, "", ""), []).append(unit)
            for cut in measure.cuts:
                cell = (measure.key, cut, unit.cuts.get(cut, NOT_KNOWN))
                units.setdefault(cell, []).append(unit)
        for cell, here in units.items():
            counted = {unit.subject for unit in here if unit.counted}
            of = {unit.subject for unit in here if unit.of}
            found.cells[cell] = len(counted), len(of)
            values = Counter(unit.value for unit in here if unit.value is not None)
            if values:
                found.values[cell] = values
    return found


def together(tallies: Iterable[Tally]) -> Tally:
    """What all of these come to."""
    whole = Tally()
    for one in tallies:
        whole.add(one)
    return whole


def results(whole: Tally, period: Period, measures: Sequence[Measure] = MEASURES) -> list[Result]:
    """The figures of a period as `compute` gives them, without the lists behind them."""
    by_measure: dict[str, list[Cell]] = {}
    for cell in sorted(whole.cells):
        by_measure.setdefault(cell[0], []).append(cell)
    return [
        _result(measure, by_measure.get(measure.key, ()), whole, period) for measure in measures
    ]


def _result(measure: Measure, cells: Sequence[Cell], whole: Tally, period: Period) -> Result:
    by: dict[str, dict[str, Count]] = {cut: {} for cut in measure.cuts}
    for cell in cells:
        if cell[1]:
            by[cell[1]][cell[2]] = _count(whole, cell, measure)
    return Result(measure, period, _count(whole, (measure.key, "", ""), measure), by)


def _count(whole: Tally, cell: Cell, measure: Measure) -> Count:
    counted, of = whole.cells.get(cell, (0, 0))
    values = list(whole.values.get(cell, Counter()).elements())
    return Count(
        counted,
        of if measure.denominator else None,
        round(mean(values), 2) if values else None,
        round(median(values), 2) if values else None,
    )
