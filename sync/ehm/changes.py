"""Changes handed in: each kept or refused by itself, none ever blocking another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, insert, select, tuple_, update

from forms.records.change import CENTRE
from sync.contract import digest
from sync.contract.changes import says
from sync.contract.messages import Result, Status, WireChange
from sync.ehm import (
    attachments,
    audience,
    audit,
    awaited,
    erased,
    heads,
    history,
    match_due,
    people,
    schema,
    waiting_for,
)
from sync.ehm.history import Happening
from sync.ehm.permissions import Role
from sync.ehm.store import parts


@dataclass(frozen=True, slots=True)
class Sender:
    """Who hands in, on which device. A revoked one hands in, and is given nothing.

    An operator, at the EHM's own machine, carries over what others wrote of any family.
    """

    worker: str
    device: str
    is_revoked: bool
    at: datetime
    role: Role = Role.WORKER
    is_operator: bool = False
    client: str = ""


class _Known(NamedTuple):
    """What is here of a change; ``held``: why it is not shown."""

    fingerprint: str
    held: str


@dataclass
class _Batch:
    """The changes of one hand-in, sorted by what becomes of them.

    ``bodies`` and ``marks``: the canonical JSON of each that is kept, and its fingerprint.
    """

    results: dict[int, Result] = field(default_factory=dict)
    kept: dict[str, WireChange] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    held: dict[str, Result] = field(default_factory=dict)
    released: list[str] = field(default_factory=list)


def hand_in(connection: Connection, sender: Sender, changes: Sequence[WireChange]) -> list[Result]:
    """Takes changes in; one result for each, in order.

    Changes by others are taken too: a laptop gives back what a restored EHM lost of its
    colleagues' work. Whose device offered a change is kept beside whose device wrote it, and the
    audit has a line; of a contributor a person looks at them first.
    """
    changes = erased.on_arrival(connection, changes)
    batch = _sort(connection, sender, changes)
    release(connection, schema.change.c.id.in_(batch.released))
    _store(connection, sender, batch)
    _note_others(connection, sender, batch.kept.values())
    shown = [change for change in batch.kept.values() if change.id not in batch.held]
    in_conflict = publish(connection, shown, batch.marks)
    results = []
    for at, change in enumerate(changes):
        if at in batch.results:
            results.append(batch.results[at])
        elif change.id in batch.held:
            results.append(batch.held[change.id])
        else:
            status = Status.CONFLICT if change.id in in_conflict else Status.APPLIED
            results.append(Result(id=change.id, status=status))
    return results


def judge(
    connection: Connection, sender: Sender, changes: Sequence[WireChange]
) -> Callable[[WireChange], Result | None]:
    """What says of each of these changes why it is held, if this sender hands it in, or nothing."""
    members = history.members(connection, {change.family for change in changes})
    families = _registered(connection, members)
    forms = _unpublished(connection, changes)
    hidden = audience.not_theirs_to_write(connection, sender.worker, sender.role, changes)
    gone = erased.whole_records(connection, {change.record for change in changes})
    return lambda each: _why_held(sender, each, members, families, forms, hidden, gone)


def _sort(connection: Connection, sender: Sender, changes: Sequence[WireChange]) -> _Batch:
    known = _known(connection, [change.id for change in changes])
    why_held = judge(connection, sender, changes)
    homes = _homes(connection, {change.record for change in changes})
    batch = _Batch()
    for at, change in enumerate(changes):
        home = homes.setdefault(change.record, change.family)
        if change.id in batch.kept:
            held = batch.held.get(change.id)
            before = _Known(batch.marks[change.id], held.code if held else "")
            batch.results[at] = _again(change, before)
        elif change.id in known:
            before = known[change.id]
            if before.held and _is_same(change, before) and why_held(change) is None:
                batch.released.append(change.id)
                before = before._replace(held="")
            batch.results[at] = _again(change, before)
        elif home != change.family:
            batch.results[at] = _rejected(
                change, "other_family", "This record belongs to another family at the centre."
            )
        else:
            said = digest.canonical(change)
            batch.kept[change.id] = change
            batch.bodies[change.id] = said.decode()
            batch.marks[change.id] = digest.fingerprint_of(said)
            held = why_held(change)
            if held is not None:
                batch.held[change.id] = held
    return batch


def _is_same(change: WireChange, known: _Known) -> bool:
    return known.fingerprint == digest.fingerprint(change)


def _again(change: WireChange, known: _Known) -> Result:
    if _is_same(change, known):
        return _held(change, known.held) if known.held else _already(change)
    return _rejected(
        change, "id_reused", "The centre has something else under this number. Both are kept."
    )


def _rejected(change: WireChange, code: str, words: str) -> Result:
    return Result(id=change.id, status=Status.REJECTED, code=code, words=words)


def _why_held(
    sender: Sender,
    change: WireChange,
    members: Mapping[str, Sequence[str]],
    families: set[str],
    unpublished: set[tuple[str, str]],
    hidden: set[str],
    gone: set[str],
) -> Result | None:
    if sender.is_revoked:
        return _held(change, "device_revoked")
    if change.family not in families:
        return _held(change, "family_unknown")
    if not sender.is_operator and sender.worker not in members[change.family]:
        return _held(change, "not_your_family")
    if not sender.is_operator and not _may_be_theirs(change, sender.worker, sender.role):
        return _held(change, "not_your_words")
    return _held_within(change, set() if sender.is_operator else hidden, unpublished, gone)


def _may_be_theirs(change: WireChange, worker: str, role: str) -> bool:
    """False for what a contributor says that somebody else wrote, and what we are said to have.

    What is written at the centre comes from no laptop. One that gives it back, because a restored
    EHM lost it, or that makes it up, is looked at first: it may be a manager's word.
    """
    is_guest = role == Role.CONTRIBUTOR
    return change.device != CENTRE and not (is_guest and change.author != worker)


def _held_within(
    change: WireChange,
    hidden: set[str],
    unpublished: set[tuple[str, str]],
    gone: set[str],
) -> Result | None:
    """Why a change is held though its sender has the family."""
    if change.record in hidden:
        return _held(change, "not_your_record")
    if (change.form, change.version) in unpublished:
        return _held(change, "form_unknown")
    if change.record in gone and any(map(says, change.answers.values())):
        return _held(change, "record_erased")
    return None


def _held(change: WireChange, code: str) -> Result:
    words = waiting_for.in_words(code, change.form, change.version)
    return Result(id=change.id, status=Status.HELD, code=code, words=words)


def _already(change: WireChange) -> Result:
    return Result(id=change.id, status=Status.ALREADY)


def _known(connection: Connection, ids: Sequence[str]) -> dict[str, _Known]:
    change = schema.change.c
    rows = connection.execute(
        select(change.id, change.fingerprint, change.held).where(change.id.in_(ids))
    )
    return {row.id: _Known(row.fingerprint, row.held) for row in rows}


def _registered(connection: Connection, families: Iterable[str]) -> set[str]:
    family = schema.family.c
    return set(connection.execute(select(family.id).where(family.id.in_(list(families)))).scalars())


def _homes(connection: Connection, records: set[str]) -> dict[str, str]:
    change = schema.change.c
    rows = connection.execute(
        select(change.record, change.family)
        .where(change.record.in_(records), change.held == "")
        .distinct()
    )
    return {row.record: row.family for row in rows}


def _unpublished(connection: Connection, changes: Sequence[WireChange]) -> set[tuple[str, str]]:
    """Forms that no published pack holds; none while nothing was published at all."""
    table = schema.pack_form
    if connection.execute(select(func.count()).select_from(table)).scalar_one() == 0:
        return set()
    used = {(change.form, change.version) for change in changes}
    rows = connection.execute(
        select(table.c.form, table.c.version).where(tuple_(table.c.form, table.c.version).in_(used))
    )
    return used - {(row.form, row.version) for row in rows}


def row(
    change: WireChange,
    body: str,
    mark: str,
    *,
    offered_by: str = "",
    received: datetime | None = None,
    held: str = "",
) -> dict[str, object]:
    """A change as it is stored: ``body`` is its canonical text, ``mark`` that one's fingerprint.

    One that the centre wrote or copied was handed in by nobody else, when it says.
    """
    return {
        "id": change.id,
        "record": change.record,
        "family": change.family,
        "form": change.form,
        "version": change.version,
        "author": change.author,
        "device": change.device,
        "offered_by": offered_by or change.device,
        "received": received or change.at,
        "fingerprint": mark,
        "body": body,
        "held": held,
    }


def _store(connection: Connection, sender: Sender, batch: _Batch) -> None:
    rows = [
        row(
            change,
            batch.bodies[change.id],
            batch.marks[change.id],
            offered_by=sender.device,
            received=sender.at,
            held=batch.held[change.id].code if change.id in batch.held else "",
        )
        for change in batch.kept.values()
    ]
    if rows:
        connection.execute(insert(schema.change), rows)
    attachments.note_uses(connection, batch.kept.values())
    held = [change for change in batch.kept.values() if change.id in batch.held]
    history.append(connection, [_happening("held", c, batch.marks[c.id]) for c in held])


def _note_others(connection: Connection, sender: Sender, changes: Iterable[WireChange]) -> None:
    """Notes for whom somebody handed in what they had not written."""
    by_others = Counter(
        (change.family, change.author) for change in changes if change.author != sender.worker
    )
    if sender.is_operator:
        return
    for (family, author), count in by_others.items():
        said = f"{count} by {author}"
        audit.note(connection, sender.at, sender.worker, "handed in for others", family, said)


def _happening(kind: str, change: WireChange, mark: str) -> Happening:
    """What is held is in history too, in nobody's feed: a restore that loses it must be noticed."""
    return Happening(kind, change.family, change.record, change.id, mark)


