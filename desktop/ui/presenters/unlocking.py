"""Unlocking: the passphrase goes to the vault lane and comes back as the open services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from desktop.services.trouble import Trouble
from desktop.ui.lanes import AnyLane
from desktop.ui.pages.unlock import UnlockPage

Opened = TypeVar("Opened")


class UnlockPresenter(QObject, Generic[Opened]):
    """Unlocks with what the page was given, once at a time; the passphrase is wiped after use."""

    def __init__(
        self,
        page: UnlockPage,
        lane: AnyLane,
        unlock: Callable[[bytearray], Opened],
        opened: Callable[[Opened], None],
        seconds_to_wait: Callable[[], float],
    ) -> None:
        super().__init__(page)
        self._page, self._lane = page, lane
        self._unlock, self._opened, self._seconds_to_wait = unlock, opened, seconds_to_wait
        page.unlock_asked.connect(self._ask)

    def _ask(self, passphrase: bytearray) -> None:
        def unlock() -> Opened:
            try:
                return self._unlock(passphrase)
            finally:
                passphrase[:] = bytes(len(passphrase))

        self._lane.submit(unlock, self._opened, self._refused)

    def _refused(self, error: Exception) -> None:
        if not hasattr(error, "title") or not hasattr(error, "message"):
            raise error
        wait = timedelta(seconds=self._seconds_to_wait())
        self._page.refused(Trouble(error.title, error.message), wait or None)
