"""A short share of ``python -m tests.security.full_disk``, which needs a disk of its own."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.security.full_disk import NO_DISK

CANNOT = "unshare"


def test_the_disk_is_full_at_some_writes_of_a_day() -> None:
    few = ["--most", "4", "--pages", "150", "--seed", "5"]
    command = [sys.executable, "-m", "tests.security.full_disk", *few]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100)
    if done.returncode == NO_DISK or CANNOT in done.stderr:
        pytest.skip("this system lets no user mount a disk")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"4 days: [1-4] refused .*, 0 wrong", done.stdout)
