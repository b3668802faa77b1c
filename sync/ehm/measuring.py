"""The measures of forms.casework, over one worker's families, a team's or the council's."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import Connection, func, select

from forms.casework.measures.case import Council, areas_of, case_of
from forms.casework.measures.catalogue import MEASURES
from forms.casework.measures.measure import Count, Result, compute, for_outside
from forms.casework.measures.period import Period
from forms.casework.timescales import Timescales, read_timescales
from forms.pack import Pack
from sync.contract.messages import AllMeasured, AskMeasures, Figure, Measured
from sync.ehm import caseload, families, packs, permissions, schema
from sync.ehm.changes import Sender
from sync.ehm.known_records import Forms, known_records
from sync.ehm.matching import bonds
from sync.ehm.permissions import Act, Role
from sync.ehm.store import aware, parts


def measure(connection: Connection, sender: Sender, asked: AskMeasures) -> AllMeasured:
    """Every measure for this reader. Raises ``not_allowed`` for a scope that is not theirs.

    An analyst gets no small numbers and no lists: theirs leave the service.
    """
    reader = sender.worker if asked.scope == "own" else ""
    chosen = _families(connection, sender, asked.scope)
    results = compute_all(connection, chosen, Period(asked.first, asked.last), reader)
    if sender.role is Role.ANALYST:
        results = [for_outside(result) for result in results]
    return AllMeasured(
        first=asked.first,
        last=asked.last,
        computed=sender.at,
        written=_newest(connection, chosen),
        families=len(chosen),
        measures=tuple(_measured(result) for result in results),
    )


def compute_all(
    connection: Connection, chosen: Collection[str], period: Period, reader: str = ""
) -> list[Result]:
    """Every measure over these families; merged ones count as one."""
    forms = Forms(connection)
    whole: dict[str, list[str]] = {}
    for family in sorted(chosen):
        whole.setdefault(bonds.root(connection, family), []).append(family)
    cases = [
        case_of(
            root,
            [
                record
                for each in joined
                for record in known_records(connection, forms, each, reader)
            ],
        )
        for root, joined in whole.items()
    ]
    council = Council(cases, *of_pack(connection))
    return [compute(each, council, period) for each in MEASURES]


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
    tables = Pack.read(packs.content(connection, notice.version)).tables
    return read_timescales(tables), areas_of(tables.get("areas", ()))


def _newest(connection: Connection, chosen: Collection[str]) -> datetime | None:
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
        families=tuple(sorted({unit.family for unit in result.listed()})),
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
