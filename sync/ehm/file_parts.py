"""Files on their way in: kept in parts, each where it belongs, until the whole has its hash.

Parts are kept by what they are sent for (a record, an order) and the file's name, so that nobody
learns from what they send what others have sent. Those that nobody went on with are let go.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from sync.ehm import history, schema
from sync.ehm.history import Happening
from sync.ehm.problems import Refusal, too_large

UNFINISHED_FOR = timedelta(days=30)


def begun(connection: Connection, purpose: str, name: str) -> int:
    """How many bytes are here from the start, of a file that is not whole."""
    part = schema.attachment_part.c
    sizes = connection.execute(
        select(func.sum(func.length(part.content))).where(
            part.purpose == purpose, part.name == name
        )
    ).scalar_one()
    return int(sizes or 0)


def begun_for(connection: Connection, purpose: str) -> set[str]:
    """The files of which parts are here for this, and which are not whole."""
    part = schema.attachment_part.c
    names = select(part.name).where(part.purpose == purpose).distinct()
    return set(connection.execute(names).scalars())


def add(
    connection: Connection,
    purpose: str,
    name: str,
    start: int,
    content: bytes,
    now: datetime,
    *,
    is_last: bool,
    most: int,
) -> bool:
    """Takes a part that begins at ``start``; True if the file is whole and kept by it.

    A part that is here already is passed over; one that leaves a gap is refused. With the last
    part the whole is checked against the SHA-256 in its name; if it is wrong, all of it goes.
    """
    let_go(connection, now)
    here = begun(connection, purpose, name)
    if start + len(content) < here:
        return False
    if start > here:
        raise Refusal(
            409, "gap", "A part is missing", "A part of a file is missing. It is sent again.", True
        )
    if start + len(content) > most:
        raise too_large()
    fresh = content[here - start :]
    if fresh:
        connection.execute(
            insert(schema.attachment_part).values(
                purpose=purpose, name=name, start=here, content=fresh, at=now
            )
        )
    return is_last and _finish(connection, purpose, name)


def keep_whole(connection: Connection, name: str, content: bytes) -> bool:
    """Keeps a whole file, if it is not here; False if its hash is not the one in its name."""
    if not name.startswith(f"sha256-{hashlib.sha256(content).hexdigest()}."):
        return False
    whole = schema.attachment
    known = connection.execute(select(whole.c.name).where(whole.c.name == name)).one_or_none()
    if known is None:
        connection.execute(insert(whole).values(name=name, size=len(content), content=content))
        history.append(connection, [Happening("attachment", "", ref=name)])
    return True


def forget(connection: Connection, purpose: str, name: str) -> None:
    """Lets go of the parts of a file."""
    part = schema.attachment_part
    connection.execute(delete(part).where(part.c.purpose == purpose, part.c.name == name))


def _finish(connection: Connection, purpose: str, name: str) -> bool:
    part = schema.attachment_part.c
    rows = connection.execute(
        select(part.content).where(part.purpose == purpose, part.name == name).order_by(part.start)
    ).scalars()
    content = b"".join(rows)
    forget(connection, purpose, name)
    return keep_whole(connection, name, content)


def let_go(connection: Connection, now: datetime) -> None:
    """Lets go of parts that nobody went on with."""
    part = schema.attachment_part
    connection.execute(delete(part).where(part.c.at < now - UNFINISHED_FOR))
