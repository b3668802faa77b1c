"""A seeded monkey on every page: nothing breaks, nothing warns, the window stays."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.pages.page import Page
from desktop.ui.window import Window
from tests.desktop.ui.pages.pictures import PAGES, in_window
from tests.desktop.ui.pages.walk import controls, name_of

EVENTS = 80
KEYS = [
    Qt.Key.Key_Tab,
    Qt.Key.Key_Space,
    Qt.Key.Key_Return,
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_F6,
    Qt.Key.Key_F9,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_A,
]
OPENS_ANOTHER_WINDOW = ("Choose a place",)


@pytest.mark.parametrize("make", PAGES.values(), ids=list(PAGES))
def test_a_monkey_breaks_no_page(
    make: Callable[[], Page], qtbot: QtBot, look: None, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(request.node.name)
    window = in_window(make(), 900, 700)
    qtbot.addWidget(window)
    window.activateWindow()
    for _ in range(EVENTS):
        _one_event(window, chance)
        QApplication.processEvents()
    window.show_again()
    assert window.isVisible()
    assert window.page is not None
    assert window.windowTitle().endswith("Your Family")


def _one_event(window: Window, chance: random.Random) -> None:
    seen = [w for w in controls(window) if not w.visibleRegion().isEmpty()]
    seen = [w for w in seen if not name_of(w).startswith(OPENS_ANOTHER_WINDOW)]
    what = chance.random()
    if what < 0.4 and seen:
        widget = chance.choice(seen)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=_somewhere(widget, chance))
    elif what < 0.5 and seen:
        _turn_wheel(chance.choice(seen), chance)
    elif what < 0.55:
        window.resize(chance.randint(800, 1400), chance.randint(600, 1300))
    else:
        focused = QApplication.focusWidget() or window
        QTest.keyClick(focused, chance.choice(KEYS))


def _somewhere(widget: QWidget, chance: random.Random) -> QPoint:
    return QPoint(chance.randrange(widget.width()), chance.randrange(widget.height()))


def _turn_wheel(widget: QWidget, chance: random.Random) -> None:
    place = QPointF(_somewhere(widget, chance))
    turn = QWheelEvent(
        place,
        QPointF(widget.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, chance.choice([-120, 120])),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, turn)
