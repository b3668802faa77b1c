"""Requests for support: whoever sent one stays responsible until a named receiver accepts it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from sync.contract.messages import DecideRequest, FlatRecord, SendRequest, SupportRequest
from sync.ehm import audit, caseload, families, people, schema
from sync.ehm.problems import Refusal, not_found
from sync.ehm.store import aware


def send(connection: Connection, said: SendRequest, by: str, now: datetime) -> SupportRequest:
    """Puts a record of the sender's before the hub. Safe to repeat: the first sending counts."""
    table, change = schema.support_request, schema.change.c
    if _find(connection, said.record) is None:
        family = connection.execute(
            select(change.family).where(change.record == said.record, change.held == "").limit(1)
        ).scalar_one_or_none()
        if family is None or not families.is_member(connection, by, family):
            raise not_found()
        connection.execute(
            insert(table).values(
                record=said.record,
                family=family,
                urgent=said.urgent,
                sent_by=by,
                sent=now,
                words="",
            )
        )
        audit.note(connection, now, by, "sent a request", family, said.record)
    return one(connection, said.record)


def accept(
    connection: Connection, record: str, by: str, now: datetime
) -> tuple[SupportRequest, FlatRecord]:
    """The named receiver takes it on: from now on they are responsible, and have the family.

    Accepted again by the same person: the same answer. Raises ``Refusal`` if somebody else has.
    """
    row = _find(connection, record)
    if row is None:
        raise not_found()
    if row.accepted_by not in (None, by):
        raise Refusal(409, "accepted", "It is accepted already", "Somebody else has accepted it.")
    if row.accepted_by is None:
        _update(connection, record, accepted_by=by, accepted=now)
        audit.note(connection, now, by, "accepted a request", row.family, record)
        caseload.allocate(connection, by, by, row.family, "Accepted a request for support.", now)
    flat = families.flat(connection, by, row.family)
    said = next((each for each in flat.records if each.id == record), None)
    if said is None:
        raise not_found()
    return one(connection, record), said


def decide(
    connection: Connection, record: str, said: DecideRequest, by: str, now: datetime
) -> SupportRequest:
    """The decision of whoever accepted it. Decided again: the last word counts, told anew."""
    row = _find(connection, record)
    if row is None:
        raise not_found()
    if row.accepted_by != by:
        raise Refusal(
            409, "not_accepted", "Accept it first", "Whoever decides has accepted it by name first."
        )
    _update(connection, record, outcome=said.outcome, words=said.words, decided=now, told=None)
    audit.note(connection, now, by, f"decided a request: {said.outcome}", row.family, record)
    return one(connection, record)


def inbox(connection: Connection) -> list[SupportRequest]:
    """What is not decided yet: urgent ones first, then the oldest."""
    return _list(connection, schema.support_request.c.decided.is_(None))


def sent_by(connection: Connection, worker: str, now: datetime) -> list[SupportRequest]:
    """What somebody has sent; a decision is noted as told to them now."""
    table = schema.support_request.c
    connection.execute(
        update(schema.support_request)
        .where(table.sent_by == worker, table.decided.is_not(None), table.told.is_(None))
        .values(told=now)
    )
    return _list(connection, table.sent_by == worker)


def one(connection: Connection, record: str) -> SupportRequest:
    """One request; raises ``not_found``."""
    found = _list(connection, schema.support_request.c.record == record)
    if not found:
        raise not_found()
    return found[0]


def _find(connection: Connection, record: str) -> Row[tuple[str, ...]] | None:
    table = schema.support_request
    return connection.execute(select(table).where(table.c.record == record)).one_or_none()


def _update(connection: Connection, record: str, **values: object) -> None:
    table = schema.support_request
    connection.execute(update(table).where(table.c.record == record).values(**values))


def _list(connection: Connection, which: ColumnElement[bool]) -> list[SupportRequest]:
    table, family = schema.support_request, schema.family
    rows = connection.execute(
        select(table, family.c.number)
        .join(family, family.c.id == table.c.family)
        .where(which)
        .order_by(table.c.urgent.desc(), table.c.sent, table.c.record)
    ).all()
    names = people.of_ids(
        connection, {who for row in rows for who in (row.sent_by, row.accepted_by) if who}
    )
    return [
        SupportRequest(
            record=row.record,
            family=row.family,
            number=row.number,
            urgent=row.urgent,
            sent_by=names[row.sent_by],
            sent=aware(row.sent),
            accepted_by=names[row.accepted_by] if row.accepted_by else None,
            accepted=aware(row.accepted) if row.accepted else None,
            outcome=row.outcome,
            words=row.words,
            decided=aware(row.decided) if row.decided else None,
            told=aware(row.told) if row.told else None,
            responsible=names[row.accepted_by or row.sent_by],
        )
        for row in rows
    ]
