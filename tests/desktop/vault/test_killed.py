"""Killed at any moment, the vault opens, is sound, and holds all that was said to be saved."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from desktop.vault import Vault, errors, passphrase_cost, unlock
from tests.desktop.vault.child import NEW_PASSPHRASE
from tests.desktop.vault.forked import start
from tests.desktop.vault.making import (
    CHEAP,
    CLOCK,
    PASSPHRASE,
    BareStore,
    Pen,
    changes_of,
    make_vault,
    open_vault,
)

KILLED = -9


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase_cost, "FLOOR", CHEAP)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_vault(tmp_path / "vault", CHEAP)


def _write_and_kill(bare: BareStore, seed: int) -> list[list[str]]:
    writing = start("write", bare.path.parent, given=bare.key.secret.hex())
    first = writing.first_word()
    time.sleep(random.Random(seed).uniform(0, 0.25))  # the moment of the kill, not a wait
    writing.kill()
    assert writing.ended() == KILLED
    return [line.split() for line in [first, *writing.said()]]


def _rounds_of_writing(folder: Path, seeds: range) -> None:
    bare = BareStore(folder / "vault.db")
    bare.make().close()
    sealed, told = set[str](), 0
    for seed in seeds:
        lines = _write_and_kill(bare, seed)
        told += len(lines)
        sealed |= {change for what, change in lines if what == "sealed"}
        store = bare.open()
        store.check()
        here = {c for (c,) in store.rows("SELECT id FROM change WHERE standing <> 'open'")}
        anywhere = {c for (c,) in store.rows("SELECT id FROM change")}
        assert sealed <= here
        assert lines[-1][1] in anywhere or lines[-1][0] == "sealed"
        numbers = [n for (n,) in store.rows("SELECT number FROM change WHERE number > 0")]
        assert len(numbers) == len(set(numbers))
        changes_of(store).seal_all()
        store.close()
    assert told > 5 * len(seeds)


def test_killed_while_writing(tmp_path: Path) -> None:
    _rounds_of_writing(tmp_path, range(6))


@pytest.mark.long
@pytest.mark.timeout(900)
def test_killed_while_writing_two_hundred_times(tmp_path: Path) -> None:
    _rounds_of_writing(tmp_path, range(200))


def test_killed_while_being_made_there_is_a_whole_vault_or_none(tmp_path: Path) -> None:
    made = []
    for number in range(1, 30):
        folder = tmp_path / str(number)
        ended = start("create", folder, number).ended()
        try:
            open_vault(folder).close()
            made.append(True)
        except errors.VaultMissing:
            made.append(False)
        if ended == 0:
            break
    assert made == sorted(made)
    assert made[0] is False
    assert made[-1] is True


def _with_something_in_it(folder: Path) -> tuple[Pen, Vault]:
    vault = open_vault(folder)
    pen = Pen().begin(vault)
    for n in range(20):
        vault.write(pen.change({f"/note/q{n}": "What was said. " * 200}))
    vault.close()
    return pen, vault


def test_killed_while_rekeying_at_each_sync(folder: Path) -> None:
    pen, _ = _with_something_in_it(folder)
    for number in range(1, 30):
        ended = start("rekey", folder, number).ended()
        vault = open_vault(folder)
        assert len(vault.changes(pen.record)) == 20
        vault.check()
        vault.close()
        assert not (folder / "vault.db.next").exists()
        if ended == 0:
            break
        assert ended == KILLED
    assert number > 4


def test_killed_while_rekeying_at_any_moment(folder: Path) -> None:
    pen, _ = _with_something_in_it(folder)
    chance = random.Random(7)
    for _ in range(4):
        rekeying = start("rekey", folder)
        assert rekeying.first_word() == "begun"
        time.sleep(chance.uniform(0.0, 0.1))  # the moment of the kill, not a wait
        rekeying.kill()
        rekeying.ended()
        vault = open_vault(folder)
        assert len(vault.changes(pen.record)) == 20
        vault.close()


def test_killed_while_the_passphrase_is_changed_one_of_the_two_opens(folder: Path) -> None:
    for number in range(1, 30):
        ended = start("passphrase", folder, number).ended()
        if ended == 0:
            break
        opened = [_opens(folder, each) for each in (PASSPHRASE, NEW_PASSPHRASE)]
        assert sorted(opened) == [False, True]
        if opened[1]:
            break
    assert _opens(folder, NEW_PASSPHRASE)


def _opens(folder: Path, passphrase: bytes) -> bool:
    try:
        unlock(folder, bytearray(passphrase), CLOCK).close()
    except errors.WrongPassphrase:
        return False
    return True
