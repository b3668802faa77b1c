"""The measures of forms.casework, over one worker's families, a team's or the council's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from forms.casework.measures.case import Council, Dated, Feeds, areas_of
from forms.casework.measures.catalogue import BY_KEY, in_words_of
from forms.casework.measures.frozen import (
    TOTAL,
    Frozen,
    freeze,
    frozen_for_outside,
    nearly_as_published,
    outside_as_published,
    revisions,
)
from forms.casework.measures.measure import SMALL, Count, Measure, Result, for_outside, outside
from forms.casework.measures.period import Period, quarter_of
from forms.casework.measures.tally import results
from forms.casework.timescales import read_timescales
from forms.pack import Pack
from sync.contract.messages import (
    AllMeasured,
    AskListed,
    AskMeasures,
    CountedSoFar,
    Earlier,
    Figure,
    Listed,
    ListedFamily,
    Measured,
    Published,
    Revised,
)
from sync.ehm import caseload, families, looking, packs, people, permissions, quarters, schema
from sync.ehm.cases import KnownCases, read_case
from sync.ehm.changes import Sender
from sync.ehm.counting import Counting
from sync.ehm.known_records import Forms
from sync.ehm.matching import bonds
from sync.ehm.permissions import Act, Role
from sync.ehm.problems import not_found, unreadable
from sync.ehm.store import aware, parts

ZONE = ZoneInfo("Europe/London")
OFFERED_BEFORE = 4
"""Quarters before the one that is looked at, as the page of figures shows them."""


def measure(
    connection: Connection, cases: KnownCases, sender: Sender, asked: AskMeasures
) -> AllMeasured:
    """Every measure for this reader. Raises ``not_allowed`` for a scope that is not theirs.

    An analyst's figures leave the service: no small number, the others to the nearest 5, no lists.
    They ask for quarters that are over, else ``unreadable``: from two other periods, or from two
    days of a quarter that goes on, it would follow what happened between.
    """
    counting = _counting(connection, cases, sender, asked.scope)
    period, is_outside = Period(asked.first, asked.last), sender.role is Role.ANALYST
    if is_outside and not _is_quarter_that_is_over(period, sender):
        raise unreadable("Ask for a quarter of the financial year that is over")
    measures = measures_of(connection)

    def figures(wanted: Period) -> list[Result]:
        return results(counting.whole(wanted), wanted, measures)

    found, of_all, number = figures(period), asked.scope == "council", len(counting.families)
    kept = quarters.published(connection, period) if of_all else None
    published = _published(connection, kept, found, is_outside) if kept is not None else None
    if is_outside:
        found = leaving(kept, found)
    return AllMeasured(
        first=asked.first,
        last=asked.last,
        computed=sender.at,
        written=newest(connection, counting.families),
        families=outside(Count(number), 0).counted if is_outside else number,
        measures=tuple(_measured(result) for result in found),
        before=tuple(
            _earlier(connection, figures, each, of_all, is_outside) for each in _before(asked)
        ),
        published=published,
    )


def count_ahead(
    connection: Connection,
    cases: KnownCases,
    sender: Sender,
    asked: AskMeasures,
    is_over: Callable[[], bool],
) -> CountedSoFar:
    """Count what `measure` would be asked for while there is time, and say how far it is.

    Raises ``not_allowed`` for a scope that is not theirs.
    """
    counting = _counting(connection, cases, sender, asked.scope)
    of_all, wanted = asked.scope == "council", [Period(asked.first, asked.last)]
    wanted += [each for each in _before(asked) if not _is_kept(connection, each, of_all)]
    counted, families = counting.ahead(wanted, is_over)
    if sender.role is Role.ANALYST:  # of how many there are exactly they are not told either
        all_, done = -(-families // SMALL) * SMALL, counted // SMALL * SMALL
        return CountedSoFar(counted=all_ if counted == families else done, families=all_)
    return CountedSoFar(counted=counted, families=families)


def count_offered(connection: Connection, cases: KnownCases, today: date) -> None:
    """Have at hand what a page of the council's figures asks for first."""
    counting = Counting(connection, cases, everybody(connection), rules_of(connection))
    this = quarter_of(today)
    counting.ahead([this, *(this.earlier(3 * back) for back in range(1, OFFERED_BEFORE + 1))])


