"""The sync page: one sync at a time, in the network lane."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject, Qt, Signal

from desktop.services.syncing import Syncing
from desktop.services.views import SyncOutcome, SyncProgress, SyncState, Trouble
from desktop.ui.lanes import AnyLane
from desktop.ui.pages.sync import SyncPage


class SyncPresenter(QObject):
    """Runs a sync when it is asked for, and stops it when that is asked for."""

    _moved = Signal(object)

    def __init__(
        self,
        page: SyncPage,
        vault_lane: AnyLane,
        network_lane: AnyLane,
        syncing: Syncing,
        open_family: Callable[[str], None],
        lock: Callable[[], None],
    ) -> None:
        super().__init__(page)
        self._page, self._vault_lane, self._network_lane = page, vault_lane, network_lane
        self._syncing, self._lock = syncing, lock
        self._stop = Event()
        self._moved.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        page.sync_asked.connect(self.sync)
        page.cancel_asked.connect(self._stop.set)
        page.family_chosen.connect(open_family)
        page.destroyed.connect(self._stop.set)
        vault_lane.submit(syncing.state, page.show_state)

    def sync(self) -> None:
        """Begin a sync."""
        self._stop.clear()
        self._page.started()
        stop, moved, ask = self._stop, self._moved, self._vault_lane.ask

        def run() -> SyncOutcome:
            return self._syncing.run(ask, moved.emit, stop.is_set)

        self._network_lane.submit(run, self._finished, self._failed)

    def _finished(self, outcome: SyncOutcome) -> None:
        if outcome.must_lock:
            self._lock()
        else:
            self._page.finished(outcome)

    def _show_progress(self, progress: SyncProgress) -> None:
        self._page.show_progress(progress)

    def _failed(self, error: Exception) -> None:
        title, message = getattr(error, "title", None), getattr(error, "message", None)
        if title is None or message is None:
            raise error
        trouble, now = Trouble(title, message), self._syncing.clock.now()

        def finished(state: SyncState) -> None:
            self._page.finished(SyncOutcome(now, 0, 0, state=state, trouble=trouble))

        self._vault_lane.submit(self._syncing.state, finished)
