"""The measures of forms.casework, over one worker's families, a team's or the council's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from forms.casework.measures.case import Council, Dated, Feeds, areas_of
from forms.casework.measures.catalogue import BY_KEY, MEASURES, in_words_of
from forms.casework.measures.frozen import TOTAL, freeze, frozen_for_outside, revisions
from forms.casework.measures.measure import Count, Measure, Result, compute, compute_for_outside
from forms.casework.measures.period import Period, quarter_of
from forms.casework.timescales import Timescales, read_timescales
from forms.pack import Pack
from sync.contract.messages import (
    AllMeasured,
    AskListed,
    AskMeasures,
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
from sync.ehm.known_records import Forms
from sync.ehm.matching import bonds
from sync.ehm.permissions import Act, Role
from sync.ehm.problems import not_found, unreadable
from sync.ehm.store import aware, parts

ZONE = ZoneInfo("Europe/London")


def measure(
    connection: Connection, cases: KnownCases, sender: Sender, asked: AskMeasures
) -> AllMeasured:
    """Every measure for this reader. Raises ``not_allowed`` for a scope that is not theirs.

    An analyst gets no small numbers and no lists: theirs leave the service. They ask for whole
    months, quarters and financial years, so that no number follows from two others.
    """
    chosen = _families(connection, sender, asked.scope)
    council = _council(connection, cases, chosen, sender, asked.scope)
    period, is_outside = Period(asked.first, asked.last), sender.role is Role.ANALYST
    results = compute_for(council, period, is_outside, measures_of(connection))
    of_all = asked.scope == "council"
    return AllMeasured(
        first=asked.first,
        last=asked.last,
        computed=sender.at,
        written=newest(connection, chosen),
        families=len(chosen),
        measures=tuple(_measured(result) for result in results),
        before=tuple(
            _earlier(connection, council, period.earlier(3 * back), of_all, is_outside)
            for back in range(1, asked.quarters_before + 1)
        ),
        published=_published(connection, period, results, is_outside) if of_all else None,
    )


def list_families(
    connection: Connection, cases: KnownCases, sender: Sender, asked: AskListed
) -> Listed:
    """The families behind one figure, for those who may see each of them.

    Raises ``not_allowed`` for a scope that is not theirs, and for an analyst; ``not_found`` for a
    measure that there is not.
    """
    chosen = _families(connection, sender, asked.scope)
    if sender.role is Role.ANALYST:
        raise permissions.not_allowed()
    if asked.measure not in BY_KEY:
        raise not_found()
    council = _council(connection, cases, chosen, sender, asked.scope)
    result = compute(BY_KEY[asked.measure], council, Period(asked.first, asked.last))
    found = {unit.family for unit in result.listed(asked.cut, asked.value) if unit.family}
    found -= looking.hidden_from(connection, sender.worker)
    rows = [families.find(connection, family) for family in sorted(found)]
    return Listed(
        families=tuple(
            ListedFamily(id=row.id, reference=row.reference, number=row.number or "")
            for row in rows
            if row is not None
        )
    )


def publish(connection: Connection, cases: KnownCases, sender: Sender, last: date) -> None:
    """Publishes a quarter of the whole council. Raises ``unreadable`` unless it is over."""
    period = quarter_of(last)
    if period.last != last or not period.last < sender.at.astimezone(ZONE).date():
        raise unreadable("Only a whole quarter that is over can be published")
    chosen = everybody(connection)
    council = _council(connection, cases, chosen, sender, "council")
    frozen = freeze(period, compute_all(council, period), sender.at, newest(connection, chosen))
    quarters.keep(connection, frozen, sender.worker)


def council_of(connection: Connection, cases: KnownCases, chosen: Collection[str]) -> Council:
    """What measures are computed over: these families, merged ones as one, each read once."""
    return Council(cases.of(connection, chosen), *of_pack(connection))


def _own_council(connection: Connection, chosen: Collection[str], reader: str) -> Council:
    """A worker's own families, with only what they may read of them."""
    forms = Forms(connection)
    whole = bonds.by_root(connection, chosen).items()
    found = [read_case(connection, forms, root, joined, reader) for root, joined in whole]
    return Council(found, *of_pack(connection))