def list_families(
    connection: Connection, cases: KnownCases, sender: Sender, asked: AskListed
) -> Listed:
    """The families behind one figure, for those who may see each of them.

    Raises ``not_allowed`` for a scope that is not theirs, and for an analyst; ``not_found`` for a
    measure that there is not.
    """
    counting = _counting(connection, cases, sender, asked.scope)
    if sender.role is Role.ANALYST:
        raise permissions.not_allowed()
    if asked.measure not in BY_KEY:
        raise not_found()
    found = {
        family
        for family, share in counting.of_each(Period(asked.first, asked.last))
        if share.counts(asked.measure, asked.cut, asked.value)
    }
    found -= looking.hidden_from(connection, sender.worker)
    rows = [families.find(connection, family) for family in sorted(found)]
    return Listed(
        families=tuple(
            ListedFamily(id=row.id, reference=row.reference, number=row.number or "")
            for row in rows
            if row is not None
        )
    )


def to_publish(connection: Connection, cases: KnownCases, sender: Sender, last: date) -> Frozen:
    """A quarter of the whole council as it stands. Raises ``unreadable`` unless it is over.

    An analyst publishes none: whoever publishes has seen what it holds.
    """
    if sender.role is Role.ANALYST:
        raise permissions.not_allowed()
    period = quarter_of(last)
    if period.last != last or not _is_quarter_that_is_over(period, sender):
        raise unreadable("Only a whole quarter that is over can be published")
    counting = _counting(connection, cases, sender, "council")
    found = results(counting.whole(period), period)
    return freeze(period, found, sender.at, newest(connection, counting.families))


def figures_of_all(connection: Connection, period: Period) -> list[Result]:
    """Every measure over every family, to be printed by whoever runs the service."""
    counting = Counting(connection, KnownCases(), everybody(connection), rules_of(connection))
    found = results(counting.whole(period), period, measures_of(connection))
    return leaving(quarters.published(connection, period), found)


def leaving(kept: quarters.Kept | None, found: Sequence[Result]) -> list[Result]:
    """Figures as they leave the service, beside what was published of their quarter."""
    nearly = found if kept is None else nearly_as_published(kept.frozen, found)
    return [for_outside(result) for result in nearly]


def measures_of(connection: Connection) -> tuple[Measure, ...]:
    """Every measure, in the words of the pack in force."""
    notice = packs.latest(connection)
    return in_words_of(_tables(connection, notice.version) if notice is not None else {})


def everybody(connection: Connection) -> list[str]:
    """Every family of the council that was not erased."""
    family, gone = schema.family.c, schema.forgotten.c
    return list(
        connection.execute(
            select(family.id).where(~select(gone.family).where(gone.family == family.id).exists())
        ).scalars()
    )


def _families(connection: Connection, sender: Sender, scope: str) -> list[str]:
    if scope == "own":
        permissions.check(sender.role, Act.MEASURE)
        return [line.id for line in families.list_of(connection, sender.worker)]
    if scope == "team":
        permissions.check(sender.role, Act.TEAM)
        return [line.id for line in caseload.team(connection, sender.worker)]
    permissions.check(sender.role, Act.MEASURE_ALL)
    return everybody(connection)


def rules_of(connection: Connection) -> Council:
    """The council's timescales and neighbourhoods, from the pack in force; no family yet."""
    notice = packs.latest(connection)
    tables = _tables(connection, notice.version) if notice is not None else {}
    return Council((), read_timescales(tables), areas_of(tables.get("areas", ())))


def _tables(connection: Connection, version: str) -> Mapping[str, Sequence[Mapping[str, str]]]:
    return Pack.read(packs.content(connection, version)).tables


def newest(connection: Connection, chosen: Collection[str]) -> datetime | None:
    """The newest change among these families: how fresh the figures are."""
    change = schema.change.c
    newest = None
    for part in parts(sorted(chosen)):
        found = connection.execute(
            select(func.max(change.received)).where(change.family.in_(part), change.held == "")
        ).scalar_one()
        if found is not None and (newest is None or aware(found) > newest):
            newest = aware(found)
    return newest


