"""A timer on the window's thread that notices when it comes late, and what was done meanwhile."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 5
LATE = 0.050


@dataclass(frozen=True)
class Stall:
    """A time in which the window did not answer, during which step, and where in it.

    ``seconds`` on the clock; ``worked`` is what its own thread worked of that.
    """

    seconds: float
    worked: float
    step: str
    where: str = ""


@dataclass
class _Sample:
    at: float
    where: str


@dataclass
class Heartbeat:
    """Runs between ``begin`` and ``end``. ``step`` names what is being done."""

    parent: QObject
    step: str = ""
    stalls: list[Stall] = field(default_factory=list)
    longest: float = 0.0
    beats: int = 0

    def begin(self) -> None:
        """Begin to beat."""
        self._thread = threading.get_ident()
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._samples: list[_Sample] = []
        self._over = threading.Event()
        self._timer = QTimer(self.parent)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self._watch = threading.Thread(target=self._look, name="heartbeat", daemon=True)
        self._watch.start()

    def end(self) -> None:
        """Stop, and leave nothing behind."""
        self._timer.stop()
        self._timer.deleteLater()
        self._over.set()
        self._watch.join()

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        late = now - self._last
        self.beats += 1
        self.longest = max(self.longest, late)
        if late > LATE:
            seen = [s.where for s in self._samples if s.at > self._last]
            self.stalls.append(
                Stall(late, worked - self._worked, self.step, seen[len(seen) // 2] if seen else "")
            )
        self._samples.clear()
        self._last, self._worked = now, worked

    def _look(self) -> None:
        """In its own thread: note where the window's thread is, while it is late."""
        while not self._over.wait(0.01):
            if time.perf_counter() - self._last > LATE / 2:
                frame = sys._current_frames().get(self._thread)
                self._samples.append(_Sample(time.perf_counter(), _place(frame)))


def _place(frame: object) -> str:
    told = [
        f"{line.filename.rpartition('/')[2]}:{line.lineno} {line.name}"
        for line in traceback.extract_stack(frame)  # type: ignore[arg-type]
        if "/desktop/" in line.filename or "/forms/" in line.filename
    ]
    return " < ".join(reversed(told[-5:]))
