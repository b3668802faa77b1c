"""What waits for a second person, of every family: kept, so that nobody reads a whole council.

It is derived. A family in which something was written that may ask for a second person, or that
answers it, is *due*; it is read again before anybody looks. Thrown away and made again, it is the
same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from forms.casework.approvals import WAITING, Approval, approvals
from forms.casework.audience import is_restricted
from forms.records.change import Change
from forms.records.upgrading import VERSION
from sync.contract.messages import WireChange
from sync.ehm import schema
from sync.ehm.known_records import Forms, as_known
from sync.ehm.store import aware, insert_or_leave, parts

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
    """What waits in any family, longest first, once every family that is due was read again."""
    _read_due(connection)
    table = schema.awaited
    order = (table.c.since, table.c.record, table.c.path, table.c.kind)
    rows = connection.execute(select(table).order_by(*order))
    return [Awaited(**{**row._mapping, "since": aware(row.since)}) for row in rows]


def _read_due(connection: Connection) -> None:
    due = sorted(connection.execute(select(schema.awaited_due.c.family)).scalars())
    if not due:
        return
    forms = Forms(connection)
    rows = [row for family in due for row in _of_family(connection, forms, family)]
    for part in parts(due):
        for table in (schema.awaited, schema.awaited_due):
            connection.execute(delete(table).where(table.c.family.in_(part)))
    if rows:
        connection.execute(insert(schema.awaited), rows)


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
    insert_or_leave(connection, schema.awaited_due, [{"family": each} for each in families])
