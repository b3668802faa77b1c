"""Idle locking, with clocks that a test moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.idle import IdlePolicy, IdleWatch


class Time:
    """Both clocks of a laptop; ``sleep`` lets only the one on the wall go on."""

    def __init__(self) -> None:
        self.steady, self.wall = 0.0, datetime(2026, 3, 10, 14, 2, tzinfo=UTC)

    def pass_(self, seconds: float, watch: IdleWatch) -> None:
        """Second by second, as the program lives through it."""
        for _ in range(int(seconds)):
            self.steady += 1
            self.wall += timedelta(seconds=1)
            watch.look()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def watch(time: Time, qtbot: QtBot) -> Iterator[IdleWatch]:
    watch = IdleWatch(IdlePolicy(), lambda: time.steady, lambda: time.wall)
    watch.watch()
    yield watch
    watch.deleteLater()


def heard(watch: IdleWatch) -> list[str]:
    said: list[str] = []
    watch.warned.connect(lambda left: said.append(f"warned {left}"))
    watch.touched.connect(lambda: said.append("touched"))
    watch.idle_too_long.connect(lambda: said.append("lock"))
    watch.visit_ended.connect(lambda: said.append("visit ended"))
    return said


def touch(watch: IdleWatch) -> None:
    assert watch.eventFilter(QObject(), QEvent(QEvent.Type.KeyPress)) is False


def test_five_minutes_lock_and_the_warning_comes_a_minute_before(watch, time):
    said = heard(watch)
    time.pass_(239, watch)
    assert said == []
    time.pass_(1, watch)
    assert said == ["warned 60"]
    time.pass_(60, watch)
    assert said == ["warned 60", "lock"]


def test_a_touch_after_the_warning_begins_again(watch, time):
    said = heard(watch)
    time.pass_(250, watch)
    touch(watch)
    time.pass_(239, watch)
    assert said == ["warned 60", "touched"]


def test_visit_mode_is_patient_and_ends_by_itself(watch, time):
    said = heard(watch)
    watch.begin_visit(timedelta(hours=3))
    time.pass_(14 * 60 - 1, watch)
    assert said == []
    for _ in range(12):
        touch(watch)
        time.pass_(13 * 60, watch)
    assert said[-1:] != ["lock"]
    touch(watch)
    time.pass_(20 * 60, watch)
    assert "visit ended" in said
    assert said[-1] == "lock"
    assert not watch.is_visit


def test_a_laptop_that_slept_is_locked_when_it_wakes(watch, time):
    said = heard(watch)
    time.pass_(5, watch)
    time.wall += timedelta(hours=2)
    watch.look()
    assert said == ["lock"]


def test_a_clock_that_was_turned_back_locks(watch, time):
    said = heard(watch)
    time.wall -= timedelta(days=1)
    watch.look()
    assert said == ["lock"]


def test_moving_without_anything_to_lock_says_nothing(watch):
    said = heard(watch)
    touch(watch)
    assert said == []


def test_it_hears_the_keys_of_the_window_and_what_an_input_method_writes(watch, time, qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is field)
    said = heard(watch)
    time.pass_(250, watch)
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
    assert said == ["warned 60", "touched"]
    time.pass_(250, watch)
    QApplication.sendEvent(field, QInputMethodEvent("é", []))
    assert said == ["warned 60", "touched"] * 2
    watch.stop()
    time.pass_(250, watch)
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
    assert said == ["warned 60", "touched"] * 2 + ["warned 60"]
