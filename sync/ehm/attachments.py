"""Attachments: sent in parts that can be taken up again, given to whoever may see a record.

A name is a hash, and who knows a hash has not what it is of. So a record that names a file gives
it only once somebody who wrote there has shown that they have it: by sending it, or because a
record of theirs gave it to them before (``attachment_use.shown``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, select, update

from sync.contract.changes import attachment_names
from sync.contract.messages import MAX_ATTACHMENT, WireChange
from sync.ehm import copies, file_parts, schema
from sync.ehm.problems import not_found, not_wanted
from sync.ehm.store import insert_or_leave


def check_may_read(connection: Connection, worker: str, record: str, name: str) -> None:
    """Raises ``not_found`` unless this worker has a record that gives this file."""
    use = schema.attachment_use.c
    if connection.execute(_in_feed(worker, record, name).where(use.shown)).first() is None:
        raise not_found()


def record_to_send_for(connection: Connection, worker: str, record: str, name: str) -> str:
    """The record for which this worker may send a file that a change of ``record`` names.

    A change that they have, or one that they wrote or handed in, held or not and whatever became of
    their role: what was drawn must not be lost with the access to it. If it was moved to the right
    family, it is the copy's. Raises ``not_wanted`` if there is none, or its words were taken out.
    """
    if connection.execute(_in_feed(worker, record, name)).first() is not None:
        return record
    change, erasure = schema.change.c, schema.erasure.c
    moves = connection.execute(
        select(erasure.move).where(erasure.record == record, erasure.move != "")
    ).scalars()
    places = [record, *(copies.copy_of(move, record) for move in moves)]
    written = _written(connection, worker, name, change.record.in_(places))
    if not written:
        raise not_wanted()
    return next(each for each in places if each in written)


def _in_feed(worker: str, record: str, name: str) -> Select[tuple[str]]:
    """The use of a file by a record in a worker's feed."""
    use, entry, delivery = schema.attachment_use.c, schema.entry.c, schema.delivery.c
    return (
        select(use.record)
        .where(
            use.name == name,
            use.record == record,
            select(delivery.seq)
            .select_from(schema.delivery.join(schema.entry))
            .where(
                delivery.worker == worker,
                entry.record == use.record,
                entry.kind == "change",
            )
            .exists(),
        )
        .limit(1)
    )


def _written(
    connection: Connection, worker: str, name: str, *which: ColumnElement[bool]
) -> set[str]:
    """The records in which a change of this worker, written or handed in, names a file."""
    body = schema.change.c.body
    bodies = connection.execute(
        select(body).where(_is_theirs(worker), body.contains(name, autoescape=True), *which)
    ).scalars()
    changes = (WireChange.model_validate_json(body) for body in bodies)
    return {change.record for change in changes if name in attachment_names(change)}


def _is_theirs(worker: str) -> ColumnElement[bool]:
    change, device = schema.change.c, schema.device.c
    laptops = select(device.id).where(device.worker == worker)
    return (change.author == worker) | change.offered_by.in_(laptops)


def size_here(connection: Connection, record: str, name: str) -> tuple[int, bool]:
    """How many bytes are here from the start, and whether that is all of it.

    What others have sent, for other records, does not count.
    """
    whole, use = schema.attachment.c, schema.attachment_use.c
    size = connection.execute(
        select(whole.size)
        .join_from(schema.attachment, schema.attachment_use, use.name == whole.name)
        .where(whole.name == name, use.record == record, use.shown)
    ).scalar_one_or_none()
    if size is not None:
        return size, True
    return file_parts.begun(connection, record, name), False


def add(
    connection: Connection,
    worker: str,
    record: str,
    name: str,
    start: int,
    content: bytes,
    now: datetime,
    *,
    is_last: bool,
) -> None:
    """Takes a part of a file that a record names, as ``file_parts.add`` does."""
    _size, is_whole = size_here(connection, record, name)
    if is_whole:
        return
    if file_parts.add(
        connection, record, name, start, content, now, is_last=is_last, most=MAX_ATTACHMENT
    ):
        has_sent(connection, worker, name, record)


