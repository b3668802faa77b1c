"""Control 7: locking ends the process that held the data, and nothing of it is left in memory.

Looked at from outside, with privilege: a process that cannot be read fails the test. Where there is
an X server the program is on it, with its words marked and copied.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from forms.pack import Pack
from forms.records.change import Change
from tests.conftest import REAL_FLOOR
from tests.desktop.vault.making import BEGUN, PASSPHRASE, Pen, make_vault, open_vault
from tests.resources.shipped import pack_bytes
from tests.security.selections import SELECTIONS, Screen, a_screen, is_there

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
    pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs privilege"),
]

WORDS = "MarkerStrengthsQuixotic they laugh a lot at breakfast"
MARKERS = (WORDS, PASSPHRASE.decode())
LOCKS_WITHIN = 1.0
"""Seconds, from the word to the process's end."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A vault and its record with the marker in it."""
    folder = make_vault(tmp_path_factory.mktemp("made") / "vault", REAL_FLOOR)
    vault = open_vault(folder)
    content = pack_bytes()
    vault.keep_pack("2026.11.1", content)
    version, pen = Pack.read(content).about("plan").version, Pen()
    vault.begin_family(pen.family, BEGUN)
    vault.begin_record(pen.record, pen.family, "plan", version, BEGUN)
    said = pen.change({"/plan/start/strengths": WORDS})
    changed: dict[str, object] = {name: getattr(said, name) for name in Change.__slots__}
    vault.write(Change(**{**changed, "form": "plan", "version": version}))  # type: ignore[arg-type]
    vault.seal_all()
    vault.close()
    return folder, pen.record


@pytest.fixture
def screen() -> Iterator[Screen | None]:
    """A real display; None if this machine has none to give."""
    if not is_there():
        yield None
        return
    with a_screen() as screen:
        yield screen


@pytest.fixture
def parent(
    written: tuple[Path, str], screen: Screen | None, tmp_path: Path
) -> Iterator[subprocess.Popen[str]]:
    folder, record = written
    command = [sys.executable, "-m", "tests.security.open_program", str(folder), record]
    shown = {"QT_QPA_PLATFORM": "offscreen"}
    if screen is not None:
        shown = {"QT_QPA_PLATFORM": "xcb", "DISPLAY": screen.name}
    program = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **shown, "XDG_CACHE_HOME": str(tmp_path)},
        start_new_session=True,
    )
    with program:
        yield program
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)  # the group that this test started


def told(program: subprocess.Popen[str], word: str) -> int:
    """The process that says this word next."""
    assert program.stdout is not None
    said, pid = program.stdout.readline().split()
    assert said == word
    return int(pid)


def tell(program: subprocess.Popen[str], word: str) -> None:
    assert program.stdin is not None
    program.stdin.write(f"{word}\n")
    program.stdin.flush()


def found_in(pid: int) -> set[str]:
    """Which markers are in the memory of a process; unreadable is a failure."""
    found, areas = set(), 0
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in maps:
            area = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if not area or "[v" in line:
                continue
            start, end = (int(place, 16) for place in area.groups())
            memory.seek(start)
            content, areas = memory.read(end - start), areas + 1
            for marker in MARKERS:
                forms = (marker.encode(), marker.encode("utf-16-le"))
                if any(form in content for form in forms):
                    found.add(marker)
    assert areas > 5, "this process could not be read"
    return found


def ended_after(pid: int, most: float) -> float:
    """Seconds until a process is gone (or waits to be counted as gone)."""
    begun = time.monotonic()
    while time.monotonic() - begun < most:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                break
        except (FileNotFoundError, ProcessLookupError):  # between opening and reading too
            break
        time.sleep(0.005)
    return time.monotonic() - begun


@pytest.mark.parametrize(
    "how",
    [
        "lock",
        pytest.param("sleep", marks=pytest.mark.long),
        pytest.param("hang", marks=pytest.mark.long),
    ],
)
def test_control_07_nothing_is_left_in_any_process(
    parent: subprocess.Popen[str], screen: Screen | None, how: str
) -> None:
    holder = told(parent, "ready")
    assert WORDS in found_in(holder), "the same search must find what is there"
    assert screen is None or screen.owned() == set(SELECTIONS)
    if how == "hang":
        tell(parent, "hang")
        told(parent, "hanging")
    tell(parent, "lock" if how == "hang" else how)
    assert ended_after(holder, 20) < LOCKS_WITHIN
    assert told(parent, "again") == parent.pid
    assert found_in(parent.pid) == set()
    if screen is not None:
        assert screen.nobody_owns_any(within=LOCKS_WITHIN)
        assert found_in(screen.pid) == set()
    assert found_in(told(parent, "painted")) == set()
    assert not Path(f"/proc/{holder}/maps").exists()
