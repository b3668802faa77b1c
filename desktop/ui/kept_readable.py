"""Keeps what is unsent readable for the council, whatever becomes of this laptop."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop.ui.lanes import AnyLane
from desktop.ui.window import Window
from desktop.vault import Vault

AFTER_WRITING = 60_000
"""Milliseconds at most until what was written is in the sealed file, locked or not."""


class KeptReadable(QObject):
    """Has the sealed file made when the window is hidden, and a minute after something was written.

    A laptop whose battery ended is locked by nobody; if it is then lost and wiped, no more than the
    last minute is.
    """

    def __init__(self, window: Window, lane: AnyLane, vault: Vault) -> None:
        super().__init__(window)
        self._lane, self._vault, self._is_over = lane, vault, False
        self._timer = QTimer(self, singleShot=True, interval=AFTER_WRITING)
        self._timer.timeout.connect(self._keep_in_mid_writing)
        window.hidden_from_view.connect(self._keep)

    def written(self) -> None:
        """Something was written: keep it within a minute."""
        if not self._is_over and not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Begin nothing by itself any more: the last words are saved and sealed by who ends it."""
        self._is_over = True
        self._timer.stop()

    def _keep(self) -> None:
        self._lane.submit(self._vault.keep_sealed, None, lambda _: None, background=True)

    def _keep_in_mid_writing(self) -> None:
        def keep() -> None:
            self._vault.keep_sealed(in_mid_writing=True)

        self._lane.submit(keep, None, lambda _: None, background=True)
