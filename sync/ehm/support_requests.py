"""Requests for support: whoever sent one stays responsible until a named receiver accepts it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from forms.casework.requests import MORE_WANTED, REQUEST, why_withdrawn
from sync.contract.messages import (
    DecideRequest,
    FlatRecord,
    SendRequest,
    SupportRequest,
    Withdrawn,
)
from sync.ehm import audit, caseload, families, looking, people, schema, written_here
from sync.ehm.known_records import Forms, known_records
from sync.ehm.problems import Refusal, not_found
from sync.ehm.store import aware
from sync.ehm.written_here import ZONE, Hand

ACCEPTED = "accepted"


def send(connection: Connection, said: SendRequest, by: str, now: datetime) -> SupportRequest:
    """Puts a record of the sender's before the hub. Safe to repeat: the first sending counts.

    Sent again once the hub wanted to know more, it waits for a receiver anew. Raises ``not_found``
    unless the record is in the sender's feed, or they have sent it.
    """
    table, change = schema.support_request, schema.change.c
    known = _find(connection, said.record)
    if known is None or known.sent_by != by:
        _check_has(connection, by, said.record)
    if known is not None and known.outcome == MORE_WANTED and known.sent_by == by:
        anew = dict.fromkeys(("accepted_by", "accepted", "outcome", "decided", "told"))
        _update(connection, said.record, sent=now, words="", **anew)
        audit.note(connection, now, by, "sent a request again", known.family, said.record)
    if known is None:
        family = connection.execute(
            select(change.family).where(change.record == said.record, change.held == "").limit(1)
        ).scalar_one()
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
    row = _find_for(connection, record, by)
    if row.accepted_by not in (None, by):
        raise Refusal(409, "accepted", "It is accepted already", "Somebody else has accepted it.")
    if one(connection, record).withdrawn is not None:
        raise Refusal(
            409, "withdrawn", "It is not asked any more", "Whoever sent it can say why. Ring them."
        )
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
    """The decision of whoever accepted it. Decided again: the last word counts, told anew.

    It is written in the record too, where its form has the hub's answer (domain.md u.outcome).
    """
    row = _find_for(connection, record, by)
    if row.accepted_by != by:
        raise Refusal(
            409, "not_accepted", "Accept it first", "Whoever decides has accepted it by name first."
        )
    _update(connection, record, outcome=said.outcome, words=said.words, decided=now, told=None)
    audit.note(connection, now, by, f"decided a request: {said.outcome}", row.family, record)
    name = people.of_ids(connection, {by})[by].name
    answer = {
        "decision": said.outcome,
        "decided_on": now.astimezone(ZoneInfo(ZONE)).date().isoformat(),
        "decided_by": name,
        "decided_why": said.words,
    }
    if said.outcome == ACCEPTED:
        answer |= {"accepted_by": name, "accepted_on": answer["decided_on"]}
    written_here.answer(
        connection, record, REQUEST, answer, Hand(by, now), f"The hub's answer, by {name}"
    )
    return one(connection, record)


def inbox(connection: Connection, reader: str) -> list[SupportRequest]:
    """What is not decided yet and still asked: urgent ones first, then the oldest.

    But for families that the reader knows: those are somebody else's to accept.
    """
    table, known = schema.support_request.c, looking.hidden_from(connection, reader)
    waiting = _list(connection, table.decided.is_(None) & table.family.not_in(known))
    return [each for each in waiting if each.withdrawn is None or each.accepted_by is not None]


def sent_by(connection: Connection, worker: str, now: datetime) -> list[SupportRequest]:
    """What somebody has sent; a decision is noted as told to them now.

    But for families that they have said since that they know.
    """
    table, known = schema.support_request.c, looking.hidden_from(connection, worker)
    theirs = (table.sent_by == worker) & table.family.not_in(known)
    connection.execute(
        update(schema.support_request)
        .where(theirs, table.decided.is_not(None), table.told.is_(None))
        .values(told=now)
    )
    return _list(connection, theirs)


def one(connection: Connection, record: str) -> SupportRequest:
    """One request; raises ``not_found``."""
    found = _list(connection, schema.support_request.c.record == record)
    if not found:
        raise not_found()
    return found[0]


def _check_has(connection: Connection, worker: str, record: str) -> None:
    entry, delivery = schema.entry.c, schema.delivery.c
    found = connection.execute(
        select(delivery.seq)
        .join_from(schema.delivery, schema.entry)
        .where(delivery.worker == worker, entry.record == record, entry.kind == "change")
        .limit(1)
    )
    if found.one_or_none() is None:
        raise not_found()


def _find(connection: Connection, record: str) -> Row[tuple[str, ...]] | None:
    table = schema.support_request
    return connection.execute(select(table).where(table.c.record == record)).one_or_none()


def _find_for(connection: Connection, record: str, worker: str) -> Row[tuple[str, ...]]:
    """A request that this worker may answer; raises ``not_found``, also if they know the family."""
    row = _find(connection, record)
    if row is None:
        raise not_found()
    looking.check_shown(connection, worker, row.family)
    return row


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
    forms = Forms(connection)
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
            withdrawn=None if row.decided else _why_withdrawn(connection, forms, row),
            responsible=names[_responsible(row)],
        )
        for row in rows
    ]


def _why_withdrawn(connection: Connection, forms: Forms, row: Row[Any]) -> Withdrawn | None:
    records = known_records(connection, forms, row.family)
    why = why_withdrawn(row.record, records)
    return cast(Withdrawn, why) if why else None


def _responsible(row: Row[Any]) -> str:
    """Whoever sent it, but while a named receiver looks at it, and once they have taken it on."""
    has_taken_it = row.accepted_by is not None and row.outcome in (None, ACCEPTED)
    return str(row.accepted_by if has_taken_it else row.sent_by)
