"""A short share of ``python -m tests.security.kills``, in a process of its own: it forks."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.security.kills import JOBS


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_killed_while_writing_migrating_rekeying_and_purging() -> None:
    command = [sys.executable, "-m", "tests.security.kills", "--kills", "8", "--seed", "3"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    for job in JOBS:
        at_it, after = re.findall(rf"{job} +(\d+) killed at it, +(\d+) just", done.stdout)[0]
        assert int(at_it) + int(after) == 2
    assert re.search(r"[1-9]\d* changes acknowledged, 0 lost", done.stdout)
