"""Putting right: words taken out of a record everywhere, and never given back by a backup.

Values go; ids, bases and times stay, so what stood on top of them still does. The ledger is a file
outside the database and its backups: a restored database is brought up to it before any device
can give back what was erased.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, delete, func, insert, select, update

from sync.contract import digest
from sync.contract.changes import attachment_names, erased
from sync.contract.messages import ErasedItem, WireChange
from sync.ehm import audit, heads, history, match_due, schema
from sync.ehm.history import Delivery, Happening


class Erasure(BaseModel):
    """One erasure. ``paths``: none means the whole record. ``changes``: whose words went."""

    model_config = ConfigDict(frozen=True)

    id: str
    family: str
    record: str
    paths: tuple[str, ...]
    changes: tuple[str, ...]


class Ledger:
    """Every erasure ever made, one JSON line each. Without a file, nothing survives a restore."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._read = 0
        self._known: list[Erasure] = []

    def add(self, erasure: Erasure) -> None:
        """Durable when it returns."""
        if self._file is None:
            return
        with self._file.open("a", encoding="utf-8") as lines:
            lines.write(erasure.model_dump_json() + "\n")
            lines.flush()
            os.fsync(lines.fileno())

    def all(self) -> list[Erasure]:
        """Oldest first."""
        if self._file is None or not self._file.exists():
            return []
        size = self._file.stat().st_size
        if size != self._read:
            lines = self._file.read_text(encoding="utf-8").splitlines()
            self._known = [Erasure.model_validate_json(line) for line in lines]
            self._read = size
        return self._known


def whole_records(connection: Connection, records: Iterable[str]) -> set[str]:
    """Those of these records that were erased whole."""
    table = schema.erasure.c
    rows = connection.execute(
        select(table.record).where(table.record.in_(list(records)), table.paths == "[]")
    )
    return set(rows.scalars())


def erase(
    connection: Connection,
    ledger: Ledger,
    record: str,
    paths: Sequence[str],
    by: str,
    reason: str,
    now: datetime,
) -> list[str]:
    """Takes the words of these paths (none: of all) out of a record, here and on every device.

    Returns who could have seen them: everybody in whose feed they were. ``ValueError`` if there is
    no such record.
    """
    written = _changes(connection, record, paths)
    if not written:
        raise ValueError("nothing of this record is here")
    erasure = Erasure(
        id=str(uuid.uuid4()),
        family=written[0].family,
        record=record,
        paths=tuple(paths),
        changes=tuple(change.id for change in written),
    )
    seen_by = _seen_by(connection, erasure.changes)
    ledger.add(erasure)
    _apply(connection, erasure)
    detail = json.dumps(
        {"erasure": erasure.id, "record": record, "reason": reason, "seen": seen_by}
    )
    audit.note(connection, now, by, "erase", erasure.family, detail)
    return seen_by


def keep_up(connection: Connection, ledger: Ledger) -> None:
    """Applies what the ledger has and the database, put back from a backup, has not."""
    count = connection.execute(select(func.count()).select_from(schema.erasure)).scalar_one()
    known = ledger.all()
    if count == len(known):
        return
    applied = set(connection.execute(select(schema.erasure.c.id)).scalars())
    for erasure in known:
        if erasure.id not in applied:
            _apply(connection, erasure)


def on_arrival(connection: Connection, changes: Sequence[WireChange]) -> list[WireChange]:
    """Changes as they may be kept: what was erased comes in without its words."""
    table = schema.erased_change
    rows = connection.execute(
        select(table.c.change, schema.erasure.c.paths)
        .join(schema.erasure, schema.erasure.c.id == table.c.erasure)
        .where(table.c.change.in_([change.id for change in changes]))
    )
    paths: dict[str, list[tuple[str, ...]]] = {}
    for row in rows:
        paths.setdefault(row.change, []).append(tuple(json.loads(row.paths)))
    return [_without(change, paths.get(change.id, ())) for change in changes]


def _without(change: WireChange, erasures: Sequence[tuple[str, ...]]) -> WireChange:
    for paths in erasures:
        change = erased(change, paths)
    return change


def _changes(connection: Connection, record: str, paths: Sequence[str]) -> list[WireChange]:
    rows = connection.execute(
        select(schema.change.c.body).where(schema.change.c.record == record)
    ).scalars()
    changes = [WireChange.model_validate_json(body) for body in rows]
    return [c for c in changes if not paths or any(path in c.answers for path in paths)]


def _seen_by(connection: Connection, changes: Sequence[str]) -> list[str]:
    entries = connection.execute(
        select(schema.entry.c.seq).where(
            schema.entry.c.kind == "change", schema.entry.c.ref.in_(changes)
        )
    ).scalars()
    return sorted(history.delivered_to(connection, entries))


def _apply(connection: Connection, erasure: Erasure) -> None:
    connection.execute(
        insert(schema.erasure).values(
            id=erasure.id,
            family=erasure.family,
            record=erasure.record,
            paths=json.dumps(erasure.paths),
        )
    )
    connection.execute(
        insert(schema.erased_change),
        [{"change": change, "erasure": erasure.id} for change in erasure.changes],
    )
    for change in _changes(connection, erasure.record, erasure.paths):
        if change.id in erasure.changes:
            _blank(connection, change, erasure.paths)
    _drop_files(connection, erasure.record)
    match_due.mark_due(connection, _changes(connection, erasure.record, ()))
    item = ErasedItem(
        family=erasure.family,
        record=erasure.record,
        paths=erasure.paths,
        changes=erasure.changes,
    )
    (seq,) = history.append(
        connection,
        [Happening("erased", erasure.family, erasure.record, erasure.id, item.model_dump_json())],
    )
    had_it = history.have_in_feed(connection, erasure.family, erasure.record)
    history.deliver(connection, [Delivery(worker, seq, erasure.family) for worker in had_it])


def _blank(connection: Connection, change: WireChange, paths: tuple[str, ...]) -> None:
    blank = erased(change, paths)
    before, after = digest.fingerprint(change), digest.fingerprint(blank)
    connection.execute(
        update(schema.change)
        .where(schema.change.c.id == change.id)
        .values(body=heads.body(blank), fingerprint=after)
    )
    heads.set_answers(connection, blank)
    entries = connection.execute(
        select(schema.entry.c.seq).where(
            schema.entry.c.kind == "change", schema.entry.c.ref == change.id
        )
    ).scalars()
    for worker in history.delivered_to(connection, entries):
        held = digest.without(history.holding(connection, worker, change.family), [before])
        total = digest.family_digest([after], held)
        history.set_holding(connection, worker, change.family, total)


def _drop_files(connection: Connection, record: str) -> None:
    """Files that no answer of the record names any more; their bytes, if no other record does."""
    use = schema.attachment_use
    named = {name for c in _changes(connection, record, ()) for name in attachment_names(c)}
    for name in (
        connection.execute(select(use.c.name).where(use.c.record == record)).scalars().all()
    ):
        if name in named:
            continue
        connection.execute(delete(use).where(use.c.record == record, use.c.name == name))
        others = select(func.count()).select_from(use).where(use.c.name == name)
        if connection.execute(others).scalar_one() == 0:
            for table in (schema.attachment, schema.attachment_part):
                connection.execute(delete(table).where(table.c.name == name))