def measures_of(connection: Connection) -> tuple[Measure, ...]:
    """Every measure, in the words of the pack in force."""
    notice = packs.latest(connection)
    return in_words_of(_tables(connection, notice.version) if notice is not None else {})


def compute_all(
    council: Council, period: Period, measures: Sequence[Measure] = MEASURES
) -> list[Result]:
    """Every measure over a period."""
    return [compute(each, council, period) for each in measures]


def compute_for(
    council: Council, period: Period, is_outside: bool, measures: Sequence[Measure] = MEASURES
) -> list[Result]:
    """Every measure over a period, as it is read inside the service or outside."""
    if not is_outside:
        return compute_all(council, period, measures)
    if period.parts is None:
        raise unreadable("Ask for a whole month, quarter or financial year")
    return [compute_for_outside(each, council, period) for each in measures]


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


def of_pack(connection: Connection) -> tuple[Timescales, Callable[[str], str]]:
    """The council's timescales and neighbourhoods, from the pack in force."""
    notice = packs.latest(connection)
    if notice is None:
        return Timescales(()), areas_of(())
    tables = _tables(connection, notice.version)
    return read_timescales(tables), areas_of(tables.get("areas", ()))


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


def _council(
    connection: Connection,
    cases: KnownCases,
    chosen: Collection[str],
    sender: Sender,
    scope: str,
) -> Council:
    """As this reader may count it; laptops are counted of the whole council alone."""
    if scope == "own":
        return _own_council(connection, chosen, sender.worker)
    if scope == "team":
        return council_of(connection, cases, chosen)
    feeds = Feeds(devices=_devices(connection), read_on=sender.at.astimezone(ZONE).date())
    return replace(council_of(connection, cases, chosen), feeds=feeds)


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


def _earlier(
    connection: Connection, council: Council, period: Period, of_all: bool, is_outside: bool
) -> Earlier:
    """A quarter before: as it was published, or else as it is now."""
    kept = quarters.published(connection, period) if of_all else None
    totals = {}
    if kept is None or is_outside:
        now = compute_for(council, period, is_outside)
        totals = {result.measure.key: result.total for result in now}
    if kept is not None:
        frozen = frozen_for_outside(kept.frozen) if is_outside else kept.frozen
        said = {key: cuts[TOTAL] for key, cuts in frozen.figures.items() if TOTAL in cuts}
        totals = {key: _no_more_than(count, totals.get(key)) for key, count in said.items()}
    return Earlier(
        first=period.first,
        last=period.last,
        published=kept is not None,
        figures={key: _figure(count) for key, count in totals.items()},
    )


def _published(
    connection: Connection, period: Period, results: Sequence[Result], is_outside: bool
) -> Published | None:
    """When this quarter was published, and every figure that is not what was said then."""
    kept = quarters.published(connection, period)
    if kept is None:
        return None
    frozen = frozen_for_outside(kept.frozen) if is_outside else kept.frozen
    return Published(
        number=kept.number,
        at=kept.frozen.at,
        by=people.of_ids(connection, {kept.worker})[kept.worker],
        written=kept.frozen.received,
        revised=tuple(
            Revised(
                measure=one.measure,
                cut=one.cut,
                before=_figure(_no_more_than(one.published, one.now)) if one.published else None,
                now=_figure(one.now) if one.now else None,
                redefined=one.redefined,
            )
            for one in revisions(frozen, results)
        ),
    )


def _no_more_than(published: Count, now: Count | None) -> Count:
    """What was published, but where the figure is hidden now."""
    return now if now is not None and now.hidden else published


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
