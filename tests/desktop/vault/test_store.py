"""What the open store refuses, and how it is set."""

from __future__ import annotations

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.vault import Vault, errors
from desktop.vault.store import PAGE_BYTES
from forms.records.change import Change
from tests.desktop.vault.making import BareStore, Pen, changes_of


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
    ],
)
def test_the_store_is_set_as_it_should_be(vault: Vault, pragma: str, value: object) -> None:
    assert vault._store.value(f"PRAGMA {pragma}") == value


def test_what_can_be_repeated_leaves_every_save_as_durable_as_before(vault: Vault) -> None:
    levels = []

    def fails() -> None:
        with vault._store.repeatable_transaction():
            levels.append(vault._store.value("PRAGMA synchronous"))
            vault._store.run("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(sqlcipher.OperationalError):
        fails()
    assert [*levels, vault._store.value("PRAGMA synchronous")] == [1, 2]


def test_the_search_index_overwrites_what_it_forgets(vault: Vault) -> None:
    assert ("secure-delete", 1) in vault._store.rows("SELECT k, v FROM found_config")


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH 'file:/tmp/plain.db?mode=memory' AS plain KEY ''",
        "ATTACH ':memory:' AS plain",
        "DETACH main",
        "PRAGMA key = 'x'",
        "PRAGMA rekey = 'x'",
        "PRAGMA temp_store = 1",
        "PRAGMA temp_store_directory = '/tmp'",
        "PRAGMA synchronous = OFF",
        "PRAGMA synchronous = 0",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA secure_delete = OFF",
        "PRAGMA cipher_plaintext_header_size = 32",
        "PRAGMA writable_schema = ON",
        "SELECT load_extension('x')",
        "SELECT sqlcipher_export('plain')",
        "CREATE TABLE more (a)",
        "CREATE TEMP TABLE more (a)",
        "DROP TABLE audit",
        "VACUUM INTO '/tmp/plain.db'",
    ],
)
def test_what_would_let_data_out_is_refused(vault: Vault, statement: str) -> None:
    with pytest.raises(sqlcipher.DatabaseError):
        vault._store.rows(statement)


def test_stock_sqlite_reads_nothing_of_it(folder: Path, vault: Vault, tmp_path: Path) -> None:
    Pen().begin(vault)
    copy = shutil.copytree(folder, tmp_path / "copy")
    for name in ("vault.db", "vault.db-wal"):
        assert not (copy / name).read_bytes().startswith(b"SQLite format 3")
    with sqlite3.connect(copy / "vault.db") as stock, pytest.raises(sqlite3.DatabaseError):
        stock.execute("SELECT count(*) FROM sqlite_master")
    stock.close()


def test_a_failed_transaction_leaves_nothing_and_the_store_goes_on(vault: Vault) -> None:
    pen = Pen()

    def begin_and_fail() -> None:
        with vault._store.transaction():
            pen.begin(vault)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        begin_and_fail()
    assert vault.families() == []
    pen.begin(vault)
    assert len(vault.families()) == 1


def test_threads_that_ask_at_once_take_turns_and_end(vault: Vault) -> None:
    """Without turns both wait for ever within a second: one for SQLite, one for Python's lock."""

    def ask(thread: int) -> int:
        many = range(3000)  # each its own text, so that none is prepared already
        return sum(vault._store.value(f"SELECT {thread} AS t{thread}_{one}") for one in many)

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(ask, (1, 2))) == [3000, 6000]


def test_what_another_thread_asks_waits_for_the_end_of_a_transaction(vault: Vault) -> None:
    store = vault._store
    with ThreadPoolExecutor(1) as other:
        with store.transaction():
            store.run("INSERT INTO state (key, value) VALUES ('half', '1')")
            seen = other.submit(store.rows, "SELECT key FROM state WHERE key IN ('half', 'whole')")
            store.run("INSERT INTO state (key, value) VALUES ('whole', '2')")
        assert sorted(seen.result()) == [("half",), ("whole",)]


def test_each_region_of_the_store_flipped_is_refused_or_reported(tmp_path: Path) -> None:
    bare, pen = BareStore(tmp_path / "vault.db"), Pen()
    store = bare.make()
    for n in range(30):
        changes_of(store).write(pen.change({f"/note/q{n}": f"What was said, number {n}. " * 40}))
        changes_of(store).seal_all()
    known = changes_of(store).of_record(pen.record)
    store.close()
    whole = bare.path.read_bytes()
    in_each_page = [
        n * PAGE_BYTES + (n * 997) % PAGE_BYTES for n in range(len(whole) // PAGE_BYTES)
    ]
    at_a_page_s_end = [2 * PAGE_BYTES - back for back in (1, 64, 65, 80, 81)]  # its code, its IV
    for place in [0, 15, 16, 100, *at_a_page_s_end, *in_each_page]:
        damaged = bytearray(whole)
        damaged[place] ^= 1
        bare.path.write_bytes(damaged)
        assert _is_refused_or_reported(bare, pen, known), place
    bare.path.write_bytes(whole)
    assert not _is_refused_or_reported(bare, pen, known)


def _is_refused_or_reported(bare: BareStore, pen: Pen, known: list[Change]) -> bool:
    """Whatever it is, what can be read is what was written."""
    try:
        store = bare.open()
    except errors.StoreDamaged:
        return True
    try:
        with suppress(errors.StoreDamaged):
            assert changes_of(store).of_record(pen.record) == known
        store.check()
    except errors.StoreDamaged:
        return True
    finally:
        store.connection.close()
    return False
