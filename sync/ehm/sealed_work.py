"""Unsent work of a wiped device: taken in sealed, opened by an operator, handed in as its own."""

from __future__ import annotations

import base64
import json
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from sync.contract import escrow, signatures
from sync.contract.escrow import UnsentWork
from sync.contract.messages import MAX_CHANGES, OrderKind, Result
from sync.contract.signatures import Proof
from sync.ehm import attachments, audit, changes, devices, families, file_parts, people, schema
from sync.ehm.changes import Sender
from sync.ehm.problems import not_found, too_large
from sync.ehm.store import insert_or_leave

MAX_SEALED = 100_000_000
MOST_FILES = 4


def check_may_send(
    connection: Connection, device: str, order: str, name: str, proof: Proof
) -> None:
    """Raises ``not_found`` unless this device was ordered to wipe itself by this order.

    It signs what it sends: who has learnt both ids sends nothing in its name.
    """
    table = schema.order.c
    public_key = connection.execute(
        select(schema.device.c.public_key)
        .join_from(schema.order, schema.device, schema.device.c.id == table.device)
        .where(table.id == order, table.device == device, table.kind == OrderKind.WIPE)
    ).scalar_one_or_none()
    text = signatures.unsent_text(order, device, name)
    if public_key is None or not proof.is_of(public_key, device, text):
        raise not_found()


def add(
    connection: Connection,
    device: str,
    order: str,
    name: str,
    start: int,
    content: bytes,
    now: datetime,
    *,
    is_last: bool,
) -> None:
    """Takes a part, as ``file_parts.add`` does; what comes whole is kept for the operator.

    Raises ``too_large`` beyond ``MOST_FILES`` or ``MAX_SEALED`` bytes of one order in all.
    """
    _size, is_whole = size_here(connection, device, order, name)
    if is_whole:
        return
    file_parts.let_go(connection, now)
    begun = file_parts.begun_for(connection, order) - {name}
    if len(begun) + _files_of(connection, order) >= MOST_FILES:
        raise too_large()
    others = sum(file_parts.begun(connection, order, each) for each in begun)
    if others + start + len(content) > MAX_SEALED:
        raise too_large()
    if file_parts.add(
        connection, order, name, start, content, now, is_last=is_last, most=MAX_SEALED
    ):
        row = {"name": name, "device": device, "given": order, "received": now}
        insert_or_leave(connection, schema.sealed_work, [row])


def size_here(connection: Connection, device: str, order: str, name: str) -> tuple[int, bool]:
    """How many bytes of it are here from the start, and whether that is all of it."""
    whole, sealed = schema.attachment.c, schema.sealed_work.c
    size = connection.execute(
        select(whole.size)
        .join_from(schema.attachment, schema.sealed_work, sealed.name == whole.name)
        .where(sealed.name == name, sealed.device == device)
    ).scalar_one_or_none()
    return (file_parts.begun(connection, order, name), False) if size is None else (size, True)


def _files_of(connection: Connection, order: str) -> int:
    table = schema.sealed_work
    query = select(func.count()).select_from(table).where(table.c.given == order)
    return connection.execute(query).scalar_one()


def waiting(connection: Connection) -> list[tuple[str, str, datetime]]:
    """What nobody has opened yet: its name, the device, when it came."""
    table = schema.sealed_work
    rows = connection.execute(
        select(table).where(table.c.opened.is_(None)).order_by(table.c.received, table.c.name)
    )
    return [(row.name, row.device, row.received) for row in rows]


def open_and_hand_in(
    connection: Connection, name: str, private_key: bytes, by: str, now: datetime
) -> list[Result]:
    """Opens sealed work and hands it in for the device's worker; one result for each change.

    Each change keeps its author. Opened again: everything is ``already``. Raises
    ``escrow.NotOpened``, and ``ValueError`` if there is no such file.
    """
    table = schema.sealed_work
    row = connection.execute(select(table).where(table.c.name == name)).one_or_none()
    if row is None:
        raise ValueError("there is no sealed work of this name")
    work = escrow.open_sealed(private_key, attachments.content(connection, name))
    device = devices.find(connection, row.device)
    if device is None or work.device != device.id:
        raise escrow.NotOpened
    sender = Sender(
        device.worker,
        device.id,
        is_revoked=False,
        at=now,
        role=people.role_of(connection, device.worker),
    )
    results = _hand_in(connection, sender, work)
    connection.execute(update(table).where(table.c.name == name).values(opened=now))
    detail = json.dumps({"sealed": name, "device": device.id, "changes": len(work.changes)})
    audit.note(connection, now, by, "open sealed work", "", detail)
    return results


def _hand_in(connection: Connection, sender: Sender, work: UnsentWork) -> list[Result]:
    families.register(connection, sender, work.families)
    results: list[Result] = []
    for start in range(0, len(work.changes), MAX_CHANGES):
        part = work.changes[start : start + MAX_CHANGES]
        results.extend(changes.hand_in(connection, sender, part))
    for name, content in work.attachments.items():
        if file_parts.keep_whole(connection, name, base64.b64decode(content, validate=True)):
            attachments.has_sent(connection, sender.worker, name)
    return results
