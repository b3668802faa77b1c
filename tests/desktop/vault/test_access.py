"""Another passphrase, a recovery, another key, a newer schema."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.vault import Vault, change_passphrase, errors, recover, rekey, unlock
from desktop.vault.folder import VaultFolder
from desktop.vault.key_file import KeyFile, StoreKey
from desktop.vault.opening import _open_up_to_date
from desktop.vault.schema import all_steps
from desktop.vault.store import open_store
from tests.desktop.vault.making import CLOCK, PASSPHRASE, Pen, open_vault, opens_slot

NEW = b"pebble violin garden soup"


def _written(folder: Path) -> Pen:
    vault = open_vault(folder)
    pen = Pen().begin(vault)
    vault.write(pen.change({"/note/what": "We met at the library."}))
    vault.seal_all()
    vault.close()
    return pen


def _said(vault: Vault, pen: Pen) -> str:
    (change,) = vault.changes(pen.record)
    return change.answers["/note/what"].answer.value


def test_after_a_change_of_passphrase_only_the_new_one_opens(folder: Path) -> None:
    pen = _written(folder)
    change_passphrase(folder, bytearray(PASSPHRASE), bytearray(NEW))
    with pytest.raises(errors.WrongPassphrase):
        open_vault(folder)
    vault = unlock(folder, bytearray(NEW), CLOCK)
    assert _said(vault, pen) == "We met at the library."
    vault.close()
    with pytest.raises(errors.WrongPassphrase):
        change_passphrase(folder, bytearray(PASSPHRASE), bytearray(NEW))


def test_the_council_can_let_a_worker_back_in(folder: Path) -> None:
    pen = _written(folder)
    with pytest.raises(errors.KeyFileDamaged):
        recover(folder, bytes(32), bytearray(NEW))
    opens = opens_slot(folder)
    recover(folder, opens, bytearray(NEW))
    vault = unlock(folder, bytearray(NEW), CLOCK)
    assert _said(vault, pen) == "We met at the library."
    vault.close()
    with pytest.raises(errors.KeyFileDamaged):
        recover(folder, opens, bytearray(PASSPHRASE))
    recover(folder, opens_slot(folder), bytearray(PASSPHRASE))
    open_vault(folder).close()


def test_a_new_key_shuts_out_copies_of_the_old_one(folder: Path, key: StoreKey) -> None:
    pen = _written(folder)
    before = (folder / "vault.db").read_bytes()
    rekey(folder, bytearray(PASSPHRASE))
    with pytest.raises(errors.StoreDamaged):
        open_store(folder / "vault.db", key)
    vault = open_vault(folder)
    assert _said(vault, pen) == "We met at the library."
    assert vault.search("library") == [pen.family]
    vault.check()
    vault.close()
    assert KeyFile.read(VaultFolder(folder).key_file).generations == (2,)
    after = (folder / "vault.db").read_bytes()
    pages = {before[at : at + 4096] for at in range(0, len(before), 4096)}
    assert not any(after[at : at + 4096] in pages for at in range(0, len(after), 4096))


def test_a_store_that_is_behind_takes_its_steps_on_a_copy(folder: Path, key: StoreKey) -> None:
    pen = _written(folder)
    here = VaultFolder(folder)
    steps = (*all_steps(), "CREATE TABLE later (a);", "INSERT INTO later VALUES (3);")
    store = _open_up_to_date(here, key, steps)
    assert store.value("SELECT a FROM later") == 3
    assert store.value("SELECT id FROM record") == pen.record
    store.close()
    with pytest.raises(errors.StoreFromNewerVersion):
        open_vault(folder)


def test_a_step_that_fails_leaves_the_store_as_it_was(folder: Path, key: StoreKey) -> None:
    pen = _written(folder)
    steps = (*all_steps(), "CREATE TABLE later (a); INSERT INTO nowhere VALUES (3);")
    with pytest.raises(Exception, match="nowhere"):
        _open_up_to_date(VaultFolder(folder), key, steps)
    assert not (folder / "vault.db.next").exists()
    vault = open_vault(folder)
    assert _said(vault, pen) == "We met at the library."
    vault.close()


def test_a_wrong_key_does_no_harm_to_a_log_that_was_left_by_a_kill(
    folder: Path, key: StoreKey, tmp_path: Path
) -> None:
    vault = open_vault(folder)
    pen = Pen().begin(vault)
    vault.write(pen.change({"/note/what": "We met at the library."}))
    left = tmp_path / "left"
    left.mkdir()
    for name in ("vault.db", "vault.db-wal"):
        (left / name).write_bytes((folder / name).read_bytes())
    vault.close()
    assert (left / "vault.db-wal").stat().st_size > 0
    with pytest.raises(errors.StoreDamaged):
        open_store(left / "vault.db", StoreKey.make(1))
    store = open_store(left / "vault.db", key)
    assert store.value("SELECT value FROM answer") == "We met at the library."
    store.close()
