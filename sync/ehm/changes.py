"""Changes handed in: each kept or refused by itself, none ever blocking another."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, insert, select, tuple_, update

from sync.contract import digest
from sync.contract.changes import attachment_names
from sync.contract.messages import Result, Status, WireChange
from sync.ehm import heads, history, schema
from sync.ehm.history import Delivery, Happening
from sync.ehm.store import insert_or_leave, parts


@dataclass(frozen=True, slots=True)
class Sender:
    """Who hands in. ``may_reoffer``: this device was told to give back what a restore lost."""

    worker: str
    device: str
    is_revoked: bool
    may_reoffer: bool
    at: datetime


@dataclass
class _Batch:
    """The changes of one hand-in, sorted by what becomes of them."""

    results: dict[int, Result] = field(default_factory=dict)
    kept: dict[str, WireChange] = field(default_factory=dict)
    held: dict[str, Result] = field(default_factory=dict)


def hand_in(connection: Connection, sender: Sender, changes: Sequence[WireChange]) -> list[Result]:
    """Takes changes in; one result for each, in order."""
    batch = _sort(connection, sender, changes)
    _store(connection, sender, batch)
    publish(connection, [c for c in batch.kept.values() if c.id not in batch.held])
    in_conflict = heads.conflicting(connection, [c for c in batch.kept if c not in batch.held])
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


def _sort(connection: Connection, sender: Sender, changes: Sequence[WireChange]) -> _Batch:
    known = _known(connection, [change.id for change in changes])
    members = history.members(connection, {change.family for change in changes})
    families = _registered(connection, members)
    forms = _unpublished(connection, changes)
    homes = _homes(connection, {change.record for change in changes})
    batch = _Batch()
    for at, change in enumerate(changes):
        fingerprint = known.get(change.id)
        if change.id in batch.kept:
            fingerprint = digest.fingerprint(batch.kept[change.id])
        home = homes.setdefault(change.record, change.family)
        if fingerprint is not None:
            batch.results[at] = _again(change, fingerprint)
        elif change.author != sender.worker and not sender.may_reoffer:
            batch.results[at] = _rejected(
                change, "not_yours", "This was written by somebody else, on another laptop."
            )
        elif home != change.family:
            batch.results[at] = _rejected(
                change, "other_family", "This record belongs to another family at the centre."
            )
        else:
            batch.kept[change.id] = change
            held = _why_held(sender, change, members, families, forms)
            if held is not None:
                batch.held[change.id] = held
    return batch


def _again(change: WireChange, fingerprint: str) -> Result:
    if fingerprint == digest.fingerprint(change):
        return Result(id=change.id, status=Status.ALREADY)
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
) -> Result | None:
    if sender.is_revoked:
        code, words = "device_revoked", "Handed in. A coordinator will look at it."
    elif change.family not in families:
        code, words = "family_unknown", "Kept at the centre until the family is registered there."
    elif sender.worker not in members[change.family]:
        code, words = "not_your_family", "Handed in. A coordinator will look at it."
    elif (change.form, change.version) in unpublished:
        code, words = "form_unknown", "Kept at the centre until it has this version of the form."
    else:
        return None
    return Result(id=change.id, status=Status.HELD, code=code, words=words)


def _known(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    change = schema.change.c
    rows = connection.execute(select(change.id, change.fingerprint).where(change.id.in_(ids)))
    return {row.id: row.fingerprint for row in rows}


def _registered(connection: Connection, families: Iterable[str]) -> set[str]:
    family = schema.family.c
    return set(connection.execute(select(family.id).where(family.id.in_(list(families)))).scalars())


def _homes(connection: Connection, records: set[str]) -> dict[str, str]:
    change = schema.change.c
    rows = connection.execute(
        select(change.record, change.family).where(change.record.in_(records)).distinct()
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


def _store(connection: Connection, sender: Sender, batch: _Batch) -> None:
    rows = [
        {
            "id": change.id,
            "record": change.record,
            "family": change.family,
            "form": change.form,
            "version": change.version,
            "author": change.author,
            "device": change.device,
            "offered_by": sender.device,
            "received": sender.at,
            "fingerprint": digest.fingerprint(change),
            "body": _body(change),
            "held": batch.held[change.id].code if change.id in batch.held else "",
        }
        for change in batch.kept.values()
    ]
    if rows:
        connection.execute(insert(schema.change), rows)


def _body(change: WireChange) -> str:
    """As JSON that any database stores: a NUL inside a text stays an escape."""
    plain = change.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(plain, separators=(",", ":"), ensure_ascii=False)


def publish(connection: Connection, changes: Sequence[WireChange]) -> None:
    """Makes stored changes part of history: heads, feeds, attachments."""
    heads.advance(connection, changes)
    seqs = history.append(
        connection,
        [Happening("change", c.family, c.record, c.id, digest.fingerprint(c)) for c in changes],
    )
    members = history.members(connection, {change.family for change in changes})
    history.deliver(
        connection,
        [
            Delivery(worker, seq, change.family, digest.fingerprint(change))
            for seq, change in zip(seqs, changes, strict=True)
            for worker in members[change.family]
        ],
    )
    uses = [
        {"name": name, "record": change.record}
        for change in changes
        for name in attachment_names(change)
    ]
    insert_or_leave(connection, schema.attachment_use, uses)


def release(connection: Connection, which: ColumnElement[bool]) -> list[str]:
    """Publishes the held changes that ``which`` picks; their ids, oldest first."""
    table = schema.change
    rows = connection.execute(
        select(table.c.id, table.c.body)
        .where(table.c.held != "", which)
        .order_by(table.c.received, table.c.id)
    ).all()
    changes = [WireChange.model_validate_json(row.body) for row in rows]
    for part in parts([change.id for change in changes]):
        connection.execute(update(table).where(table.c.id.in_(part)).values(held=""))
    publish(connection, changes)
    return [change.id for change in changes]
