"""Gives a program hands and eyes for a parent: `python -m tests.journeys.agent MODULE ...`.

Not a part of the product. It runs MODULE as `python -m` would, and beside it reads orders from
standard input, one JSON object a line, and answers each with one line on standard output:

    {"do": "key", "key": "Tab", "held": ["Shift"]}     {"do": "text", "text": "…"}
    {"do": "press" | "move" | "release" | "click", "x": 1, "y": 2}
    {"do": "wheel", "x": 1, "y": 2, "steps": -3}       {"do": "picture", "path": "…"}
    {"do": "read"}

Keys and mouse go to the window as the system would send them (QTest on a QWindow); no method of
a widget is called but those that read. `read` answers with the accessibility tree.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimerEvent, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.journeys.reading import read_windows

Order = dict[str, Any]
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Hands(QObject):
    """Carries out orders on the GUI thread."""

    started = Signal()
    ordered = Signal(object)

    def __init__(self, answer: Callable[[Order], None]) -> None:
        super().__init__()
        self._answer = answer
        self._pressed_in: QWidget | None = None
        self._waiting: deque[Order] = deque()
        self._loops_in_use = 0
        self.started.connect(self.start)
        self.ordered.connect(self.take)

    @Slot()
    def start(self) -> None:
        """Begin, on the GUI thread."""
        self.startTimer(20)

    @Slot(object)
    def take(self, order: Order) -> None:
        """Carry out orders one after the other.

        QTest handles other events while it sends one, so that an order may arrive in the middle of
        the one before; it waits, unless that one has opened a dialog, which has a loop of its own.
        """
        self._waiting.append(order)
        self._go_on()

    def timerEvent(self, event: QTimerEvent) -> None:
        """Look whether a dialog has opened in the middle of an order."""
        self._go_on()

    def _go_on(self) -> None:
        while self._waiting and self.thread().loopLevel() > self._loops_in_use:
            before, self._loops_in_use = self._loops_in_use, self.thread().loopLevel()
            try:
                self._carry_out(self._waiting.popleft())
            finally:
                self._loops_in_use = before

    def _carry_out(self, order: Order) -> None:
        """Do what was ordered and answer.

        Keys and clicks are answered before they are sent: one that opens a dialog comes back only
        when the dialog closes, and the orders that close it arrive in the dialog's own loop.
        """
        act = getattr(self, f"_{order.pop('do')}")
        if act in (self._read, self._picture):
            self._answer(act(**order))
        else:
            self._answer({})
            act(**order)

    def _read(self) -> Order:
        focus_what_is_left()
        return {"windows": read_windows()}

    def _picture(self, path: str) -> Order:
        shown = QApplication.activeModalWidget() or QApplication.activeWindow()
        if shown is None:
            return {"saved": False}
        return {"saved": shown.window().grab().save(path)}

    def _key(self, key: str, held: tuple[str, ...] = ()) -> None:
        modifiers = NONE
        for name in held:
            modifiers |= getattr(Qt.KeyboardModifier, f"{name}Modifier")
        window = window_with_focus()
        if window is not None:
            QTest.keyClick(window.windowHandle(), getattr(Qt.Key, f"Key_{key}"), modifiers)

    def _text(self, text: str) -> None:
        for character in text:
            window = window_with_focus()
            if window is None:
                return
            key = Qt.Key.Key_Return if character == "\n" else Qt.Key.Key_unknown
            written = "\r" if character == "\n" else character
            for action in (QTest.KeyAction.Press, QTest.KeyAction.Release):
                QTest.sendKeyEvent(action, window.windowHandle(), key, written, NONE)

    def _click(self, x: int, y: int) -> None:
        self._move(x, y)
        self._press(x, y)
        self._release(x, y)

    def _press(self, x: int, y: int) -> None:
        self._pressed_in = window_at(x, y)
        self._mouse(QTest.MouseAction.MousePress, x, y)

    def _release(self, x: int, y: int) -> None:
        self._mouse(QTest.MouseAction.MouseRelease, x, y)
        self._pressed_in = None

    def _move(self, x: int, y: int) -> None:
        self._mouse(QTest.MouseAction.MouseMove, x, y)

    def _mouse(self, action: QTest.MouseAction, x: int, y: int) -> None:
        window = self._pressed_in or window_at(x, y)
        if window is not None:
            button = Qt.MouseButton.NoButton if action is QTest.MouseAction.MouseMove else LEFT
            place = window.mapFromGlobal(QPoint(x, y))
            QTest.mouseEvent(action, window.windowHandle(), button, NONE, place)

    def _wheel(self, x: int, y: int, steps: int) -> None:
        window = window_at(x, y)
        if window is not None:
            place = QPointF(window.mapFromGlobal(QPoint(x, y)))
            QTest.wheelEvent(window.windowHandle(), place, QPoint(0, 120 * steps))


def focus_what_is_left() -> None:
    """Where no window manager does it, give focus to the window below one that was closed."""
    if QGuiApplication.focusWindow() is None:
        shown = [window for window in QGuiApplication.topLevelWindows() if window.isVisible()]
        if shown:
            shown[-1].requestActivate()


def window_with_focus() -> QWidget | None:
    """Where the system would send a key: an open list first, then the active window.

    The widget of the window, not its handle: Python forgets a handle with the widget's last name.
    """
    shown = QApplication.activePopupWidget() or QApplication.activeWindow()
    return shown.window() if shown is not None else None


def window_at(x: int, y: int) -> QWidget | None:
    """The window that a mouse at this place of the screen would meet."""
    widget: QWidget | None = QApplication.activePopupWidget()
    if widget is None or not widget.window().frameGeometry().contains(x, y):
        modal = QApplication.activeModalWidget()
        widget = modal or QApplication.widgetAt(x, y)
    return widget.window() if widget is not None else None


def listen(orders: Any, answers: Any) -> None:
    """Hand each order to the GUI thread; ends when the parent closes its end."""
    while (app := QApplication.instance()) is None:
        time.sleep(0.01)

    def answer(reply: Order) -> None:
        answers.write(json.dumps(reply) + "\n")
        answers.flush()

    hands = Hands(answer)
    hands.moveToThread(app.thread())
    hands.started.emit()
    for line in orders:
        hands.ordered.emit(json.loads(line))


def main() -> None:
    """Run the module named first, with the arguments that follow."""
    module, sys.argv = sys.argv[1], sys.argv[1:]
    orders, answers = os.fdopen(os.dup(0), "r", encoding="utf-8"), os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the program prints must not be taken for an answer
    sys.stdin = Path(os.devnull).open()  # noqa: SIM115  for the life of the process
    threading.Thread(target=listen, args=(orders, answers), daemon=True).start()
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
