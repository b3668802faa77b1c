"""The end of a process that must end, though its threads give nobody a turn."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from desktop import __main__ as parent
from desktop.exit_codes import LOCKED, NO_TURN

ENDS_WITHIN = 0.4
SLOW = """
import re, sys, time
from desktop.last_moment import LastMoment
last = LastMoment()
last.comes_within(60, {code})
last.comes_within({soon}, {code})
last.comes_within(60, {code})
print(time.monotonic(), flush=True)
{then}
"""
HOLDS_PYTHONS_LOCK = 're.match("(a+)+$", "a" * 60 + "b")'
WAITS = "time.sleep(60)"


@pytest.mark.parametrize(("then", "ends_with"), [(HOLDS_PYTHONS_LOCK, NO_TURN), (WAITS, LOCKED)])
def test_a_lock_ends_the_process_whatever_its_threads_do(then: str, ends_with: int) -> None:
    text = SLOW.format(code=LOCKED, soon=ENDS_WITHIN, then=then)
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, timeout=30)
    assert time.monotonic() - float(done.stdout) < 1.0
    assert (done.returncode, done.stderr) == (ends_with, "")


def test_the_unlock_page_comes_after_such_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    ends = iter([NO_TURN, LOCKED, 0])

    def run(arguments: list[str]) -> int:
        started.append(arguments)
        return next(ends)

    monkeypatch.setattr(parent, "_run", run)
    assert parent.keep_open([]) == 0
    assert started == [[], ["--after-crash"], []]
