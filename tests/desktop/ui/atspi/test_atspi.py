"""A share of ``python -m tests.desktop.ui.atspi``: four pages, where the machine can do it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.desktop.ui.atspi.__main__ import what_is_missing


@pytest.mark.long
def test_another_process_finds_names_and_room() -> None:
    if missing := what_is_missing():
        pytest.skip(f"this machine has no {missing}")
    asked = [sys.executable, "-m", "tests.desktop.ui.atspi", "4"]
    told = subprocess.run(asked, capture_output=True, text=True, timeout=120, check=False)
    assert "4 pages" in told.stdout, told.stdout + told.stderr
    assert told.returncode == 0, told.stdout