def publish(
    connection: Connection, changes: Sequence[WireChange], marks: Mapping[str, str]
) -> set[str]:
    """Makes stored changes part of history; those that stand beside a different answer.

    ``marks``: the fingerprint of each, by its id, as it is stored.
    """
    in_conflict = heads.advance(connection, changes)
    seqs = history.append(
        connection,
        [_happening("change", change, marks[change.id]) for change in changes],
    )
    let_in = audience.publish(connection, changes, seqs, marks)
    attachments.show_uses(connection, changes)
    match_due.mark_due(connection, changes)
    awaited.mark_due(connection, changes)
    erased.mark_late(connection, {change.record for change in changes})
    for worker, family in let_in:
        release_theirs(connection, worker, family)
    return in_conflict


def release_theirs(connection: Connection, worker: str, family: str) -> None:
    """Publishes what was held because its sender did not have the family, and now has.

    What must be held for another reason goes on waiting, for that reason; what a contributor's
    laptop says that somebody else wrote waits for the contributor.
    """
    table, device, person = schema.change, schema.device.c, schema.worker.c
    theirs = select(device.id).where(device.worker == worker)
    guests = select(device.id).join(schema.worker).where(person.role == Role.CONTRIBUTOR)
    is_author = (table.c.author == worker) & table.c.offered_by.not_in(guests)
    here = (
        (table.c.family == family)
        & (is_author | table.c.offered_by.in_(theirs))
        & table.c.held.in_(("family_unknown", "not_your_family"))
    )
    bodies = connection.execute(select(table.c.body).where(here)).scalars()
    changes = [WireChange.model_validate_json(body) for body in bodies]
    if not changes:
        return
    for change, why in _still_held(connection, worker, changes):
        connection.execute(update(table).where(table.c.id == change.id).values(held=why))
    release(connection, here)


