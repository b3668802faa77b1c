"""The audit: who did what, when, and why; append-only and hash-chained."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import Connection, insert, select

from sync.ehm import people, schema


def note(
    connection: Connection, at: datetime, who: str, act: str, family: str = "", detail: str = ""
) -> None:
    """Adds a line. ``detail`` holds ids and reasons, never an answer."""
    table = schema.audit
    last = connection.execute(
        select(table.c.n, table.c.hash).order_by(table.c.n.desc()).limit(1)
    ).one_or_none()
    n, before = (last.n + 1, last.hash) if last else (1, "")
    worker = people.row(connection, who)
    role = worker.role if worker else ""
    said = f"{before}\n{at.isoformat()}\n{who}\n{act}\n{family}\n{detail}"
    if role:
        said += f"\n{role}"
    connection.execute(
        insert(table).values(
            n=n,
            at=at,
            worker=who,
            role=role,
            act=act,
            family=family,
            detail=detail,
            hash=hashlib.sha256(said.encode()).hexdigest(),
        )
    )
