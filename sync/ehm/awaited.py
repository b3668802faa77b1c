"""What waits for a second person, of every family: kept, so that nobody reads a whole council.

It is derived. A family in which something was written that may ask for a second person, or that
answers it, is *due*; it is read again before anybody looks, beside whoever writes meanwhile.
Thrown away and made again, it is the same.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from forms.casework.approvals import WAITING, Approval, approvals
from forms.casework.audience import is_restricted
from forms.records.change import Change
from forms.records.upgrading import VERSION
from sync.contract.messages import WireChange
from sync.ehm import schema
from sync.ehm.known_records import Forms, as_known
from sync.ehm.store import Store, aware, parts

_AT_ONCE = 100
"""Families that are read before what was found is kept."""
_ASKING = frozenset({"closure", "request", "share_decision", "oversight"})
"""Forms that ask for a second person, and the one in which that person answers."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """One thing that waits. ``is_restricted``: only named roles may have its record."""

    family: str
    kind: str
    record: str
    form: str
    seen: str
    path: str
    author: str
    since: datetime
    is_restricted: bool


def mark_due(connection: Connection, changes: Sequence[WireChange]) -> None:
    """The families where these changes may alter what waits: cheap, at every hand-in."""
    families = {change.family for change in changes}
    due = {change.family for change in changes if _may_matter(change)}
    table = schema.awaited.c
    for part in parts(sorted(families - due)):
        waits = select(table.family).where(table.family.in_(part)).distinct()
        due.update(connection.execute(waits).scalars())
    _mark(connection, sorted(due))


def mark_family(connection: Connection, family: str) -> None:
    """Have a family read again, whatever happened to it."""
    _mark(connection, [family])


def begin_again(connection: Connection) -> None:
    """Throws the list away: every family that may be in it is read again."""
    connection.execute(delete(schema.awaited))
    change = schema.change.c
    here = select(change.family).where(change.held == "", _may_matter_in_sql()).distinct()
    _mark(connection, sorted(connection.execute(here).scalars()))


def everything(connection: Connection) -> list[Awaited]:
    """What waits in any family, longest first, as of when `read_due` read each again."""
    table = schema.awaited
    order = (table.c.since, table.c.record, table.c.path, table.c.kind)
    rows = connection.execute(select(table).order_by(*order))
    return [Awaited(**{**row._mapping, "since": aware(row.since)}) for row in rows]


def read_due(store: Store, is_over: Callable[[], bool] = lambda: False) -> int:
    """Reads the families that are due while there is time, some at least; how many are left.

    Nobody who writes waits for the reading: only for what was found to be kept, a few families at
    a time. A family that was marked again meanwhile is left for the next time.
    """
    table, forms = schema.awaited_due, None
    while True:
        with store.reading() as connection:
            left = connection.execute(select(func.count()).select_from(table)).scalar_one()
            if not left or (forms is not None and is_over()):
                return left
            due = connection.execute(select(table).order_by(table.c.family).limit(_AT_ONCE)).all()
            marks = {row.family: row.mark for row in due}
            forms = forms.on(connection) if forms is not None else Forms(connection)
            rows = [row for family in marks for row in _of_family(connection, forms, family)]
        with store.writing() as connection:
            _keep(connection, marks, rows)


def _keep(
    connection: Connection, marks: Mapping[str, str], rows: Sequence[dict[str, object]]
) -> None:
    """What these families came to, where none of them was marked again since it was read."""
    table = schema.awaited_due
    now = connection.execute(select(table).where(table.c.family.in_(marks))).all()
    same = [row.family for row in now if row.mark == marks[row.family]]
    for each in (schema.awaited, table):
        connection.execute(delete(each).where(each.c.family.in_(same)))
    found = [row for row in rows if row["family"] in same]
    if found:
        connection.execute(insert(schema.awaited), found)


def _of_family(connection: Connection, forms: Forms, family: str) -> Iterator[dict[str, object]]:
    guards = forms.pack.protective if forms.pack is not None else ()
    known = [as_known(forms, each) for each in _that_matter(connection, family)]
    records = [record for record, _ in known if record is not None]
    changes = {record.id: read for record, read in known if record is not None}
    for one in approvals(records, changes, guards):
        if one.standing == WAITING:
            yield _row(family, one, changes[one.record])


def _row(family: str, one: Approval, changes: Sequence[Change]) -> dict[str, object]:
    return {
        "family": family,
        "kind": one.kind,
        "record": one.record,
        "form": one.form,
        "seen": one.seen,
        "path": one.path,
        "author": one.author,
        "since": one.since,
        "is_restricted": is_restricted(changes, {change.id for change in changes}),
    }


def _that_matter(connection: Connection, family: str) -> list[list[WireChange]]:
    """The changes of each record of a family in which something may ask for a second person."""
    change = schema.change.c
    of_family = (change.family == family) & (change.held == "")
    asking = select(change.record).where(of_family, _may_matter_in_sql())
    bodies = connection.execute(
        select(change.body)
        .where(of_family, change.record.in_(asking))
        .order_by(change.received, change.id)
    ).scalars()
    records: dict[str, list[WireChange]] = {}
    for body in bodies:
        written = WireChange.model_validate_json(body)
        records.setdefault(written.record, []).append(written)
    return list(records.values())


def _may_matter(change: WireChange) -> bool:
    """True for a form that asks, an answer with a reason, and a record that changes its form."""
    has_reason = any(answer.reason for answer in change.answers.values())
    return change.form in _ASKING or has_reason or VERSION in change.answers


def _may_matter_in_sql() -> ColumnElement[bool]:
    """As `_may_matter`, of what is stored; more rather than less."""
    change = schema.change.c
    return change.form.in_(_ASKING) | change.body.contains('"reason":')


def _mark(connection: Connection, families: Sequence[str]) -> None:
    table, mark = schema.awaited_due, uuid.uuid4().hex
    for part in parts(families):
        connection.execute(delete(table).where(table.c.family.in_(part)))
        connection.execute(insert(table), [{"family": each, "mark": mark} for each in part])
