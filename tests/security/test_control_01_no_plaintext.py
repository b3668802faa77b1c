"""Control 1: nothing that was said, and no name, lies in plain on the disk."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.exit_codes import LOCKED
from desktop.services.clock import system_clock
from forms.pack import Pack
from tests.conftest import REAL_FLOOR
from tests.desktop.services.making import desk_over
from tests.desktop.services.test_paper import write_family
from tests.desktop.ui.laptop import make_laptop
from tests.desktop.vault.making import open_vault
from tests.resources.shipped import pack_bytes
from tests.security.day import MARKERS, write_plainly
from tests.security.day_at_the_window import marker
from tests.security.scanning import found_in


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home, temporary and cache folders of a day that was ended by a kill."""
    home = tmp_path_factory.mktemp("home")
    done = at_home(home, "tests.security.day", str(home / "vault"))
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    return home


def at_home(home: Path, *command: str, most: int = 100) -> subprocess.CompletedProcess[bytes]:
    """Run a program that knows no other home; what it says is kept there too."""
    places = {"HOME": "", "TMPDIR": "tmp", "SQLITE_TMPDIR": "tmp", "XDG_CACHE_HOME": ".cache"}
    for place in places.values():
        (home / place).mkdir(exist_ok=True)
    kept = {**os.environ, **{name: str(home / place) for name, place in places.items()}}
    words = [sys.executable, "-m", *command]
    done = subprocess.run(words, env=kept, capture_output=True, timeout=most, check=False)
    with (home / "output.txt").open("ab") as output:
        output.write(done.stdout + done.stderr)
    return done


def test_no_marker_is_in_any_file_after_a_day_and_a_kill(home: Path) -> None:
    left = {path.name for path in (home / "vault").iterdir()}
    assert {"vault.db", "vault.db-wal", "key.json", "reserve"} <= left
    assert found_in(home, MARKERS) == {}


@pytest.fixture
def laptop(tmp_path: Path) -> Path:
    """A home with a vault in it, and a family in that."""
    home = tmp_path / "home"
    home.mkdir()
    make_laptop(home / "vault", REAL_FLOOR)  # another process opens it
    vault = open_vault(home / "vault")
    write_family(desk_over(vault, Pack.read(pack_bytes()), system_clock()))
    vault.close()
    return home


def said_in(home: Path) -> str:
    """All that the vault has of what was typed."""
    vault = open_vault(home / "vault")
    records = [row.id for family in vault.families() for row in vault.records(family.id)]
    said = repr([change.answers for record in records for change in vault.changes(record)])
    vault.close()
    return said


def test_nor_after_a_day_at_the_window_that_ended_in_a_lock_and_a_kill(laptop: Path) -> None:
    home, typed = laptop, list[int]()
    for end, code in (("lock", LOCKED), ("kill", -signal.SIGKILL)):
        first = str(1 + sum(typed))
        done = at_home(home, "tests.security.day_at_the_window", str(home / "vault"), end, first)
        assert done.returncode == code, done.stderr.decode()
        typed.append(int(done.stdout))
    words = [marker(number) for number in range(1 + sum(typed))]
    assert min(typed) > 4
    assert (home / "vault" / "reports").is_dir()
    assert found_in(home, words) == {}
    said = said_in(home)
    kept = [word for word in words if word in said]
    assert len(kept) >= sum(typed) - 1, "all but the word that was searched for"


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_nor_after_every_form_was_filled_at_the_window(laptop: Path) -> None:
    done = at_home(
        laptop, "tests.security.day_at_the_window", str(laptop / "vault"), "every", "1", most=1000
    )
    assert done.returncode == LOCKED, done.stderr.decode()
    words = [marker(number) for number in range(1, 1 + int(done.stdout))]
    assert len(words) > 2 * len(Pack.read(pack_bytes()).forms)
    assert found_in(laptop, words) == {}
    said = said_in(laptop)
    assert [word for word in words if word not in said] == []


def test_the_same_search_finds_every_marker_in_a_plain_copy(tmp_path: Path) -> None:
    markers = (*MARKERS, marker(0))
    write_plainly(tmp_path / "plain", markers)
    found = found_in(tmp_path / "plain", markers)
    for each in markers:
        assert found[each] >= {
            "plain.db: plain utf-8",
            "wide.txt: plain utf-16-le",
            "packed: zlib utf-8",
            f"{each}.txt: its name",
        }
