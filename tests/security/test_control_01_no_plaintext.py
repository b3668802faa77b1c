"""Control 1: nothing that was said, and no name, lies in plain on the disk."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.security.day import MARKERS, write_plainly
from tests.security.scanning import found_in


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home, temporary and cache folders of a day that was ended by a kill."""
    home = tmp_path_factory.mktemp("home")
    places = {"HOME": "", "TMPDIR": "tmp", "SQLITE_TMPDIR": "tmp", "XDG_CACHE_HOME": ".cache"}
    for place in places.values():
        (home / place).mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.day", str(home / "vault")],
        env={**os.environ, **{name: str(home / place) for name, place in places.items()}},
        capture_output=True,
        timeout=100,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    (home / "output.txt").write_bytes(done.stdout + done.stderr)
    return home


def test_no_marker_is_in_any_file_after_a_day_and_a_kill(home: Path) -> None:
    left = {path.name for path in (home / "vault").iterdir()}
    assert {"vault.db", "vault.db-wal", "key.json", "reserve"} <= left
    assert found_in(home, MARKERS) == {}


def test_the_same_search_finds_every_marker_in_a_plain_copy(tmp_path: Path) -> None:
    write_plainly(tmp_path / "plain")
    found = found_in(tmp_path / "plain", MARKERS)
    for marker in MARKERS:
        assert found[marker] >= {
            "plain.db: plain utf-8",
            "wide.txt: plain utf-16-le",
            "packed: zlib utf-8",
            f"{marker}.txt: its name",
        }