def has_sent(connection: Connection, worker: str, name: str, *records: str) -> None:
    """Notes that somebody has all of a file: these records, and theirs that name it, give it."""
    insert_or_leave(connection, schema.attachment_sender, [{"name": name, "worker": worker}])
    _show(connection, name, {*records, *_named_by(connection, worker, name)})


def _named_by(connection: Connection, worker: str, name: str) -> set[str]:
    use = schema.attachment_use.c
    records = select(use.record).where(use.name == name, use.shown.is_(False))
    return _written(connection, worker, name, schema.change.c.record.in_(records))


def note_uses(connection: Connection, changes: Iterable[WireChange]) -> None:
    """Notes which records name which files. They give them when ``show_uses`` finds that so."""
    uses = [
        {"name": name, "record": change.record, "shown": False}
        for change in changes
        for name in sorted(attachment_names(change))
    ]
    insert_or_leave(connection, schema.attachment_use, uses)


def show_uses(connection: Connection, changes: Sequence[WireChange]) -> None:
    """Lets records give the files that whoever handed the changes in has, or was given before."""
    naming = {change.id: attachment_names(change) for change in changes}
    naming = {change: names for change, names in naming.items() if names}
    if not naming:
        return
    note_uses(connection, changes)
    records = {change.id: change.record for change in changes}
    for change, worker in _offered_by(connection, naming).items():
        for name in naming[change]:
            if _has(connection, worker, name):
                _show(connection, name, {records[change]})


def copy_uses(connection: Connection, copied: Mapping[str, str]) -> None:
    """Lets the copies of records give what their originals give; original record to copy."""
    use = schema.attachment_use.c
    for original, record in copied.items():
        given = select(use.name).where(use.record == original, use.shown)
        for name in connection.execute(given).scalars().all():
            _show(connection, name, {record})


def _offered_by(connection: Connection, changes: Collection[str]) -> dict[str, str]:
    """Change to the worker whose laptop handed it in."""
    change, device = schema.change.c, schema.device.c
    rows = connection.execute(
        select(change.id, device.worker)
        .join_from(schema.change, schema.device, device.id == change.offered_by)
        .where(change.id.in_(changes))
    )
    return {row.id: row.worker for row in rows}


def _has(connection: Connection, worker: str, name: str) -> bool:
    """True if this worker has sent the file, or has a record that gives it."""
    use, sender = schema.attachment_use.c, schema.attachment_sender.c
    entry, delivery = schema.entry.c, schema.delivery.c
    sent = select(sender.name).where(sender.name == name, sender.worker == worker)
    given = (
        select(use.name)
        .join_from(schema.attachment_use, schema.entry, entry.record == use.record)
        .join(schema.delivery, delivery.seq == entry.seq)
        .where(use.name == name, use.shown, delivery.worker == worker, entry.kind == "change")
    )
    found = (connection.execute(each.limit(1)).first() for each in (sent, given))
    return any(each is not None for each in found)


def _show(connection: Connection, name: str, records: Collection[str]) -> None:
    use = schema.attachment_use
    connection.execute(
        update(use).where(use.c.name == name, use.c.record.in_(records)).values(shown=True)
    )


def content(connection: Connection, name: str) -> bytes:
    """All of it; raises ``not_found`` while it is not here whole."""
    whole = schema.attachment.c
    found = connection.execute(select(whole.content).where(whole.name == name)).scalar_one_or_none()
    if found is None:
        raise not_found()
    return bytes(found)


def given(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Each file that is here whole, and the records that give it."""
    use, whole = schema.attachment_use.c, schema.attachment.c
    rows = connection.execute(
        select(use.name, use.record)
        .join_from(schema.attachment_use, schema.attachment, whole.name == use.name)
        .where(use.shown)
        .order_by(use.name, use.record)
    )
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        found[row.name] = (*found.get(row.name, ()), row.record)
    return found


def keep(connection: Connection, name: str, whole: bytes, records: Collection[str]) -> bool:
    """Keeps a whole file, which these records give if they name it; False if it is another."""
    if not file_parts.keep_whole(connection, name, whole):
        return False
    _show(connection, name, records)
    return True
