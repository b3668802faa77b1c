"""What was handed in and is held: listed for a coordinator, shown when they have looked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from sync.contract.messages import HeldWork
from sync.ehm import audit, changes, people, schema, waiting_for
from sync.ehm.problems import Refusal, not_found
from sync.ehm.store import aware

FOR_A_PERSON = (
    "device_revoked",
    "not_your_family",
    "not_your_record",
    "not_your_words",
    waiting_for.MOVED_WORDS,
    "record_erased",
)
"""Held until somebody has looked; the other codes wait for a family or a form to come."""


def waiting(connection: Connection) -> list[HeldWork]:
    """What is held, a line a record and reason; the longest waiting first."""
    change, family = schema.change, schema.family
    since, number = func.min(change.c.received).label("since"), func.count().label("changes")
    said = (
        change.c.record,
        change.c.family,
        change.c.form,
        change.c.version,
        change.c.author,
        change.c.held,
    )
    rows = connection.execute(
        select(*said, family.c.number, since, number)
        .outerjoin(family, family.c.id == change.c.family)
        .where(change.c.held != "")
        .group_by(*said, family.c.number)
        .order_by(since, change.c.record)
    ).all()
    names = people.of_ids(connection, {row.author for row in rows})
    return [
        HeldWork(
            record=row.record,
            family=row.family,
            number=row.number or "",
            form=row.form,
            version=row.version,
            author=names[row.author],
            code=row.held,
            words=waiting_for.in_words(row.held, row.form, row.version),
            changes=row.changes,
            since=aware(row.since),
            can_be_shown=row.held in FOR_A_PERSON,
        )
        for row in rows
    ]


def families_of(connection: Connection, record: str) -> set[str]:
    """The families in which something of a record is held."""
    change = schema.change.c
    rows = connection.execute(
        select(change.family).where(change.record == record, change.held != "").distinct()
    )
    return set(rows.scalars())


def show(connection: Connection, record: str, by: str, reason: str, now: datetime) -> int:
    """Makes what is held of a record part of its family; how many changes. Authors stay."""
    change = schema.change.c
    here = (change.record == record) & change.held.in_(FOR_A_PERSON)
    row = connection.execute(
        select(change.family, schema.family.c.id)
        .outerjoin(schema.family, schema.family.c.id == change.family)
        .where(here)
        .limit(1)
    ).one_or_none()
    if row is None:
        raise not_found()
    if row.id is None:
        raise Refusal(
            409, "family_unknown", "Not yet", "The family is not registered at the centre yet."
        )
    shown = changes.release(connection, here)
    audit.note(connection, now, by, "showed what was held", row.family, f"{record}: {reason}")
    return len(shown)
