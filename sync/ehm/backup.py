"""Backups: the whole database as one file, taken while the service runs, from either database.

One consistent view, as gzipped JSON lines: a header, a line a row, a last line with their count and
hash, sealed to the council's backup key. It holds everything, the council's signing key too: keep
the key's private half elsewhere, and the file apart from the ledger. Put back, it is told to be
another history (a new epoch), so that every device gives back what was lost; the ledger is applied
before any of them can give back what was erased.
"""

from __future__ import annotations

import base64
import errno
import gzip
import hashlib
import json
import os
import secrets
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table, delete, insert, select, text, update

from sync.ehm import audit, erasure, history, schema, sealed_backup
from sync.ehm.ledger import Ledger
from sync.ehm.store import Store, aware

_FORMAT = "your-family-ehm backup 1"
_LEFT_OUT = frozenset({"used_nonce"})
_AT_ONCE = 500
_KIND = "$"

Row = dict[str, object]


class NotABackup(ValueError):
    """A file that cannot be put back; nothing was changed."""


def write(store: Store, file: Path, now: datetime, to: str = "") -> int:
    """Backs the database up into a new file; how many rows. It appears when it is whole.

    ``to``: the backup key's public half, in base64, that it is sealed to. Without it: in clear.
    ``FileExistsError``: no backup is written over.
    """
    if file.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(file))
    unfinished = file.with_suffix(file.suffix + ".unfinished")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as raw, store.reading() as connection:
        sealing = sealed_backup.Sealing(raw, to) if to else nullcontext(raw)
        with sealing as out, gzip.GzipFile(fileobj=out, mode="wb", compresslevel=5) as lines:
            rows = _write_lines(connection, lines, now)
            lines.close()
        raw.flush()
        os.fsync(raw.fileno())
    unfinished.replace(file)
    return rows


def restore(
    store: Store, file: Path, ledger: Ledger, by: str, now: datetime, key: bytes | None = None
) -> int:
    """Puts a backup back in place of all that is there; how many rows. ``NotABackup``.

    ``key``: the backup key's private half, of one that was sealed.
    In one transaction: until it is committed the service answers as before.
    """
    _check(file, store, key)
    with store.writing() as connection:
        for table in reversed(schema.metadata.sorted_tables):
            connection.execute(delete(table))
        rows = _read_back(connection, file, key)
        council = schema.council
        connection.execute(update(council).values(epoch=secrets.token_hex(8)))
        erasure.keep_up(connection, ledger)
        audit.note(connection, now, by, "restored", detail=f"{rows} rows")
    return rows


def _write_lines(connection: Connection, lines: gzip.GzipFile, now: datetime) -> int:
    hashed, count = hashlib.sha256(), 0

    def say(line: object) -> None:
        encoded = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        hashed.update(encoded)
        lines.write(encoded)

    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    head = history.current_head(connection).as_text()
    say({"format": _FORMAT, "revision": revision, "at": now.isoformat(), "head": head})
    for table in schema.metadata.sorted_tables:
        if table.name in _LEFT_OUT:
            continue
        rows = connection.execute(
            select(table), execution_options={"stream_results": True, "yield_per": _AT_ONCE}
        )
        for row in rows.mappings():
            say([table.name, {name: _plain(value) for name, value in row.items()}])
            count += 1
    lines.write(json.dumps({"rows": count, "sha256": hashed.hexdigest()}).encode() + b"\n")
    return count


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return {_KIND: "bytes", "is": base64.b64encode(value).decode()}
    if isinstance(value, datetime):
        return {_KIND: "time", "is": aware(value).isoformat()}
    return value


def _value(value: object) -> object:
    if not isinstance(value, dict):
        return value
    said = str(value["is"])
    if value[_KIND] == "bytes":
        return base64.b64decode(said, validate=True)
    return datetime.fromisoformat(said).astimezone(UTC)


@contextmanager
def _lines_of(file: Path, key: bytes | None) -> Iterator[gzip.GzipFile]:
    """The lines of a backup; ``NotABackup`` if it needs a key, or another one."""
    if key is None and sealed_backup.is_sealed(file):
        raise NotABackup("the backup is sealed: its key is needed; nothing was changed")
    opened = file.open("rb") if key is None else sealed_backup.read(file, key)
    try:
        with opened as raw, gzip.GzipFile(fileobj=raw, mode="rb") as lines:
            yield lines
    except sealed_backup.NotOpened as error:
        raise NotABackup("this key does not open it, or it is damaged") from error


def _check(file: Path, store: Store, key: bytes | None) -> None:
    """Reads the file through to its hash before anything is changed."""
    hashed, count, last = hashlib.sha256(), 0, b""
    try:
        with _lines_of(file, key) as lines:
            last = lines.readline()
            header = _header(last)
            hashed.update(last)
            for line in lines:
                if count:
                    hashed.update(last)
                last, count = line, count + 1
        end, rows = json.loads(last), count - 1
        is_whole = (end["rows"], end["sha256"]) == (rows, hashed.hexdigest())
    except NotABackup:
        raise
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise NotABackup("this is not a whole backup; nothing was changed") from error
    if not is_whole:
        raise NotABackup("the backup is damaged; nothing was changed")
    known = {each.revision for each in ScriptDirectory(str(store.migrations)).walk_revisions()}
    if header["revision"] not in known:
        raise NotABackup("the backup is of a newer program; nothing was changed")


def _header(line: bytes) -> dict[str, str]:
    header = json.loads(line)
    if not isinstance(header, dict) or header.get("format") != _FORMAT:
        raise NotABackup("this is not a backup; nothing was changed")
    return header


def _read_back(connection: Connection, file: Path, key: bytes | None) -> int:
    count = 0
    for table, rows in _batches(file, key):
        connection.execute(insert(table), rows)
        count += len(rows)
    return count


def _batches(file: Path, key: bytes | None) -> Iterator[tuple[Table, list[Row]]]:
    """Rows of one table at a time; columns that there are no more are left out."""
    batch: list[Row] = []
    current = ""
    with _lines_of(file, key) as lines:
        _header(lines.readline())
        for line in lines:
            said = json.loads(line)
            name = said[0] if isinstance(said, list) else ""
            if batch and (name != current or len(batch) == _AT_ONCE):
                yield schema.metadata.tables[current], batch
                batch = []
            current = name
            if name in schema.metadata.tables:
                columns = schema.metadata.tables[name].c
                batch.append({k: _value(v) for k, v in said[1].items() if k in columns})
