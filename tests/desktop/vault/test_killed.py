"""Killed at any moment, the vault opens, is sound, and holds all that was said to be saved."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.vault import Vault, errors, passphrase_cost, unlock
from tests.desktop.vault.child import NEW_PASSPHRASE
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


def _start(job: str, folder: Path, number: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.desktop.vault.child", job, str(folder), str(number)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _write_and_kill(bare: BareStore, seed: int) -> list[list[str]]:
    child = _start("write", bare.path.parent)
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(bare.key.secret.hex() + "\n")
    child.stdin.flush()
    first = child.stdout.readline()
    time.sleep(random.Random(seed).uniform(0, 0.25))  # the moment of the kill, not a wait
    child.kill()
    told, _ = child.communicate()
    return [line.split() for line in [first, *told.splitlines()] if line.count(" ") == 1]


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
        child = _start("create", folder, number)
        child.communicate(timeout=60)
        try:
            open_vault(folder).close()
            made.append(True)
        except errors.VaultMissing:
            made.append(False)
        if child.returncode == 0:
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
        child = _start("rekey", folder, number)
        child.communicate(timeout=60)
        vault = open_vault(folder)
        assert len(vault.changes(pen.record)) == 20
        vault.check()
        vault.close()
        assert not (folder / "vault.db.next").exists()
        if child.returncode == 0:
            break
        assert child.returncode == KILLED
    assert number > 4


def test_killed_while_rekeying_at_any_moment(folder: Path) -> None:
    pen, _ = _with_something_in_it(folder)
    chance = random.Random(7)
    for _ in range(4):
        child = _start("rekey", folder)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.1))  # the moment of the kill, not a wait
        child.kill()
        child.communicate()
        vault = open_vault(folder)
        assert len(vault.changes(pen.record)) == 20
        vault.close()


def test_killed_while_the_passphrase_is_changed_one_of_the_two_opens(folder: Path) -> None:
    for number in range(1, 30):
        child = _start("passphrase", folder, number)
        child.communicate(timeout=60)
        if child.returncode == 0:
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
