"""A long piece of work, a little at a time: the window answers between one turn and the next."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

_OVER = object()


class Turns(QObject):
    """Takes one step whenever the window has nothing else to do, until there are no more.

    A step is what the work does up to its next ``yield``: about ten milliseconds of it.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] = iter(())
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._step)

    def begin(self, steps: Iterator[object]) -> None:
        """Take the first of these steps now, the others by turns, and none of those before."""
        self._steps = steps
        self._step()

    def complete(self) -> None:
        """Take all that are left now."""
        self._next.stop()
        for _ in self._steps:
            pass

    def stop(self) -> None:
        """Let go what is left."""
        self._next.stop()
        self._steps = iter(())

    @property
    def are_left(self) -> bool:
        """Whether there is more to do."""
        return self._next.isActive()

    def _step(self) -> None:
        steps = self._steps
        is_over = next(steps, _OVER) is _OVER
        if steps is not self._steps:
            return  # the step itself began something else
        if is_over:
            self._next.stop()
        else:
            self._next.start()
