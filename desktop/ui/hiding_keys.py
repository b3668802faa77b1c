"""The two keys that must always work: hide and lock, also from an open list or dialog.

A window's own shortcuts sleep while something of the program lies in front of it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from desktop.ui.attention import Attention

HIDE_KEY, LOCK_KEY = "F9", "Ctrl+L"


class HidingKeys(QObject):
    """Listens wherever somebody types, for as long as the window lives."""

    def __init__(
        self, window: QWidget, hide_or_show: Callable[[], None], lock: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._hide_or_show, self._lock = hide_or_show, lock
        window.installEventFilter(self)  # what no control in it wanted
        Attention(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the two keys before whatever lies in front of the window does."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        act = self._meant(event)
        if act is None:
            return False
        if not event.isAutoRepeat():
            act()
        return True

    def _meant(self, event: QKeyEvent) -> Callable[[], None] | None:
        modifiers = event.modifiers()
        if event.key() == Qt.Key.Key_F9 and modifiers == Qt.KeyboardModifier.NoModifier:
            return self._hide_or_show
        if event.key() == Qt.Key.Key_L and modifiers == Qt.KeyboardModifier.ControlModifier:
            return self._lock
        return None


def close_all_but(window: QWidget) -> None:
    """Close every list, menu, tip and dialog that lies in front of the window."""
    QToolTip.hideText()
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            other.close()
