"""When what is typed is written to the vault, and what may be said about it.

Writes at a pause of 400 ms, and at latest 1 s after the first key that is not saved yet. Seals on
leaving the question, and at latest 60 s after the first word since the last seal. Whatever fails is
kept and tried again; nothing is said to be saved before the vault has come back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.services.filling import Filling
from desktop.ui.lanes import AnyLane
from forms.records.change import Change

PAUSE_MS = 400
LATEST_MS = 1_000
SEAL_MS = 60_000
AGAIN_MS = 5_000


class SaveState(Enum):
    """What may be said."""

    NOTHING_YET = auto()
    SAVING = auto()
    SAVED = auto()
    FAILED = auto()


class StillSaving(Exception):
    """The vault has not come back yet with what was said last."""

    title = "The last words are not saved yet"
    message = "This laptop is busy. Wait a moment, then try again."


class Saving(QObject):
    """Saves one filling. ``write`` and ``seal`` run in the vault lane, in order.

    ``changed`` is emitted when ``state`` is another; then ``saved_at`` or ``error`` tell more.
    """

    changed = Signal()

    def __init__(
        self,
        filling: Filling,
        lane: AnyLane,
        write: Callable[[Change], datetime],
        seal: Callable[[Sequence[Change]], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._filling, self._lane, self._write, self._seal = filling, lane, write, seal
        self._to_seal: list[Change] = []
        self._under_way = 0
        self.state = SaveState.NOTHING_YET
        self.saved_at: datetime | None = None
        self.error: Exception | None = None
        self._pause = self._timer(PAUSE_MS, self.write_now)
        self._latest = self._timer(LATEST_MS, self.write_now)
        self._sealing = self._timer(SEAL_MS, self.seal_now)
        self._again = self._timer(AGAIN_MS, self.try_again)

    def said(self) -> None:
        """Something was said: it will be written soon."""
        if not self._filling.is_unsaved:
            return
        self._pause.start()
        for timer in (self._latest, self._sealing):
            if not timer.isActive():
                timer.start()
        if self.state is not SaveState.FAILED:
            self._become(SaveState.SAVING)

    def write_now(self) -> None:
        """Write the open change as it stands."""
        self._pause.stop()
        self._latest.stop()
        self._to_seal.extend(self._filling.take_closed())
        self._send_sealed()
        change = self._filling.take_unsaved()
        if change is not None:
            self._submit(lambda: self._write(change), self._not_written)

    def seal_now(self) -> None:
        """End the open change and write it for good: a question, the page or the desk is left."""
        for timer in (self._pause, self._latest, self._sealing):
            timer.stop()
        self._to_seal.extend(self._filling.freeze())
        self._send_sealed()

    def try_again(self) -> None:
        """Write what could not be written."""
        self._again.stop()
        self.write_now()

    @property
    def unsaved(self) -> Exception | None:
        """What keeps words out of the vault at present; None if it has everything."""
        if self._under_way or self._to_seal or self._filling.is_unsaved:
            return self.error or StillSaving()
        return None

    def _send_sealed(self) -> None:
        sent, self._to_seal = self._to_seal, []
        if sent:
            self._submit(lambda: self._seal(sent), lambda error: self._not_sealed(sent, error))

    def _submit(self, job: Callable[[], datetime], failed: Callable[[Exception], None]) -> None:
        self._under_way += 1
        if self.state is not SaveState.FAILED:
            self._become(SaveState.SAVING)
        self._lane.submit(job, self._saved, failed)

    def _saved(self, at: datetime) -> None:
        self._under_way -= 1
        if self.unsaved is not None:
            return
        self.saved_at, self.error = at, None
        self._again.stop()
        self._become(SaveState.SAVED)

    def _not_written(self, error: Exception) -> None:
        self._filling.not_saved()
        self._failed(error)

    def _not_sealed(self, changes: list[Change], error: Exception) -> None:
        self._to_seal = changes + self._to_seal
        self._failed(error)

    def _failed(self, error: Exception) -> None:
        self._under_way -= 1
        self.error = error
        self._again.start()
        self._become(SaveState.FAILED)

    def _become(self, state: SaveState) -> None:
        if state is not self.state or state in (SaveState.SAVED, SaveState.FAILED):
            self.state = state
            self.changed.emit()

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer
