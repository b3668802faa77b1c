"""Devices that came or went since a backup: after a restore known, or still not trusted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from sync.ehm import devices, people, schema
from sync.ehm.ledger import Ledger, Registered, Revoked
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


def apply(connection: Connection, line: Registered | Revoked) -> None:
    """Brings the database up to a line. Somebody lost with the backup may only hand in."""
    connection.execute(insert(schema.ledger_line).values(id=line.id))
    table = schema.device
    if isinstance(line, Revoked):
        connection.execute(
            update(table)
            .where(table.c.id == line.device, table.c.revoked.is_(None))
            .values(revoked=line.at)
        )
        return
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