def _counting(connection: Connection, cases: KnownCases, sender: Sender, scope: str) -> Counting:
    """As this reader may count it; laptops are counted of the whole council alone."""
    chosen, rules = _families(connection, sender, scope), rules_of(connection)
    if scope == "own":
        forms, whole = Forms(connection), bonds.by_root(connection, chosen).items()
        own = [read_case(connection, forms, root, all_, sender.worker) for root, all_ in whole]
        return Counting(connection, cases, chosen, rules, own=own)
    if scope == "team":
        return Counting(connection, cases, chosen, rules)
    feeds = Feeds(devices=_devices(connection), read_on=sender.at.astimezone(ZONE).date())
    return Counting(connection, cases, chosen, rules, feeds)


def _before(asked: AskMeasures) -> list[Period]:
    """The quarters before that were asked for, the latest first."""
    period = Period(asked.first, asked.last)
    return [period.earlier(3 * back) for back in range(1, asked.quarters_before + 1)]


def _is_kept(connection: Connection, period: Period, of_all: bool) -> bool:
    return of_all and quarters.published(connection, period) is not None


def _devices(connection: Connection) -> tuple[Dated, ...]:
    """When each laptop that is in use was heard of last; never heard of counts from enrolment."""
    device = schema.device.c
    rows = connection.execute(
        select(device.id, device.enrolled, device.last_contact).where(device.revoked.is_(None))
    )
    return tuple(
        Dated(row.id, aware(row.last_contact or row.enrolled).astimezone(ZONE).date())
        for row in rows
    )


def _is_quarter_that_is_over(period: Period, sender: Sender) -> bool:
    return period.is_quarter and period.last < sender.at.astimezone(ZONE).date()


def _earlier(
    connection: Connection,
    figures: Callable[[Period], list[Result]],
    period: Period,
    of_all: bool,
    is_outside: bool,
) -> Earlier:
    """A quarter before: as it was published, or else as it is now."""
    kept = quarters.published(connection, period) if of_all else None
    if kept is not None:
        frozen = frozen_for_outside(kept.frozen) if is_outside else kept.frozen
        totals = {key: cuts[TOTAL] for key, cuts in frozen.figures.items() if TOTAL in cuts}
    else:
        found = leaving(None, figures(period)) if is_outside else figures(period)
        totals = {result.measure.key: result.total for result in found}
    return Earlier(
        first=period.first,
        last=period.last,
        published=kept is not None,
        figures={key: _figure(count) for key, count in totals.items()},
    )


def _published(
    connection: Connection, kept: quarters.Kept, found: Sequence[Result], is_outside: bool
) -> Published:
    """When a quarter was published, and every figure that is not what was said then."""
    frozen, now, untold = kept.frozen, found, dict[str, frozenset[str]]()
    if is_outside:
        untold = outside_as_published(frozen, found)
        frozen, now = frozen_for_outside(frozen), leaving(None, found)
    return Published(
        number=kept.number,
        at=kept.frozen.at,
        by=people.of_ids(connection, {kept.worker})[kept.worker],
        written=kept.frozen.received,
        revised=tuple(
            Revised(
                measure=one.measure,
                cut=one.cut,
                before=_figure(one.published) if one.published else None,
                now=None if one.now is None or is_untold else _figure(one.now),
                redefined=one.redefined,
            )
            for one in revisions(frozen, now)
            if not (is_untold := one.cut in untold.get(one.measure, ()))
            or one.published is not None
        ),
    )


def _measured(result: Result) -> Measured:
    said = result.measure
    return Measured(
        key=said.key,
        title=said.title,
        numerator=said.numerator,
        denominator=said.denominator,
        version=said.version,
        caveats=said.caveats,
        total=_figure(result.total),
        by={
            cut: {value: _figure(count) for value, count in counts.items()}
            for cut, counts in result.by.items()
        },
    )


def _figure(count: Count) -> Figure:
    return Figure(
        counted=count.counted,
        of=count.of,
        percent=count.percent,
        mean=count.mean,
        median=count.median,
        hidden=count.hidden,
    )
