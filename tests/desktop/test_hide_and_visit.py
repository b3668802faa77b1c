"""Hide and visit mode in the real window: blank at once, a PIN to come back, longer on a visit."""

from __future__ import annotations

import time
from datetime import timedelta
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.last_moment import LastMoment
from desktop.services.views import SyncOutcome
from desktop.ui.cover import WayBack
from desktop.ui.look.buttons import Button
from desktop.ui.pages.families import FamiliesPage
from desktop.ui.pages.pin import PinPage
from desktop.ui.pages.unlock import UnlockPage
from desktop.vault.errors import WrongPassphrase
from sync.contract.messages import DevicePolicy
from tests.desktop.services.test_lease import lease_of
from tests.desktop.test_bad_days import folder, made_once, start, unlock, words_of  # noqa: F401
from tests.desktop.ui.pages.walk import click, press, said_on, write
from tests.desktop.vault.making import PASSPHRASE

HIDDEN_WITHIN = 0.1
"""Seconds."""


@pytest.fixture
def stays(monkeypatch):
    """A lock does not end the process of the tests; set up first, so that it holds to the last."""
    monkeypatch.setattr(LastMoment, "comes_within", lambda *_: None)
    monkeypatch.setattr(QApplication, "exit", lambda *_: None)


@pytest.fixture
def program(stays, start, qtbot):  # noqa: F811
    program = start()
    unlock(program, qtbot)
    settle(program, qtbot)
    program.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return program


def settle(program, qtbot):
    qtbot.waitUntil(lambda: not program.vault_lane.busy)


def colours_of(shown):
    image = (shown if isinstance(shown, QPixmap) else shown.grab()).toImage()
    return {
        image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)
    }


def choose_pin(program, qtbot, pin="2580"):
    program.unlocked.services.hiding.choose_pin(pin)
    program.window.cover.way_back = WayBack.PIN


def test_all_is_blank_within_a_tenth_of_a_second_whatever_the_vault_does(program, qtbot):
    window, goes_on = program.window, Event()
    program.vault_lane.submit(goes_on.wait)
    assert len(colours_of(window)) > 1
    begun = time.perf_counter()
    press(Qt.Key.Key_F9)
    hidden = window.grab()
    assert time.perf_counter() - begun < HIDDEN_WITHIN
    assert len(colours_of(hidden)) == 1
    assert said_on(window) == ""
    goes_on.set()
    settle(program, qtbot)
    assert said_on(window) == ""


def test_the_pin_brings_the_page_back_but_nothing_that_was_copied(program, qtbot, monkeypatch):
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: True)  # offscreen cannot tell
    choose_pin(program, qtbot)
    page = program.window.page
    QApplication.clipboard().setText("He shouts at night")
    press(Qt.Key.Key_F9)
    assert QApplication.clipboard().text() == ""
    press(Qt.Key.Key_F9)
    write("2580")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not program.window.is_hidden_from_view)
    assert program.window.page is page


def test_a_digit_on_the_blank_page_begins_the_pin(program, qtbot):
    choose_pin(program, qtbot)
    press(Qt.Key.Key_F9)
    write("2580")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not program.window.is_hidden_from_view)


def test_the_third_wrong_pin_locks_and_nothing_was_shown(program, qtbot):
    choose_pin(program, qtbot)
    press(Qt.Key.Key_F9)
    with qtbot.waitSignal(program.window.lock_asked):
        for pin in ("1357", "2468", "8642"):
            write(pin)
            press(Qt.Key.Key_Return)
            settle(program, qtbot)
            assert program.window.is_hidden_from_view
            assert "Families" not in said_on(program.window)


def test_without_a_pin_the_passphrase_leads_back_and_a_pin_is_asked(program, qtbot):
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_F9)
    write("not this one")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: WrongPassphrase.title in said_on(program.window))
    assert program.window.is_hidden_from_view
    write(PASSPHRASE.decode())
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(program.window.page, PinPage))
    write("1234")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Choose another PIN" in words_of(program.window.page))
    program.window.page.field.setText("")
    write("2580")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(program.window.page, FamiliesPage))
    assert program.unlocked.services.hiding.check_pin("2580").right


def test_left_alone_the_field_goes_and_all_is_blank_again(program, qtbot):
    choose_pin(program, qtbot)
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_F9)
    write("25")
    program.window.cover._alone.timeout.emit()
    assert said_on(program.window) == ""
    assert program.window.cover.field.text() == ""


def test_the_worker_starts_a_visit_and_it_ends_by_itself(program, clock, qtbot):
    window = program.window
    click(window, "Start visit")
    assert program._idle.is_visit
    assert "End visit that ends by itself at 17:02" in said_on(window)
    program._idle._seconds = lambda: time.monotonic() + timedelta(hours=3).total_seconds()
    program._idle.watch()
    program._idle.look()
    assert "Start visit" in said_on(window)
    assert program.unlocked.services.visiting.ends() is None


def test_the_idle_limit_that_a_sync_brings_counts_at_once(program, clock, qtbot):
    idle, begun = program._idle, time.monotonic()
    locked: list[bool] = []
    warned: list[int] = []
    idle.idle_too_long.connect(lambda: locked.append(True))
    idle.warned.connect(warned.append)

    def left_alone(minutes):
        """Since the last touch; the watch's own clock is set back, so that none moves by itself."""
        idle._seconds = lambda: begun
        idle.watch()
        idle._seconds = lambda: begun + timedelta(minutes=minutes).total_seconds()
        idle.look()
        return bool(locked)

    assert not left_alone(3.5)  # five minutes, where nobody said otherwise
    vault = program.unlocked.services.vault
    vault.replica.keep_lease(lease_of(clock(), DevicePolicy(idle_minutes=3, visit_minutes=9)))
    program.unlocked.automatic.finished.emit(SyncOutcome(clock(), 0, 0))
    settle(program, qtbot)
    qtbot.waitUntil(lambda: idle._limit() == timedelta(minutes=3))
    click(program.window, "Start visit")
    assert not left_alone(7.9)
    assert not warned
    idle.end_visit()
    assert not left_alone(2.5)
    assert warned == [30]
    assert left_alone(3)


def test_a_visit_goes_on_after_a_lock_and_the_passphrase_cannot_be_shown_in_it(
    program,
    start,  # noqa: F811
    qtbot,
):
    click(program.window, "Start visit")
    program.end()
    again = start()
    page = again.window.page
    assert isinstance(page, UnlockPage)
    assert not [b for b in page.findChildren(Button) if b.words == "Show" and b.isVisible()]
    QTest.keyClicks(page.field, "river")
    assert page.field.displayText() != "river"
    page.field.setText("")
    unlock(again, qtbot)
    settle(again, qtbot)
    assert again._idle.is_visit
    click(again.window, "End visit")
    assert not again._idle.is_visit
