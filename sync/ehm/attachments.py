"""Attachments: sent in parts that can be taken up again, given to whoever may see a record."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, delete, func, insert, select

from sync.contract.messages import MAX_ATTACHMENT
from sync.ehm import history, schema
from sync.ehm.history import Happening
from sync.ehm.problems import Refusal, not_found, too_large


def check_may_see(connection: Connection, worker: str, record: str, name: str) -> None:
    """Raises ``not_found`` unless this worker has a record with an answer that names it."""
    use, entry, delivery = schema.attachment_use.c, schema.entry.c, schema.delivery.c
    found = connection.execute(
        select(delivery.seq)
        .select_from(schema.delivery.join(schema.entry))
        .where(
            delivery.worker == worker,
            entry.record == record,
            entry.kind == "change",
            select(use.name).where(use.name == name, use.record == record).exists(),
        )
        .limit(1)
    )
    if found.one_or_none() is None:
        raise not_found()


def size_here(connection: Connection, name: str) -> tuple[int, bool]:
    """How many bytes are here from the start, and whether that is all of it."""
    whole = schema.attachment.c
    size = connection.execute(select(whole.size).where(whole.name == name)).scalar_one_or_none()
    if size is not None:
        return size, True
    part = schema.attachment_part.c
    sizes = connection.execute(
        select(func.sum(func.length(part.content))).where(part.name == name)
    ).scalar_one()
    return sizes or 0, False


def add(
    connection: Connection,
    name: str,
    start: int,
    content: bytes,
    *,
    is_last: bool,
    most: int = MAX_ATTACHMENT,
) -> int:
    """Takes a part that begins at ``start``; the number of bytes here afterwards.

    A part that is here already is passed over; one that leaves a gap is refused. With the last
    part the whole is checked against the SHA-256 in its name; if it is wrong, all of it goes and 0
    bytes are here.
    """
    here, is_whole = size_here(connection, name)
    if is_whole or start + len(content) < here:
        return here
    if start > here:
        raise Refusal(
            409, "gap", "A part is missing", "A part of a file is missing. It is sent again.", True
        )
    if start + len(content) > most:
        raise too_large()
    fresh = content[here - start :]
    if fresh:
        connection.execute(
            insert(schema.attachment_part).values(name=name, start=here, content=fresh)
        )
    if is_last and not _finish(connection, name):
        return 0
    return start + len(content)


def _finish(connection: Connection, name: str) -> bool:
    part = schema.attachment_part.c
    rows = connection.execute(
        select(part.content).where(part.name == name).order_by(part.start)
    ).scalars()
    content = b"".join(rows)
    connection.execute(delete(schema.attachment_part).where(part.name == name))
    if not name.startswith(f"sha256-{hashlib.sha256(content).hexdigest()}."):
        return False
    connection.execute(
        insert(schema.attachment).values(name=name, size=len(content), content=content)
    )
    history.append(connection, [Happening("attachment", "", ref=name)])
    return True


def content(connection: Connection, name: str) -> bytes:
    """All of it; raises ``not_found`` while it is not here whole."""
    whole = schema.attachment.c
    found = connection.execute(select(whole.content).where(whole.name == name)).scalar_one_or_none()
    if found is None:
        raise not_found()
    return bytes(found)
