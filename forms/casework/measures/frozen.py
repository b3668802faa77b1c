"""A quarter that was published is frozen; what changes it later is shown as a revision.

A record finished offline on 30 March and synced on 4 April belongs to the quarter of its own day.
If that quarter was frozen before it came, the new figure stands beside the old one, with the day.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from forms.casework.measures.catalogue import BY_KEY
from forms.casework.measures.measure import (
    SMALL,
    Count,
    Result,
    hidden_cut,
    outside,
    rounded,
)
from forms.casework.measures.period import Period

TOTAL = ""
CHANGED_A_LITTLE = "Changed by fewer than 5 since it was published; what was published stands here."


@dataclass(frozen=True, slots=True)
class Frozen:
    """The figures of one period as they were published: by measure, then by ``cut=value``.

    ``versions`` are those of the measures' definitions. ``received`` is the latest sync by then.
    """

    period: Period
    at: datetime
    received: datetime | None
    versions: Mapping[str, int]
    figures: Mapping[str, Mapping[str, Count]]

    def as_json(self) -> str:
        """The frozen figures as they are kept."""
        return json.dumps(
            {
                "first": self.period.first.isoformat(),
                "last": self.period.last.isoformat(),
                "at": self.at.isoformat(),
                "received": self.received.isoformat() if self.received else None,
                "versions": dict(self.versions),
                "figures": {
                    key: {
                        cut: [c.counted, c.of, c.mean, c.median, c.hidden]
                        for cut, c in cuts.items()
                    }
                    for key, cuts in self.figures.items()
                },
            },
            sort_keys=True,
        )


@dataclass(frozen=True, slots=True)
class Revision:
    """One figure that is not what was published. ``redefined``: the measure itself has changed."""

    measure: str
    cut: str
    published: Count | None
    now: Count | None
    redefined: bool


def freeze(
    period: Period, results: Iterable[Result], at: datetime, received: datetime | None = None
) -> Frozen:
    """The figures of a period as they stand, to be published."""
    found = list(results)
    return Frozen(
        period,
        at,
        received,
        {result.measure.key: result.measure.version for result in found},
        {result.measure.key: _figures(result) for result in found},
    )


def read_frozen(text: str) -> Frozen:
    """Frozen figures as they were kept. Raises ValueError for what is none."""
    said = json.loads(text)
    return Frozen(
        Period(date.fromisoformat(said["first"]), date.fromisoformat(said["last"])),
        datetime.fromisoformat(said["at"]),
        datetime.fromisoformat(said["received"]) if said["received"] else None,
        said["versions"],
        {
            key: {cut: Count(*values) for cut, values in cuts.items()}
            for key, cuts in said["figures"].items()
        },
    )


def frozen_for_outside(frozen: Frozen) -> Frozen:
    """Published figures as they may leave the service: as in `for_outside`.

    A measure that is not defined any more has no rule of its own: its figures go by that of all.
    """
    return Frozen(
        frozen.period,
        frozen.at,
        frozen.received,
        frozen.versions,
        {key: _outside(key, cuts) for key, cuts in frozen.figures.items()},
    )


def _outside(key: str, cuts: Mapping[str, Count]) -> dict[str, Count]:
    measure = BY_KEY.get(key)
    smallest = measure.smallest if measure is not None else 0
    by_cut: dict[str, dict[str, Count]] = {}
    for named, count in cuts.items():
        by_cut.setdefault(named.partition("=")[0], {})[named] = count
    found = {TOTAL: outside(cuts[TOTAL], smallest)} if TOTAL in cuts else {}
    for cut, values in by_cut.items():
        if cut != TOTAL:
            shown = hidden_cut(values, smallest)
            found.update({named: rounded(count) for named, count in shown.items()})
    return found


def revisions(frozen: Frozen, results: Iterable[Result]) -> tuple[Revision, ...]:
    """Every figure that has changed since it was published; none is ever changed silently."""
    found: list[Revision] = []
    for result in results:
        key = result.measure.key
        before, now = frozen.figures.get(key, {}), _figures(result)
        redefined = frozen.versions.get(key) != result.measure.version
        found += [
            Revision(key, cut, before.get(cut), now.get(cut), redefined)
            for cut in sorted(before.keys() | now.keys())
            if before.get(cut) != now.get(cut)
        ]
    return tuple(found)


def is_little(published: Count, now: Count) -> bool:
    """True if the two beside one another would tell a number under 5 (domain.md 3.6.0)."""
    if published.hidden or now.hidden:
        return False
    rest = [(one.of or 0) - one.counted for one in (published, now)]
    apart = abs(now.counted - published.counted), abs(rest[1] - rest[0])
    return any(0 < each < SMALL for each in apart)


def kept_as_published(published: Mapping[str, Count], now: Mapping[str, Count]) -> frozenset[str]:
    """The figures of one measure, by ``cut=value``, that leave the service as they were published.

    Those that changed by fewer than 5, and what would tell one of them as what is left of a sum:
    the other values of its cut; beside a total, all.
    """
    both = published.keys() & now.keys()
    little = {named for named in both if is_little(published[named], now[named])}
    cuts = {cut_of(named) for named in little}
    return frozenset(
        named for named in published.keys() | now.keys() if TOTAL in little or cut_of(named) in cuts
    )


def cut_of(named: str) -> str:
    """The cut of ``cut=value``; blank of the total."""
    return named.partition("=")[0]


def as_kept(published: Count | None, now: Count | None) -> Count | None:
    """A figure of `kept_as_published` as it leaves; None: it was not published. Hidden stays so."""
    return now if published is not None and now is not None and now.hidden else published


def nearly_as_published(frozen: Frozen, results: Iterable[Result]) -> list[Result]:
    """Figures that leave the service: `kept_as_published` of each measure as it was published.

    `CHANGED_A_LITTLE` is then among the measure's caveats. One that was redefined is as it is now.
    """
    return [_nearly(frozen, result) for result in results]


def outside_as_published(frozen: Frozen, results: Iterable[Result]) -> dict[str, frozenset[str]]:
    """Measure to what of it leaves as it was published; of one that was redefined nothing does."""
    return {
        result.measure.key: kept_as_published(
            frozen.figures.get(result.measure.key, {}), _figures(result)
        )
        if frozen.versions.get(result.measure.key) == result.measure.version
        else frozenset()
        for result in results
    }


def _nearly(frozen: Frozen, result: Result) -> Result:
    key, before = result.measure.key, frozen.figures.get(result.measure.key, {})
    now, kept = _figures(result), outside_as_published(frozen, [result])[key]
    if not kept:
        return result
    total, by = result.total, {cut: dict[str, Count]() for cut in result.by}
    for named in sorted(before.keys() | now.keys()):
        count = as_kept(before.get(named), now.get(named)) if named in kept else now.get(named)
        cut, _, value = named.partition("=")
        if named == TOTAL:
            total = count or total
        elif count is not None and cut in by:
            by[cut][value] = count
    caveats = (*result.measure.caveats, CHANGED_A_LITTLE)
    return Result(replace(result.measure, caveats=caveats), result.period, total, by)


def _figures(result: Result) -> dict[str, Count]:
    by_cut = {
        f"{cut}={value}": count
        for cut, values in result.by.items()
        for value, count in values.items()
    }
    return {TOTAL: result.total, **by_cut}
