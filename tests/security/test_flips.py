"""A short share of ``python -m tests.security.flips``, in its own process: cheap passphrases."""

from __future__ import annotations

import re
import subprocess
import sys


def test_a_damaged_page_or_log_is_refused_or_reported_and_never_garbage() -> None:
    command = [sys.executable, "-m", "tests.security.flips", "--most", "16", "--seed", "7"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stdout + done.stderr
    found = {
        (file, what): int(n) for file, n, what in re.findall(r"(\S+) +(\d+) (.+)", done.stdout)
    }
    assert sum(found.values()) == 16
    assert any(file.endswith("-wal") and what == "reported" for file, what in found)
