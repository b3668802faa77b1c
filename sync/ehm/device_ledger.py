"""Devices since a backup: after a restore known, still not trusted, or opened once already."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from sync.ehm import audit, devices, people, schema
from sync.ehm.ledger import Ledger, Opened, Registered, Revoked
from sync.ehm.store import aware


def note_registered(connection: Connection, ledger: Ledger, device: str) -> None:
    """Notes a device that was enrolled; nothing if it is noted."""
    row = devices.find(connection, device)
    line = f"registered {device}"
    if row is None or _is_noted(connection, line):
        return
    worker = people.row(connection, row.worker)
    assert worker is not None  # noqa: S101 - a device belongs to a worker
    ledger.add(
        Registered(
            id=line,
            device=device,
            worker=row.worker,
            worker_name=worker.name,
            name=row.name,
            public_key=row.public_key,
            client=row.client,
            enrolled=aware(row.enrolled),
        )
    )
    connection.execute(insert(schema.ledger_line).values(id=line))


def note_revoked(connection: Connection, ledger: Ledger, device: str, at: datetime) -> None:
    """Notes a device whose registration ended; nothing if it is noted."""
    line = f"revoked {device}"
    if not _is_noted(connection, line):
        ledger.add(Revoked(id=line, device=device, at=at))
        connection.execute(insert(schema.ledger_line).values(id=line))


def note_opened(connection: Connection, ledger: Ledger, request: str) -> None:
    """Notes that custodians opened a laptop: no restore makes the request good again."""
    table = schema.recovery
    row = connection.execute(select(table).where(table.c.id == request)).one()
    ledger.add(
        Opened(
            id=f"opened {request}",
            request=request,
            device=row.device,
            at=aware(row.at),
            by=tuple(json.loads(row.by)),
            reason=row.reason,
        )
    )
    connection.execute(insert(schema.ledger_line).values(id=f"opened {request}"))


def apply(connection: Connection, line: Registered | Revoked | Opened) -> None:
    """Brings the database up to a line. Somebody lost with the backup may only hand in."""
    connection.execute(insert(schema.ledger_line).values(id=line.id))
    match line:
        case Registered():
            _register(connection, line)
        case Revoked():
            table = schema.device
            of_it = table.c.id == line.device, table.c.revoked.is_(None)
            connection.execute(update(table).where(*of_it).values(revoked=line.at))
        case Opened():
            _open(connection, line)


def _open(connection: Connection, line: Opened) -> None:
    """Once more in the audit too, whose own line went with the database."""
    if devices.find(connection, line.device) is not None:
        by = json.dumps(list(line.by))
        connection.execute(
            insert(schema.recovery).values(
                id=line.request, device=line.device, at=line.at, by=by, reason=line.reason
            )
        )
    said = line.model_dump(mode="json", include={"request", "device", "by", "reason"})
    audit.note(connection, line.at, "", "recovery", detail=json.dumps(said))


def _register(connection: Connection, line: Registered) -> None:
    table = schema.device
    if devices.find(connection, line.device) is not None:
        return
    if people.row(connection, line.worker) is None:
        people.add(connection, line.worker_name, worker=line.worker)
        people.set_active(connection, line.worker, is_active=False)
    connection.execute(
        insert(table).values(
            id=line.device,
            worker=line.worker,
            name=line.name,
            public_key=line.public_key,
            client=line.client,
            enrolled=line.enrolled,
        )
    )


def _is_noted(connection: Connection, line: str) -> bool:
    table = schema.ledger_line.c
    return connection.execute(select(table.id).where(table.id == line)).one_or_none() is not None
