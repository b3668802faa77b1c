"""A short day under the heartbeat, with wide guards: the figures are the command's."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.desktop.ui.heartbeat.day import Day
from tests.desktop.ui.laptop import make_laptop

WORKED_AT_MOST = 0.1
"""Seconds of the window's own work in one go: twice the budget, for a busy machine."""


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_laptop(tmp_path_factory.mktemp("heartbeat") / "vault")


def test_the_window_answers_through_a_short_day(
    laptop: Path, qapp: QApplication, look: None
) -> None:
    day = Day(qapp, laptop)
    day.go(forms=("household",), sections=2)
    assert day.beat.beats > 50
    worst = max((stall.worked for stall in day.beat.stalls), default=0.0)
    assert worst < WORKED_AT_MOST, max(day.beat.stalls, key=lambda stall: stall.worked)
