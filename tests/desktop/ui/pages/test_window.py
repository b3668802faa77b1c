"""The window: back, focus, panes, hiding, locking, closing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.ui.pages.families import FamiliesPage
from desktop.ui.pages.page import Page
from desktop.ui.window import Window
from tests.desktop.ui.pages import examples, pictures
from tests.desktop.ui.pages.walk import click, find, press, said_on, wait_until_whole, write

pytestmark = pytest.mark.usefixtures("look")


class Saves:
    """What the program does before the window closes."""

    def __init__(self) -> None:
        self.times = 0
        self.error: Exception | None = None

    def __call__(self) -> None:
        self.times += 1
        if self.error is not None:
            raise self.error


@pytest.fixture
def saves() -> Saves:
    return Saves()


@pytest.fixture
def window(qtbot: QtBot, saves: Saves) -> Window:
    made = Window(saves)
    qtbot.addWidget(made)
    made.start(pictures.families())
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return made


def families(window: Window) -> FamiliesPage:
    page = window.page
    assert isinstance(page, FamiliesPage)
    return page


def test_focus_goes_to_the_heading_of_a_new_page(window: Window) -> None:
    page = pictures.plan()
    window.open(page)
    assert QApplication.focusWidget() is page.landing()
    assert window.windowTitle() == "Our family plan – Your Family"


def test_back_returns_to_what_opened_the_page(window: Window, qtbot: QtBot) -> None:
    below = families(window)
    opener = find(window, "Marsh & Whitlow")
    opener.setFocus()
    window.open(pictures.plan())
    with qtbot.waitSignal(below.returned):
        press(Qt.Key.Key_Left, alt=True)
    assert window.page is below
    assert QApplication.focusWidget() is opener
    assert window.windowTitle() == "Families – Your Family"


def test_focus_finds_the_opener_again_when_its_page_was_filled_anew(window: Window) -> None:
    opener = find(window, "Marsh & Whitlow")
    opener.setFocus()
    window.open(pictures.plan())
    window.back()
    families(window).show_families(examples.FAMILIES)
    row = find(window, "Marsh & Whitlow")
    assert QApplication.focusWidget() is row
    assert row is not opener


def test_back_is_not_offered_on_the_first_page(window: Window) -> None:
    assert "Back" not in said_on(window)
    window.back()
    assert isinstance(window.page, FamiliesPage)


def test_replacing_a_page_keeps_the_way_back(window: Window) -> None:
    window.open(pictures.family())
    window.replace(pictures.plan())
    click(window, "Back")
    assert isinstance(window.page, FamiliesPage)


def test_pages_are_asked_to_keep_what_is_not_kept_when_left(window: Window) -> None:
    left: list[str] = []

    class Form(Page):
        def leave(self) -> None:
            left.append(self.name)

    window.open(Form("A form"))
    window.open(pictures.plan())
    assert left == ["A form"]
    window.back()
    window.back()
    assert left == ["A form", "A form"]
    window.open(Form("Another"))
    window.start(pictures.families())
    assert left[-1] == "Another"


def test_f6_goes_round_the_bar_and_the_columns(window: Window) -> None:
    window.open(pictures.family())
    wait_until_whole(window)
    where = [_pane_with_focus(window)]
    for _ in range(4):
        press(Qt.Key.Key_F6)
        where.append(_pane_with_focus(window))
    assert where == ["page", "main", "beside", "bar", "main"]
    press(Qt.Key.Key_F6, shift=True)
    assert _pane_with_focus(window) == "bar"


def _pane_with_focus(window: Window) -> str:
    focused, page = QApplication.focusWidget(), window.page
    assert focused is not None
    assert page is not None
    panes = dict(zip(("bar", "main", "beside"), (window.bar, *page.panes()), strict=True))
    return next((name for name, pane in panes.items() if pane.isAncestorOf(focused)), "page")


@pytest.mark.parametrize("by", ["key", "button"])
def test_hiding_leaves_nothing_on_the_screen_or_in_the_title(
    window: Window, qtbot: QtBot, by: str
) -> None:
    window.open(pictures.family())
    assert "Grace Okafor" in said_on(window)
    with qtbot.waitSignal(window.hidden_from_view):
        if by == "key":
            press(Qt.Key.Key_F9)
        else:
            click(window, "Hide")
    assert said_on(window) == ""
    assert window.windowTitle() == "Your Family"
    colours = {window.grab().toImage().pixelColor(x, y).name() for x in (5, 400) for y in (5, 300)}
    assert len(colours) == 1


def test_hiding_covers_first_and_keeps_then(window: Window) -> None:
    covered: list[bool] = []

    class Form(Page):
        def leave(self) -> None:
            covered.append(window.is_hidden_from_view)

    window.open(Form("A form"))
    press(Qt.Key.Key_F9)
    assert covered == [True]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_hiding_works_from_an_open_list_and_from_a_dialog(window: Window, qtbot: QtBot) -> None:
    page = pictures.print_ready()
    window.open(page)
    click(page, "How large?")
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup.windowHandle(), Qt.Key.Key_F9)
    assert window.is_hidden_from_view
    qtbot.waitUntil(lambda: not popup.isVisible())
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F9)
    click(page, "I have checked this")
    click(page, "Save a copy…")
    click(page, "Choose a place")
    qtbot.waitUntil(lambda: page.findChild(QFileDialog) is not None)
    dialog = page.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    qtbot.waitUntil(lambda: dialog.isVisible() and dialog.isActiveWindow())
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_F9)
    assert window.is_hidden_from_view
    assert not (isValid(dialog) and dialog.isVisible())


def test_holding_the_key_down_hides_once(window: Window) -> None:
    for is_repeat in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress,
            Qt.Key.Key_F9,
            Qt.KeyboardModifier.NoModifier,
            "",
            is_repeat,
        )
        QApplication.sendEvent(QApplication.focusWidget() or window, event)
    assert window.is_hidden_from_view


def test_what_was_hidden_comes_back_with_its_focus(window: Window) -> None:
    field = families(window).search_field
    field.setFocus()
    write("Oka")
    press(Qt.Key.Key_F9)
    write("bel")
    press(Qt.Key.Key_Left, alt=True)
    press(Qt.Key.Key_F1)
    press(Qt.Key.Key_F9)
    assert not window.is_hidden_from_view
    assert QApplication.focusWidget() is field
    assert field.text() == "Oka"


def test_a_page_that_opens_while_all_is_hidden_stays_hidden(window: Window) -> None:
    find(window, "Marsh & Whitlow").setFocus()
    press(Qt.Key.Key_F9)
    page = pictures.plan()
    window.open(page)
    assert said_on(window) == ""
    assert window.windowTitle() == "Your Family"
    press(Qt.Key.Key_F9)
    assert window.windowTitle() == "Our family plan – Your Family"
    assert QApplication.focusWidget() is page.landing()


def test_locking_covers_the_page_before_anything_else(window: Window, qtbot: QtBot) -> None:
    covered: list[bool] = []
    window.lock_asked.connect(lambda: covered.append(window.is_hidden_from_view))
    press(Qt.Key.Key_L, ctrl=True)
    assert covered == [True]


def test_the_unlock_page_can_neither_be_locked_nor_hidden(window: Window, qtbot: QtBot) -> None:
    window.allow_lock(False)
    window.start(pictures.unlock())
    with qtbot.assertNotEmitted(window.lock_asked):
        press(Qt.Key.Key_L, ctrl=True)
    press(Qt.Key.Key_F9)
    assert not window.is_hidden_from_view
    assert "Lock" not in said_on(window.bar)


@pytest.mark.parametrize("make", [pictures.families, pictures.plan, pictures.unlock])
def test_help_is_one_click_or_key_from_anywhere(
    window: Window, qtbot: QtBot, make: Callable[[], Page]
) -> None:
    window.start(make())
    with qtbot.waitSignal(window.help_asked):
        click(window, "Level 4 and urgent")
    with qtbot.waitSignal(window.help_asked):
        press(Qt.Key.Key_F1)


def test_help_shows_the_numbers_and_leads_back(window: Window) -> None:
    opener = find(window, "Level 4 and urgent")
    opener.setFocus()
    below = window.page
    window.open(pictures.urgent())
    for words in ("telephone first", "999", "01632 960 101", "01632 960 102"):
        assert words in said_on(window)
    click(window, "Back")
    assert window.page is below


def test_closing_saves_first_and_asks_nothing(window: Window, saves: Saves, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.closed):
        window.close()
    assert saves.times == 1
    assert not window.isVisible()


def test_a_window_that_could_not_save_stays(window: Window, saves: Saves, qtbot: QtBot) -> None:
    saves.error = OSError("disk full")
    with qtbot.waitSignal(window.not_saved) as told:
        window.close()
    assert told.args == [saves.error]
    assert window.isVisible()
    saves.error = None


def test_no_shortcut_is_a_single_letter(window: Window) -> None:
    shortcuts = [a.shortcut().toString() for a in window.findChildren(QAction)]
    assert len(shortcuts) == 4
    assert all(len(keys) > 1 for keys in shortcuts)


def test_buttons_act_on_release_over_them_only(window: Window, qtbot: QtBot) -> None:
    button = find(window, "New family")
    page = families(window)
    with qtbot.assertNotEmitted(page.new_family_asked):
        QTest.mousePress(button, Qt.MouseButton.LeftButton, pos=button.rect().center())
        outside = button.rect().bottomRight() * 3
        QTest.mouseMove(button, outside)
        QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=outside)


def test_the_least_size_is_that_of_a_small_laptop(window: Window) -> None:
    window.resize(10, 10)
    assert (window.width(), window.height()) == (800, 600)
    assert window.findChildren(QLineEdit)
