"""Control 9: dumps off, and no other process of the same user reads this one's memory."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

_HOLD = """
import os, sys
from desktop.process import harden_process
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
if "hardened" in sys.argv:
    assert harden_process()
else:
    import ctypes
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
print("ready", flush=True)
sys.stdin.readline()
os.kill(os.getpid(), 11)
"""
_READ = """
import os, sys
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    open(f"/proc/{sys.argv[1]}/mem", "rb").close()
    print("read")
except PermissionError:
    print("refused")
"""


def _hold(how: str) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", _HOLD, how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def _read_as_same_user(child: subprocess.Popen[str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(child.pid)], capture_output=True, text=True, timeout=30
    )
    return done.stdout.strip()


def test_another_process_of_the_user_cannot_read_it() -> None:
    hardened, plain = _hold("hardened"), _hold("plain")
    told = _read_as_same_user(hardened), _read_as_same_user(plain)
    for child in (hardened, plain):
        child.communicate("\n", timeout=30)
    if told[1] == "refused":
        pytest.skip("this system keeps processes from each other anyway")
    assert told == ("refused", "read")


def test_it_leaves_no_core_when_it_crashes() -> None:
    child = _hold("hardened")
    assert child.stdin is not None
    child.stdin.write("\n")
    child.stdin.flush()
    _, status = os.waitpid(child.pid, 0)
    child.returncode = -11
    assert os.WIFSIGNALED(status)
    assert not os.WCOREDUMP(status)
    child.communicate()
