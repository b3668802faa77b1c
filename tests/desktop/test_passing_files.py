"""What libraries write in passing goes with the process, whatever became of that."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import __main__ as parent
from desktop import passing_files
from desktop.exit_codes import LOCKED

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="prints without a file of ours")


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("TMPDIR", "/somewhere/else")
    return tmp_path


def test_pages_on_their_way_to_a_printer_are_gone_after_a_lock_and_a_kill(
    memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends, left = iter([LOCKED, -signal.SIGKILL, 0]), list[Path]()

    def run(_: list[str]) -> int:
        place = Path(os.environ["TMPDIR"])
        assert place.parent == memory
        assert place.stat().st_mode & 0o777 == 0o700
        assert list(memory.iterdir()) == [place], "what was there before has gone"
        left.append(place / "pages.pdf")
        left[-1].write_bytes(b"Said in confidence")
        return next(ends)

    monkeypatch.setattr(parent, "_run", run)
    assert parent.keep_open([]) == 0
    assert len(set(left)) == 3
    assert list(memory.iterdir()) == []
    assert os.environ["TMPDIR"] == "/somewhere/else"


def test_what_a_killed_parent_left_goes_at_the_next_start_and_nothing_else(memory: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    for owner in (gone.pid, os.getppid()):
        (memory / f"your-family-{owner}-0" / "deep").mkdir(parents=True)
    (memory / "your-family-plans").mkdir()
    with passing_files.folder_for_passing_files():
        here = {path.name for path in memory.iterdir()}
    assert f"your-family-{gone.pid}-0" not in here
    assert {f"your-family-{os.getppid()}-0", "your-family-plans"} < here


def test_cups_itself_writes_there(memory: Path) -> None:
    found = ctypes.util.find_library("cups")
    if found is None:
        pytest.skip("no libcups on this system")
    name = ctypes.create_string_buffer(1024)
    with passing_files.folder_for_passing_files():
        os.close(ctypes.CDLL(found).cupsTempFd(name, len(name)))
        written = Path(name.value.decode())
        assert written.is_relative_to(memory)
        assert written.exists()
    assert not written.exists()