def _still_held(
    connection: Connection, worker: str, changes: Sequence[WireChange]
) -> list[tuple[WireChange, str]]:
    """Those that are not shown to the family of this worker, and for what each waits."""
    records = {change.record for change in changes}
    role = people.role_of(connection, worker)
    hidden = audience.not_theirs_to_write(connection, worker, role, changes)
    forms, gone = _unpublished(connection, changes), erased.whole_records(connection, records)
    found = (
        (change, _held_within(change, hidden, forms, gone))
        if _may_be_theirs(change, worker, role)
        else (change, _held(change, "not_your_words"))
        for change in changes
    )
    return [(change, why.code) for change, why in found if why is not None]


def release(connection: Connection, which: ColumnElement[bool]) -> list[str]:
    """Publishes the held changes that ``which`` picks; their ids, oldest first."""
    table = schema.change
    rows = connection.execute(
        select(table.c.id, table.c.body, table.c.fingerprint)
        .where(table.c.held != "", which)
        .order_by(table.c.received, table.c.id)
    ).all()
    changes = [WireChange.model_validate_json(row.body) for row in rows]
    if not changes:
        return []
    for part in parts([change.id for change in changes]):
        connection.execute(update(table).where(table.c.id.in_(part)).values(held=""))
    publish(connection, changes, {row.id: row.fingerprint for row in rows})
    return [change.id for change in changes]
