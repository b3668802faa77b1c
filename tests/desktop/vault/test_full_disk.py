"""On a full disk every write is durable or refused, and nothing is half written."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.vault import Event, Vault, errors
from desktop.vault.folder import RESERVE_BYTES, VaultFolder
from forms.records.change import Change
from tests.desktop.vault.making import Pen, open_vault

_ENOUGH = 8_000_000


@contextmanager
def _no_file_over(size: int) -> Iterator[None]:
    """The system refuses to let any file of this process grow beyond ``size`` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _a_day(vault: Vault, pen: Pen, said: list[str]) -> Iterator[str]:
    """The writes of a day, one at each step; ``said`` is what it was told is saved."""
    pen.begin(vault)
    yield "begun"
    for n in range(12):
        vault.write(pen.change({"/note/what": f"Visit {n}. " + "We talked. " * 300}))
        yield "written"
        said.extend(change.id for change in vault.seal_all())
        yield "sealed"
        vault.keep(os.urandom(9_000), "image/png")
        yield "kept"
        vault.note(Event("opened", pen.family))
        yield "noted"
        vault.remember("place", {"page": n, "of": "x" * 500})
        yield "remembered"


def _ids(changes: list[Change]) -> list[str]:
    return [change.id for change in changes if change.number]


@pytest.mark.parametrize("room", [*range(0, 200_000, 26_000), _ENOUGH])
def test_the_disk_fills_in_the_middle_of_a_day(vault: Vault, folder: Path, room: int) -> None:
    pen, said, refused = Pen(), list[str](), 0
    log = folder / "vault.db-wal"
    limit = (log.stat().st_size if log.exists() else 0) + room
    day = _a_day(vault, pen, said)
    with _no_file_over(limit):
        try:
            for _ in day:
                pass
        except (errors.DiskFull, errors.DiskFailed):
            refused += 1
    assert refused == (1 if room < _ENOUGH else 0)
    vault.check()
    assert _ids(vault.changes(pen.record)) == said
    pen.begin(vault)
    after = pen.change({"/note/after": "The disk has room again."})
    vault.write(after)
    vault.seal_all()
    assert _ids(vault.changes(pen.record))[-1] == after.id
    vault.check()


def test_max_pages_are_a_full_disk_in_words(vault: Vault) -> None:
    pen = Pen().begin(vault)
    vault._store.connection.set_authorizer(None)
    vault._store.rows(f"PRAGMA max_page_count = {vault._store.value('PRAGMA page_count') + 3}")
    first = pen.change({"/note/what": "Short."})
    vault.write(first)
    with pytest.raises(errors.DiskFull) as full:
        vault.write(pen.change({"/note/what": "x" * 50_000}, change_id=first.id))
    assert "Try again" in full.value.message
    assert vault.changes(pen.record) == [first]
    vault.check()


def test_the_reserve_is_there_goes_and_comes_back(folder: Path) -> None:
    vault = open_vault(folder)
    reserve = VaultFolder(folder).reserve
    assert reserve.stat().st_size == RESERVE_BYTES
    assert vault.release_reserve()
    assert not vault.release_reserve()
    assert not reserve.exists()
    vault.close()
    open_vault(folder).close()
    assert reserve.stat().st_size == RESERVE_BYTES


def test_on_a_really_full_disk_the_reserve_seals_the_last_change(tmp_path: Path) -> None:
    """In a name space of its own, with a disk of 12 MB."""
    if shutil.which("unshare") is None:
        pytest.skip("no unshare on this system")
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f'mount -t tmpfs -o size=12m tmpfs {disk} || exit 77; exec "$@"'
    child = subprocess.run(
        [
            *("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh"),
            *(sys.executable, "-m", "tests.desktop.vault.small_disk", str(disk)),
        ],
        capture_output=True,
        text=True,
        timeout=100,
    )
    if child.returncode == 77 or "unshare failed" in child.stderr:
        pytest.skip("this system lets no user mount a disk")
    assert child.stdout.split() == ["filled", "refused", "sealed", "filled", "sound"], child.stderr
