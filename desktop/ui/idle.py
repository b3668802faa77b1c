"""How long nobody has touched the laptop, and when that is long enough to lock.

Counts keys, mouse, wheel, touch and pen. Looks at the wall clock as well: a laptop that slept did
not count seconds meanwhile, and is locked when it wakes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from desktop.ui.attention import Attention

_TOUCHES = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.HoverMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TabletPress,
    QEvent.Type.TabletMove,
    QEvent.Type.InputMethod,
}
_LOOK_EVERY_MS = 1_000
_ASLEEP = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class IdlePolicy:
    """The council's times: ``visit`` holds while visit mode is on.

    The warning comes ``warning`` before the lock.
    """

    idle: timedelta = timedelta(minutes=5)
    visit: timedelta = timedelta(minutes=15)
    warning: timedelta = timedelta(seconds=60)


class IdleWatch(QObject):
    """``warned`` comes once, with the seconds that are left; ``touched`` when somebody then moves;
    ``idle_too_long`` when it is time to lock. ``seconds`` is a clock that never goes back.
    """

    warned = Signal(int)
    touched = Signal()
    idle_too_long = Signal()
    visit_ended = Signal()

    def __init__(
        self,
        policy: IdlePolicy,
        seconds: Callable[[], float],
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._policy, self._seconds, self._now = policy, seconds, now
        self._last = seconds()
        self._seen_at = now()
        self._visit_until: float | None = None
        self._has_warned = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._attention: Attention | None = None

    def watch(self) -> None:
        """Begin, now that there is something to lock."""
        self._touch()
        self._seen_at = self._now()
        self._attention = Attention(self)
        self._timer.start()

    def stop(self) -> None:
        """There is nothing left to lock."""
        self._timer.stop()
        if self._attention is not None:
            self._attention.stop()
            self._attention = None

    @property
    def is_visit(self) -> bool:
        """Whether visit mode is on."""
        return self._visit_until is not None

    @property
    def still_for(self) -> float:
        """Seconds since somebody last touched the laptop."""
        return self._seconds() - self._last

    def follow(self, policy: IdlePolicy) -> None:
        """The council's times, once they are known."""
        self._policy = policy

    def begin_visit(self, ends_after: timedelta) -> None:
        """The worker has arrived: the laptop lies open between people for longer."""
        self._visit_until = self._seconds() + ends_after.total_seconds()
        self._touch()

    def end_visit(self) -> None:
        """The worker has left."""
        self._visit_until = None
        self.visit_ended.emit()

    def look(self) -> None:
        """See how long it has been, and say so."""
        now, at = self._now(), self._seconds()
        slept = abs(now - self._seen_at) > _ASLEEP
        self._seen_at = now
        if self._visit_until is not None and at >= self._visit_until:
            self.end_visit()
        left = self._limit().total_seconds() - (at - self._last)
        if left <= 0 or slept:
            self._timer.stop()
            self.idle_too_long.emit()
        elif left <= self._policy.warning.total_seconds() and not self._has_warned:
            self._has_warned = True
            self.warned.emit(round(left))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that somebody is there; take nothing from anybody."""
        del watched
        if event.type() in _TOUCHES:
            self._touch()
        return False

    def _limit(self) -> timedelta:
        return self._policy.visit if self.is_visit else self._policy.idle

    def _touch(self) -> None:
        self._last = self._seconds()
        if self._has_warned:
            self._has_warned = False
            self.touched.emit()
