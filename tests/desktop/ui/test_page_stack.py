"""A page that comes is laid out in one turn and painted in the next."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.page_stack import PageStack


class Sheet(QWidget):
    """Counts how often it is painted."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1


def test_a_page_is_painted_in_the_turn_after_it_was_put_there(qtbot: QtBot) -> None:
    stack, first, second = PageStack(), Sheet(), Sheet()
    qtbot.addWidget(stack)
    stack.show_page(first)
    stack.show()
    qtbot.waitUntil(lambda: first.painted > 0)
    stack.show_page(second)
    stack.repaint()
    assert stack.currentWidget() is second
    assert second.painted == 0
    qtbot.waitUntil(lambda: second.painted > 0)
    stack.show_page(first)
    assert stack.currentWidget() is first
    assert stack.count() == 2
