"""What devices noted offline of who looked at what, taken into the one audit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from sync.contract.messages import AuditTaken, DeviceAuditLine, HandInAudit
from sync.ehm import audit, schema
from sync.ehm.changes import Sender

_KEPT = ("record", "reason", "count", "detail")
_NO_HASH = "0" * 64


def take(connection: Connection, sender: Sender, said: HandInAudit) -> AuditTaken:
    """Takes lines in that follow the last one here. Safe to repeat.

    A line that does not fit the one before it says that the device's audit was tampered with, or
    put back from a copy: that is noted, and what follows is taken all the same. A copy may be so
    old that its newest line has a number that is here already: it is taken from its first on.
    """
    table = schema.device_audit
    row = connection.execute(select(table).where(table.c.device == sender.device)).one_or_none()
    if row is None:
        connection.execute(
            insert(table).values(device=sender.device, number=0, hash=_NO_HASH, is_whole=True)
        )
    number, before, whole = (row.number, row.hash, row.is_whole) if row else (0, _NO_HASH, True)
    if _went_back(said.lines, number, before):
        number, before = said.lines[0].number - 1, ""
    for line in said.lines:
        if line.number <= number:
            continue
        if line.number > number + 1:
            break
        fits = line.hash == hashlib.sha256(f"{before}\n{line.entry}".encode()).hexdigest()
        if not fits and whole:
            audit.note(
                connection, sender.at, sender.worker, "device audit broken", detail=sender.device
            )
        whole = whole and fits
        _note(connection, sender, line)
        number, before = line.number, line.hash
    connection.execute(
        update(table)
        .where(table.c.device == sender.device)
        .values(number=number, hash=before, is_whole=whole)
    )
    return AuditTaken(upto=number, is_whole=whole)


def _went_back(lines: Sequence[DeviceAuditLine], number: int, newest: str) -> bool:
    """Whether a device says something else at the newest ``number`` here, or ends before it."""
    again = next((line.hash for line in lines if line.number == number), newest)
    return again != newest or lines[-1].number < number


def _note(connection: Connection, sender: Sender, line: DeviceAuditLine) -> None:
    at, event = _read(line.entry)
    detail = {
        "device": sender.device,
        "number": line.number,
        **{
            name: event[name] for name in ("record", "reason", "count", "detail") if event.get(name)
        },
    }
    audit.note(
        connection,
        at or sender.at,
        sender.worker,
        f"on a laptop: {event.get('kind', 'unreadable')}",
        str(event.get("family", "")),
        json.dumps(detail, ensure_ascii=False),
    )


def _read(entry: str) -> tuple[datetime | None, dict[str, object]]:
    """When and what; nothing of an entry that is not one."""
    try:
        read = json.loads(entry)
        at, event = datetime.fromisoformat(read["at"]), read["event"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None, {}
    is_event = isinstance(event, dict) and at.tzinfo is not None
    return (at, event) if is_event else (None, {})
