"""The audit: who did what, when, and why; append-only and hash-chained."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, insert, select

from sync.contract.messages import AuditLine, ReadAudit
from sync.ehm import people, schema
from sync.ehm.store import aware

PAGE = 500


def note(
    connection: Connection, at: datetime, who: str, act: str, family: str = "", detail: str = ""
) -> None:
    """Adds a line. ``detail`` holds ids and reasons, never an answer."""
    table = schema.audit
    last = connection.execute(
        select(table.c.n, table.c.hash).order_by(table.c.n.desc()).limit(1)
    ).one_or_none()
    n, before = (last.n + 1, last.hash) if last else (1, "")
    at, worker = at.astimezone(UTC), people.row(connection, who)
    role = worker.role if worker else ""
    connection.execute(
        insert(table).values(
            n=n,
            at=at,
            worker=who,
            role=role,
            act=act,
            family=family,
            detail=detail,
            hash=_link(before, at, who, act, family, detail, role),
        )
    )


def _link(
    before: str, at: datetime, who: str, act: str, family: str, detail: str, role: str
) -> str:
    said = f"{before}\n{at.isoformat()}\n{who}\n{act}\n{family}\n{detail}"
    if role:
        said += f"\n{role}"
    return hashlib.sha256(said.encode()).hexdigest()


def read(connection: Connection, asked: ReadAudit) -> tuple[list[AuditLine], bool]:
    """A page of lines, oldest first, and whether there are more."""
    line = schema.audit.c
    query = select(schema.audit).where(line.n > asked.after)
    for column, wanted in (
        (line.role, asked.role),
        (line.worker, asked.worker),
        (line.family, asked.family),
    ):
        if wanted:
            query = query.where(column == wanted)
    rows = connection.execute(query.order_by(line.n).limit(PAGE + 1)).all()
    return [_as_message(row) for row in rows[:PAGE]], len(rows) > PAGE


def is_whole(connection: Connection) -> bool:
    """False if a line was edited, taken out, or put in another order."""
    before, last = "", 0
    for row in connection.execute(select(schema.audit).order_by(schema.audit.c.n)):
        said = (before, aware(row.at), row.worker, row.act, row.family, row.detail, row.role)
        if row.n != last + 1 or row.hash != _link(*said):
            return False
        before, last = row.hash, row.n
    return True


def _as_message(row: Row[tuple[str, ...]]) -> AuditLine:
    """A line; what a device noted has its fields in the detail."""
    said: dict[str, object] = {"detail": row.detail}
    if row.act.startswith("on a laptop: "):
        said = json.loads(row.detail)
    return AuditLine(
        n=row.n,
        at=aware(row.at),
        worker=row.worker,
        role=row.role,
        act=row.act,
        family=row.family,
        **{name: str(said.get(name, "")) for name in ("record", "reason", "device", "detail")},
    )
