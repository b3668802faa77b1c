"""A store that went back is noticed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.vault import Vault
from desktop.vault.folder import FolderLock, VaultFolder
from desktop.vault.key_file import StoreKey
from desktop.vault.store import open_store
from tests.desktop.vault.making import CLOCK, Pen


@contextmanager
def _opened(folder: Path, key: StoreKey) -> Iterator[Vault]:
    here = VaultFolder(folder)
    store = open_store(here.store, key)
    store.forbid()
    vault = Vault(store, here, FolderLock(here), CLOCK)
    yield vault
    vault.close()


@pytest.fixture
def left(folder: Path, key: StoreKey, tmp_path: Path) -> Path:
    """What a kill leaves of a vault after nine saves, the last three of them in the log alone."""
    pen = Pen()
    with _opened(folder, key) as vault:
        for n in range(6):
            vault.write(pen.change({"/note/what": f"Visit {n}."}))
    with _opened(folder, key) as vault:
        for n in range(3):
            vault.write(pen.change({"/note/what": f"Later {n}. " + "We talked. " * 900}))
        return Path(shutil.copytree(folder, tmp_path / "left"))


def _flip_in_the_log(left: Path) -> None:
    log = left / "vault.db-wal"
    content = bytearray(log.read_bytes())
    content[len(content) // 2] ^= 1
    log.write_bytes(content)


def _cut_the_log(left: Path) -> None:
    log = left / "vault.db-wal"
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])


def _lose_the_log(left: Path) -> None:
    (left / "vault.db-wal").unlink()


@pytest.mark.parametrize("harm", [_flip_in_the_log, _cut_the_log, _lose_the_log])
def test_saves_lost_with_the_log_are_counted_and_noted_once(
    left: Path, key: StoreKey, harm: Callable[[Path], None]
) -> None:
    harm(left)
    with _opened(left, key) as vault:
        assert 1 <= vault.missing_saves <= 3
        assert vault.audit()[-1].event.kind == "store went back"
        assert vault.audit()[-1].event.count == vault.missing_saves
        vault.check()
    with _opened(left, key) as vault:
        assert vault.missing_saves == 0


def test_an_older_copy_of_the_store_is_noticed(folder: Path, key: StoreKey, tmp_path: Path) -> None:
    pen = Pen()
    with _opened(folder, key) as vault:
        vault.write(pen.change({"/note/what": "Early."}))
    older = shutil.copy(folder / "vault.db", tmp_path / "older.db")
    with _opened(folder, key) as vault:
        vault.write(pen.change({"/note/what": "Later."}))
        vault.seal_all()
    shutil.copy(older, folder / "vault.db")
    with _opened(folder, key) as vault:
        assert vault.missing_saves == 2


def test_sealing_nothing_writes_nothing(folder: Path, key: StoreKey) -> None:
    pen = Pen()
    with _opened(folder, key) as vault:
        vault.write(pen.change({"/note/what": "We met."}))
        vault.seal_all()
        before = (folder / "vault.db-wal").read_bytes(), (folder / "saves").read_bytes()
        vault.seal_all()
        vault.seal(pen.record)
        assert ((folder / "vault.db-wal").read_bytes(), (folder / "saves").read_bytes()) == before


def test_a_kill_alone_loses_nothing(left: Path, key: StoreKey) -> None:
    with _opened(left, key) as vault:
        assert vault.missing_saves == 0


@pytest.mark.parametrize("content", [None, b"", b"nonsense", b"00000000000000000003"])
def test_a_witness_that_is_gone_damaged_or_behind_says_nothing(
    left: Path, key: StoreKey, content: bytes | None
) -> None:
    (left / "saves").unlink()
    if content is not None:
        (left / "saves").write_bytes(content)
    with _opened(left, key) as vault:
        assert vault.missing_saves == 0
        vault.write(Pen().change({"/note/what": "Going on."}))
    with _opened(left, key) as vault:
        assert vault.missing_saves == 0
