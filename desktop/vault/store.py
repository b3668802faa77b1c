"""The encrypted SQLite file: how it is opened, what it refuses, and its errors in words.

SQLCipher with a raw key given as bytes; write-ahead log with ``synchronous=FULL``, so a change is
on the disk when a write returns; deleted rows are overwritten; nothing of it ever goes to a
temporary file. One connection holds it exclusively.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.vault.errors import (
    DiskFailed,
    DiskFull,
    StoreCutShort,
    StoreDamaged,
    VaultError,
    VaultInUse,
    VaultMissing,
)
from desktop.vault.key_file import StoreKey

PAGE_BYTES = 4096
_HEX = b"0123456789abcdef"
_PRAGMAS = (
    "cipher_log_level=NONE",
    "cipher_memory_security=OFF",  # eight times slower searches, and Python's copies stay anyway
    "locking_mode=EXCLUSIVE",
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "cache_size=-4000",  # of 66 MB, 16 MB of it made nothing faster
)
_ALLOWED_PRAGMAS = {
    "cipher_integrity_check",
    "data_version",  # FTS5 asks for it
    "integrity_check",
    "page_count",
    "user_version",
    "wal_checkpoint",
}
_READ_ONLY_PRAGMAS = {
    "foreign_keys",
    "journal_mode",
    "secure_delete",
    "synchronous",
    "temp_store",
    "trusted_schema",
}
_ALLOWED_ACTIONS = {
    sqlcipher.SQLITE_SELECT,
    sqlcipher.SQLITE_READ,
    sqlcipher.SQLITE_INSERT,
    sqlcipher.SQLITE_UPDATE,
    sqlcipher.SQLITE_DELETE,
    sqlcipher.SQLITE_TRANSACTION,
    sqlcipher.SQLITE_RECURSIVE,
}
_ERRORS: dict[int, type[VaultError]] = {
    sqlcipher.SQLITE_FULL: DiskFull,
    sqlcipher.SQLITE_IOERR: DiskFailed,
    sqlcipher.SQLITE_READONLY: DiskFailed,
    sqlcipher.SQLITE_CORRUPT: StoreDamaged,
    sqlcipher.SQLITE_NOTADB: StoreDamaged,
    sqlcipher.SQLITE_CANTOPEN: VaultMissing,
    sqlcipher.SQLITE_BUSY: VaultInUse,
    sqlcipher.SQLITE_LOCKED: VaultInUse,
}

Row = tuple[Any, ...]


class Store:
    """An open store. Every error is one of ``errors``.

    A thread that asks while another does waits until that one, or its transaction, is done. SQLite
    alone is not enough: sqlcipher3 asks it for a column's name while it holds Python's own lock,
    which the authoriser of another thread's statement waits for, and both wait for ever.
    """

    def __init__(self, connection: sqlcipher.Connection) -> None:
        self.connection = connection
        self._turn = RLock()

    def close(self) -> None:
        """Bring the log into the file and let go of it."""
        with self._turn, _in_words():
            self.connection.close()

    def rows(self, statement: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""
        with self._turn, _in_words():
            found: list[Row] = self.connection.execute(statement, parameters).fetchall()
            return found

    def row(self, statement: str, parameters: Sequence[object] = ()) -> Row | None:
        """The first row of a query, or None."""
        with self._turn, _in_words():
            found: Row | None = self.connection.execute(statement, parameters).fetchone()
            return found

    def value(self, statement: str, parameters: Sequence[object] = ()) -> Any:
        """The first column of the first row; None if there is no row."""
        found = self.row(statement, parameters)
        return None if found is None else found[0]

    def run(self, statement: str, parameters: Sequence[object] = ()) -> int:
        """Run one statement; the row id of what it inserted."""
        with self._turn, _in_words():
            row_id: int = self.connection.execute(statement, parameters).lastrowid or 0
            return row_id

    def run_many(self, statement: str, parameters: Sequence[Sequence[object]]) -> None:
        """Run one statement for each set of parameters."""
        with self._turn, _in_words():
            self.connection.executemany(statement, parameters)

    def run_script(self, script: str) -> None:
        """Run statements that bring their own transaction."""
        with self._turn, _in_words():
            self.connection.executescript(script)

    @contextmanager
    def repeatable_transaction(self) -> Iterator[None]:
        """For what is done again after a power cut: all or nothing, durable once a later one is.

        The log is on the disk in order: a transaction that is durable makes all before it so. Not
        inside another one.
        """
        with self._turn:
            self.run("PRAGMA synchronous=NORMAL")
            try:
                with self.transaction():
                    yield
            finally:
                self.run("PRAGMA synchronous=FULL")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and durable on leaving. Inside another one it is part of that."""
        with self._turn, _in_words():
            if self.connection.in_transaction:
                yield
                return
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:  # a full disk may have ended it already
                    self.connection.execute("ROLLBACK")
                raise

    def copy_to(self, other: Store) -> None:
        """Copy everything into an empty store, which encrypts it with its own key."""
        with self._turn, _in_words():
            self.connection.backup(other.connection)

    def check(self) -> None:
        """Read every page and verify it. Raises StoreDamaged. About 4 ms a megabyte."""
        if self.rows("PRAGMA cipher_integrity_check"):
            raise StoreDamaged
        if self.rows("PRAGMA integrity_check(1)") != [("ok",)]:
            raise StoreDamaged

    def forbid(self) -> None:
        """From now on refuse ATTACH, new keys, changes of the schema and loading of extensions."""
        with self._turn:
            self.connection.set_authorizer(_authorise)


