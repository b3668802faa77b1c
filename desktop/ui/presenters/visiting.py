"""Visit mode: begun on arriving, ended on leaving or by itself, and shown in the bar."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject

from desktop.services.clock import Clock
from desktop.services.visiting import Visiting
from desktop.ui.idle import IdleWatch
from desktop.ui.moments import Moments
from desktop.ui.window import Window
from desktop.ui.words import tr


class VisitPresenter(QObject):
    """Tells the watch how patient to be. A visit that was on before a lock goes on after it."""

    def __init__(self, window: Window, idle: IdleWatch, visiting: Visiting, clock: Clock) -> None:
        super().__init__(window)
        self._window, self._idle, self._visiting, self._clock = window, idle, visiting, clock
        self._moments = Moments(clock)
        window.bar.visit_asked.connect(self._begin_or_end)
        idle.visit_ended.connect(self._ended)
        ends = visiting.ends()
        if ends is not None:
            self._lasts_until(ends)

    def begin(self) -> None:
        """The worker has arrived."""
        if not self._idle.is_visit:
            self._begin_or_end()

    def _begin_or_end(self) -> None:
        if self._idle.is_visit:
            self._idle.end_visit()
        else:
            self._lasts_until(self._visiting.begin())
            self._window.tell(tr("The visit has started. The laptop locks later."))

    def _lasts_until(self, ends: datetime) -> None:
        self._idle.begin_visit(ends - self._clock.now())
        self._window.bar.show_visit(self._moments.when(ends))

    def _ended(self) -> None:
        self._visiting.end()
        self._window.bar.show_visit("")
        self._window.tell(tr("The visit has ended. The laptop locks sooner again."))
