"""Work off the GUI thread: one lane for the vault, one for the network.

A lane runs plain callables one at a time, in order, and brings each result back to the GUI thread.
It knows nothing of what it runs. Tests use `InlineLane`, which runs each job where it stands.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Condition
from types import CellType
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, Signal, SignalInstance, Slot
from shiboken6 import isValid

Result = TypeVar("Result")
Failed = Callable[[Exception], None]

CLOSING_TAKES_AT_MOST_MS = 30_000

GIVES_WAY_AFTER = 0.0005
"""Seconds that a lane computes while the window waits for Python: its own 5 ms, at every call that
the window makes of Qt, had a page take half as long again (measured) while a form is read."""


class LaneClosed(Exception):
    """The job was not run, because its lane had closed."""

    title = "The program is closing"
    message = "This was not started, because the program is closing. Nothing is lost."


class AnyLane(Protocol):
    """What pages know of a lane."""

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits, or a result has not been handed over yet."""

    def submit(
        self,
        job: Callable[[], Result],
        then: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        *,
        background: bool = False,
    ) -> None:
        """Run ``job`` in the lane; call ``then`` or ``failed`` on the GUI thread.

        Jobs of one kind keep their order. Those in the background (sync's) go after all others.
        Without ``failed`` an error is raised on the GUI thread, where the problem page takes it.
        """

    def ask(self, job: Callable[[], Result]) -> Result:
        """Run ``job`` in this lane, in the background, and wait for it: for another lane's thread.

        Raises what the job raises, or `LaneClosed`. Never call it on the GUI thread.
        """

    def tell(self, then: Callable[[Result], None], value: Result) -> None:
        """Call ``then`` on the GUI thread soon, in order: for a job that says how far it is.

        A job emits no signal of a page: that may go in the very moment.
        """

    def close(self) -> bool:
        """Finish what was submitted, drop what is in the background; False if it took too long."""


@dataclass(slots=True, repr=False)
class _Job:
    run: Callable[[], Any]
    then: Callable[[Any], None] | None
    failed: Failed | None
    value: Any = None
    error: Exception | None = None

    def go(self) -> None:
        try:
            self.value = self.run()
        except Exception as error:  # noqa: BLE001  whatever it is, it goes to who asked
            self.error = error

    def __post_init__(self) -> None:
        for receiver in (self.then, self.failed):
            if isinstance(getattr(receiver, "__self__", None), SignalInstance):
                raise TypeError("a signal does not tell whose it is: give a method that emits it")

    def deliver(self) -> None:
        if self.error is None:
            if self.then is not None:
                _hand_over(self.then, self.value)
        elif self.failed is None:
            raise self.error
        else:
            _hand_over(self.failed, self.error)


def _hand_over(receiver: Callable[[Any], None], value: object) -> None:
    if _still_there(receiver):
        receiver(value)


def _still_there(receiver: Callable[..., None]) -> bool:
    """False for a receiver of a page that Qt has destroyed meanwhile.

    It is a method of the page, a partial of one, or a function made inside one.
    """
    function = receiver.func if isinstance(receiver, partial) else receiver
    cells = getattr(function, "__closure__", None) or ()
    held = [getattr(function, "__self__", None), *(_content(cell) for cell in cells)]
    return all(isValid(thing) for thing in held if isinstance(thing, QObject))


def _content(cell: CellType) -> object:
    try:
        return cell.cell_contents
    except ValueError:  # nothing was put in it yet
        return None


