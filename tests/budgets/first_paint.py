"""Says when a window was first painted, and ends: for `tests.budgets.start`.

The work is that of this process; the parent that forked it says of its own in `WORKED_BEFORE`.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

WORKED_BEFORE = "YOUR_FAMILY_WORKED_BEFORE"


class FirstPaint(QObject):
    """Calls ``then`` once ``window`` was first painted: usually to say when, and to end."""

    def __init__(self, window: QWidget, then: Callable[[], None] | None = None) -> None:
        super().__init__(window)
        self._then = then or _painted
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait until all that is asked to be painted has been."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False


def _painted() -> None:
    worked = time.process_time() + float(os.environ.get(WORKED_BEFORE, "0"))
    sys.stdout.write(f"painted {time.monotonic()} {worked}\n")
    sys.stdout.flush()
    os._exit(0)


def bare() -> None:
    """The least that PySide6 can show."""
    app = QApplication([])
    window = QWidget()
    window.resize(1100, 780)
    FirstPaint(window)
    window.show()
    app.exec()


if __name__ == "__main__":
    bare()
