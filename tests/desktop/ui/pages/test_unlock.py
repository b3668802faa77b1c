"""Unlocking by keys: right, wrong, waiting, shown, pasted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.services.trouble import Trouble
from desktop.ui.pages.unlock import UnlockPage
from desktop.ui.window import Window
from tests.desktop.ui.pages.pictures import in_window
from tests.desktop.ui.pages.walk import click, find, press, said_on, write

pytestmark = pytest.mark.usefixtures("look")

WRONG = Trouble("This did not open", "Type it again, slowly. Nothing has been deleted.")


@pytest.fixture
def page(qtbot: QtBot) -> UnlockPage:
    made = UnlockPage("the IT help desk on 01632 960 190")
    window = in_window(made)
    qtbot.addWidget(window)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is made.field)
    return made


def window_of(page: UnlockPage) -> Window:
    window = page.window()
    assert isinstance(window, Window)
    return window


def test_typing_and_return_asks_with_the_bytes_and_empties_the_field(
    page: UnlockPage, qtbot: QtBot
) -> None:
    write("river Lantern")
    with qtbot.waitSignal(page.unlock_asked) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args == [bytearray(b"river Lantern")]
    assert isinstance(asked.args[0], bytearray)
    assert page.field.text() == ""


def test_while_it_works_words_say_so_and_nothing_can_be_pressed(
    page: UnlockPage, qtbot: QtBot
) -> None:
    write("river")
    press(Qt.Key.Key_Return)
    assert "Unlocking. This takes a second or two." in said_on(page)
    assert not page.field.isEnabled()
    assert not find(page, "Unlock").isEnabled()


def test_an_empty_passphrase_is_not_tried(page: UnlockPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(page.unlock_asked):
        press(Qt.Key.Key_Return)
    assert "Type your passphrase." in said_on(page)


def test_a_refusal_is_said_titled_and_focus_is_back_in_the_field(
    page: UnlockPage, qtbot: QtBot
) -> None:
    write("wrong")
    press(Qt.Key.Key_Return)
    page.refused(WRONG)
    assert WRONG.title in said_on(page)
    assert WRONG.message in said_on(page)
    assert window_of(page).windowTitle() == "Error: Unlock – Your Family"
    assert QApplication.focusWidget() is page.field
    write("right")
    with qtbot.waitSignal(page.unlock_asked):
        press(Qt.Key.Key_Return)
    assert WRONG.title not in said_on(page)
    assert window_of(page).windowTitle() == "Unlock – Your Family"


def test_a_second_refusal_takes_the_place_of_the_first(page: UnlockPage) -> None:
    page.refused(WRONG)
    page.refused(Trouble("This laptop's disk is full", "Remove files, then try again."))
    assert WRONG.title not in said_on(page)
    assert "disk is full" in said_on(page)


def test_after_many_tries_one_waits_and_is_told_how_long(page: UnlockPage, qtbot: QtBot) -> None:
    page.refused(WRONG, timedelta(seconds=2))
    assert "Try again in 2 seconds." in said_on(page)
    write("right")
    with qtbot.assertNotEmitted(page.unlock_asked):
        press(Qt.Key.Key_Return)
    assert page.field.text() == "right"
    qtbot.waitUntil(lambda: "You can try again now." in said_on(page), timeout=4000)
    with qtbot.waitSignal(page.unlock_asked):
        press(Qt.Key.Key_Return)


def test_the_passphrase_can_be_shown_and_hidden_and_is_hidden_again_on_unlocking(
    page: UnlockPage,
) -> None:
    assert page.field.echoMode() is QLineEdit.EchoMode.Password
    click(page, "Show the passphrase")
    assert page.field.echoMode() is QLineEdit.EchoMode.Normal
    click(page, "Hide the passphrase")
    assert page.field.echoMode() is QLineEdit.EchoMode.Password
    click(page, "Show the passphrase")
    page.field.setFocus()
    write("river")
    press(Qt.Key.Key_Return)
    assert page.field.echoMode() is QLineEdit.EchoMode.Password


def test_no_undo_brings_the_passphrase_back(page: UnlockPage) -> None:
    click(page, "Show the passphrase")
    page.field.setFocus()
    write("river Lantern")
    press(Qt.Key.Key_Return)
    page.refused(WRONG)
    click(page, "Show the passphrase")
    page.field.setFocus()
    press(Qt.Key.Key_Z, ctrl=True)
    assert page.field.text() == ""


def test_what_is_told_is_no_error(page: UnlockPage) -> None:
    page.tell(Trouble("The program stopped unexpectedly", "Unlock to go on."))
    assert "Unlock to go on." in said_on(page)
    assert window_of(page).windowTitle() == "Unlock – Your Family"


def test_it_may_be_pasted(page: UnlockPage) -> None:
    clipboard = QApplication.clipboard()
    clipboard.setText("from a manager")
    press(Qt.Key.Key_V, ctrl=True)
    assert page.field.text() == "from a manager"
    clipboard.clear()


def test_the_way_of_recovery_is_named(page: UnlockPage) -> None:
    assert "the IT help desk on 01632 960 190" in said_on(page)
    assert "recovery key" in said_on(page)


def test_a_demo_passphrase_is_shown_only_if_there_is_one(page: UnlockPage, qtbot: QtBot) -> None:
    assert "demonstration" not in said_on(page)
    demo = UnlockPage("", "calm river lantern seven")
    qtbot.addWidget(demo)
    assert "calm river lantern seven" in said_on(demo)