class _Runner(QThread):
    """Takes jobs from two queues; the second only when the first is empty."""

    ready = Signal()

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._changed = Condition()
        self._first: deque[_Job] = deque()
        self._background: deque[_Job] = deque()
        self._finished: deque[Callable[[], None]] = deque()
        self._running = 0
        self._closing = False

    @property
    def busy(self) -> bool:
        with self._changed:
            return bool(self._first or self._background or self._finished or self._running)

    def put(self, job: _Job, *, background: bool) -> None:
        with self._changed:
            if self._closing:
                raise LaneClosed
            (self._background if background else self._first).append(job)
            self._changed.notify()
            if not self.isRunning():  # with the first job: the unlock page waits for no thread
                self.start()

    def run(self) -> None:
        while (job := self._next()) is not None:
            job.go()
            with self._changed:
                self._running = 0
                self._finished.append(job.deliver)
                del job  # or a page that nobody else holds any more would go with it, here
            self.ready.emit()

    def tell(self, message: Callable[[], None]) -> None:
        with self._changed:
            self._finished.append(message)
        self.ready.emit()

    def _next(self) -> _Job | None:
        with self._changed:
            while not (self._first or self._background or self._closing):
                self._changed.wait()
            queue = self._first or self._background
            if not queue:
                return None
            self._running = 1
            return queue.popleft()

    def take_finished(self) -> Callable[[], None] | None:
        with self._changed:
            return self._finished.popleft() if self._finished else None

    def stop(self) -> list[_Job]:
        """Take nothing new; the jobs of the background that will not be run."""
        with self._changed:
            self._closing = True
            dropped = list(self._background)
            self._background.clear()
            self._changed.notify()
        return dropped


class Lane(QObject):
    """A thread with a queue (see `AnyLane`). Make it, use it and close it on the GUI thread."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = _Runner(name, self)
        self._runner.ready.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        sys.setswitchinterval(GIVES_WAY_AFTER)

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits, or a result has not been handed over yet."""
        return self._runner.busy

    def submit(
        self,
        job: Callable[[], Result],
        then: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        *,
        background: bool = False,
    ) -> None:
        """Run ``job`` in the lane; call ``then`` or ``failed`` on the GUI thread."""
        self._runner.put(_Job(job, then, failed), background=background)

    def ask(self, job: Callable[[], Result]) -> Result:
        """Run ``job`` in the background and wait for it: for another lane's thread."""
        if QThread.currentThread() in (self.thread(), self._runner):
            raise RuntimeError("a lane is asked from another lane, never from the GUI or itself")
        from concurrent.futures import Future  # not before the unlock page is shown

        answer: Future[Result] = Future()

        def run() -> None:
            try:
                answer.set_result(job())
            except Exception as error:  # noqa: BLE001  raised again where it was asked
                answer.set_exception(error)

        self._runner.put(
            _Job(run, None, lambda error: answer.set_exception(error)), background=True
        )
        return answer.result()

    def tell(self, then: Callable[[Result], None], value: Result) -> None:
        """Call ``then`` on the GUI thread soon, in order: for a job that says how far it is."""
        self._runner.tell(partial(_hand_over, then, value))

    def close(self) -> bool:
        """Finish what was submitted, drop what is in the background; False if it took too long."""
        for job in self._runner.stop():
            if job.failed is not None:
                job.failed(LaneClosed())
        return self._runner.wait(CLOSING_TAKES_AT_MOST_MS)

    @Slot()
    def _deliver(self) -> None:
        deliver = self._runner.take_finished()
        if deliver is not None:
            deliver()


class InlineLane:
    """The same calls, each job run at once where it stands: for tests."""

    def __init__(self) -> None:
        self._closed = False

    @property
    def busy(self) -> bool:
        """Never: a job is over when `submit` returns."""
        return False

    def submit(
        self,
        job: Callable[[], Result],
        then: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        *,
        background: bool = False,
    ) -> None:
        """Run ``job`` now and hand over its result."""
        if self._closed:
            raise LaneClosed
        here = _Job(job, then, failed)
        here.go()
        here.deliver()

    def ask(self, job: Callable[[], Result]) -> Result:
        """Run ``job`` now."""
        if self._closed:
            raise LaneClosed
        return job()

    def tell(self, then: Callable[[Result], None], value: Result) -> None:
        """Call ``then`` now."""
        _hand_over(then, value)

    def close(self) -> bool:
        """Take no more jobs."""
        self._closed = True
        return True
