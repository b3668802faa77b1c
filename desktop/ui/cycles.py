"""Where Python takes apart what holds itself: on the GUI thread alone.

A page, its widgets and what they call hold each other. Python looks for such cycles in whatever
thread happens to make one object too many; in a lane, Qt would then destroy a widget while the
window still has it in hand, and the process dies.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 200
STILL = 2.0
"""Seconds without a key: looking through everything takes tens of milliseconds."""

AT_LATEST = 10
"""Times as long as Python would wait, if the worker never pauses."""


class Cycles(QObject):
    """Looks for cycles in place of Python, which does not do so by itself from here to `end`.

    ``still_for``: seconds since somebody last touched the laptop. Make it on the GUI thread.
    """

    def __init__(self, still_for: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._still_for = still_for
        timer = self._timer = QTimer(self)
        timer.setInterval(EVERY_MS)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Look through as much as is due: all that is there only while nobody types."""
        (young, middle, old), due = gc.get_count(), gc.get_threshold()
        if young <= due[0]:
            return
        if old > due[2] and (self._still_for() >= STILL or old > due[2] * AT_LATEST):
            gc.collect()
        else:
            gc.collect(1 if middle > due[1] else 0)

    def end(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()


def keep_what_is_imported() -> None:
    """The first time: all that is there stays to the end, and is not looked through any more."""
    if not gc.get_freeze_count():
        gc.freeze()