def open_store(path: Path, key: StoreKey) -> Store:
    """The existing store at ``path``. VaultMissing, StoreCutShort, StoreDamaged, VaultInUse."""
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise VaultMissing from error
    if size < PAGE_BYTES:
        raise StoreCutShort
    log = _log_of(path)
    has_log = log.exists() and log.stat().st_size > 0  # then the file may lag behind it
    store = _connect(f"{path.absolute().as_uri()}?mode=rw", key)
    try:
        pages = store.value("PRAGMA page_count")
        with path.open("rb") as file:
            salt_is_whole = file.read(16) == key.secret[32:]
        if not salt_is_whole or store.value("PRAGMA user_version") == 0:
            raise StoreDamaged
        if size < pages * PAGE_BYTES and not has_log:
            raise StoreCutShort
    except VaultError:
        store.connection.close()
        raise
    return store


def make_store(path: Path, key: StoreKey) -> Store:
    """A new, empty store at ``path``, where nothing may be yet."""
    path.touch(mode=0o600, exist_ok=False)
    return _connect(path.absolute().as_uri(), key)


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _connect(uri: str, key: StoreKey) -> Store:
    with _in_words():
        connection = sqlcipher.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        as_hex = _raw_key(key.secret)
        try:
            connection.set_key(as_hex)
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}").fetchall()
        except sqlcipher.Error:
            connection.close()
            raise
        finally:
            as_hex[:] = bytes(len(as_hex))
    return Store(connection)


def _raw_key(secret: bytearray) -> bytearray:
    """``x'…'`` as SQLCipher takes a raw key and salt, made without copies that cannot be erased."""
    spelt = bytearray(3 + 2 * len(secret))  # of its full length at once: growing leaves copies
    spelt[:2], spelt[-1:] = b"x'", b"'"
    for place, octet in enumerate(secret):
        spelt[2 + 2 * place] = _HEX[octet >> 4]
        spelt[3 + 2 * place] = _HEX[octet & 15]
    return spelt


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except sqlcipher.Error as error:
        code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
        if code in _ERRORS:
            raise _ERRORS[code] from error
        raise


def _authorise(
    action: int, first: str | None, second: str | None, _database: str | None, _by: str | None
) -> int:
    allowed = action in _ALLOWED_ACTIONS
    if action == sqlcipher.SQLITE_FUNCTION:
        allowed = second != "load_extension"
    elif action == sqlcipher.SQLITE_PRAGMA:
        allowed = (
            first in _ALLOWED_PRAGMAS
            or (first in _READ_ONLY_PRAGMAS and second is None)
            or (first == "synchronous" and second in {"NORMAL", "FULL"})
        )
    return int(sqlcipher.SQLITE_OK if allowed else sqlcipher.SQLITE_DENY)
