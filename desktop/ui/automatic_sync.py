"""Sync that begins by itself: on unlocking, when a network comes, after work, on a timer.

One at a time, in the network lane, behind whatever the worker is doing. What it brought is kept
until somebody has been shown it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.services.syncing import NotEnrolled, Syncing
from desktop.services.trouble import Trouble
from desktop.services.views import FamilyNews, SyncOutcome, SyncProgress, SyncState
from desktop.ui.lanes import AnyLane
from desktop.ui.network import Reachability
from sync.client.backoff import Schedule

AFTER_UNLOCKING = 5.0
METERED_FILE = 1_000_000
"""The largest file, in bytes, that goes by itself over a line that costs money."""


class AutomaticSync(QObject):
    """When to sync, and the one sync that runs. ``timer`` counts seconds and never goes back."""

    started = Signal()
    progressed = Signal(object)
    finished = Signal(object)

    def __init__(
        self,
        syncing: Syncing,
        vault_lane: AnyLane,
        network_lane: AnyLane,
        network: Reachability,
        timer: Callable[[], float],
        jitter: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._syncing, self._network = syncing, network
        self._vault_lane, self._network_lane = vault_lane, network_lane
        self._timer, self._jitter = timer, jitter
        self._schedule = Schedule(due=timer() + AFTER_UNLOCKING)
        self._stop = Event()
        self._unseen: dict[str, FamilyNews] = {}
        self.is_running = False
        self.progress: SyncProgress | None = None
        self._alarm = QTimer(self, singleShot=True)
        self._alarm.timeout.connect(self._ring)

    def start(self) -> None:
        """Begin to watch; nothing for a vault that no council knows."""
        if self._syncing.membership is not None:
            self._set_alarm()

    def asked(self) -> None:
        """A person wants it now: files of any size, whatever the line costs."""
        self._schedule = self._schedule.asked(self._timer())
        self._run(None)

    def sign_in(self, open_browser: Callable[[str], object]) -> None:
        """Ask the worker to sign in, in the browser; then sync."""
        if self.is_running:
            return
        self.is_running = True
        self._stop.clear()
        self.started.emit()
        stop, ask = self._stop, self._vault_lane.ask
        self._network_lane.submit(
            lambda: self._syncing.sign_in(ask, open_browser, stop.is_set),
            self._signed_in,
            self._failed,
        )

    def _signed_in(self, _none: None) -> None:
        self.is_running = False
        self.asked()

    def saved(self) -> None:
        """Work was kept: send it when it has been quiet for a while."""
        self._schedule = self._schedule.saved(self._timer())
        self._set_alarm()

    def network_came(self) -> None:
        """There is a network again, or the laptop woke."""
        self._schedule = self._schedule.network_came(self._timer())
        self._set_alarm()

    def cancel(self) -> None:
        """Stop after the message that is on its way."""
        self._stop.set()

    def stop(self) -> None:
        """The vault is closing: begin nothing more."""
        self._alarm.stop()
        self._stop.set()

    # inside
    def _set_alarm(self) -> None:
        due = self._schedule.due
        if due is None or self.is_running or self._syncing.membership is None:
            self._alarm.stop()
        else:
            self._alarm.start(round(max(0.0, due - self._timer()) * 1000))

    def _ring(self) -> None:
        if self._schedule.is_due(self._timer()):
            self._run(METERED_FILE if self._network.is_metered else None)
        else:
            self._set_alarm()

    def _run(self, largest_file: int | None) -> None:
        if self.is_running:
            return
        self.is_running = True
        self._alarm.stop()
        self._stop.clear()
        self.progress = None
        self.started.emit()
        stop, ask = self._stop, self._vault_lane.ask
        moved = partial(self._network_lane.tell, self._progressed)
        self._network_lane.submit(
            lambda: self._syncing.run(ask, moved, stop.is_set, largest_file),
            self._ended,
            self._failed,
        )

    def _progressed(self, progress: SyncProgress) -> None:
        if self.is_running:
            self.progress = progress
            self.progressed.emit(progress)

    def _ended(self, outcome: SyncOutcome) -> None:
        self.is_running = False
        now = self._timer()
        if outcome.trouble is None and not outcome.cancelled:
            self._schedule = self._schedule.succeeded(now)
        else:
            self._schedule = self._schedule.failed(
                now,
                self._jitter,
                retry=outcome.retry and not outcome.cancelled,
                retry_after=outcome.retry_after,
            )
        for news in outcome.news:
            earlier = self._unseen.get(news.family)
            lines = (*(earlier.lines if earlier else ()), *news.lines)
            self._unseen[news.family] = replace(news, lines=tuple(dict.fromkeys(lines)))
        self._set_alarm()
        self.finished.emit(replace(outcome, news=tuple(self._unseen.values())))

    def was_shown(self) -> None:
        """Somebody has been shown what it brought."""
        self._unseen.clear()

    def _failed(self, error: Exception) -> None:
        title, message = getattr(error, "title", None), getattr(error, "message", None)
        if title is None or message is None:
            self.is_running = False
            raise error
        trouble, now = Trouble(title, message), self._syncing.clock.now()
        retry = not isinstance(error, NotEnrolled)

        def ended(state: SyncState) -> None:
            self._ended(SyncOutcome(now, 0, 0, state=state, trouble=trouble, retry=retry))

        self._vault_lane.submit(self._syncing.state, ended)
