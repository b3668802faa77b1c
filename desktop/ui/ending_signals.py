"""Ended by the system (log-out, shutdown) or by Ctrl+C: in order, with the last words kept."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

ENDING = signal.SIGTERM, signal.SIGINT


class EndingSignals(QObject):
    """Calls ``ended`` in the event loop, where a signal alone would wait for the next key."""

    def __init__(self, ended: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._ended = ended
        self._here, self._there = socket.socketpair()
        self._here.setblocking(False)
        self._there.setblocking(False)
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._told)
        self._before = {one: signal.signal(one, lambda *_: None) for one in ENDING}
        signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)

    def stop(self) -> None:
        """Leave the signals to whoever had them before."""
        signal.set_wakeup_fd(-1)
        for one, handler in self._before.items():
            signal.signal(one, handler)
        self._notifier.setEnabled(False)
        self._here.close()
        self._there.close()

    def _told(self) -> None:
        if any(number in ENDING for number in self._here.recv(64)):
            self._ended()
