"""The blank page that covers everything, and the one field that leads back from it.

It shows nothing until somebody presses a key or clicks; then it asks for the PIN, or for the
passphrase while no PIN is chosen, and goes blank again when it is left alone.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.ui.look.announcer import Announcer
from desktop.ui.look.buttons import primary
from desktop.ui.look.fields import LineField
from desktop.ui.look.labels import Body, Quiet
from desktop.ui.look.spacing import TIGHT, WIDE
from desktop.ui.words import tr

BLANK_AGAIN_MS = 20_000


class WayBack(Enum):
    """What leads back from the blank page."""

    A_KEY = auto()
    PIN = auto()
    PASSPHRASE = auto()


class Cover(QWidget):
    """``given`` carries what was typed; the receiver shows the page again or calls `refused`."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.way_back = WayBack.A_KEY
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._announcer = Announcer(self)
        self._alone = QTimer(self)
        self._alone.setSingleShot(True)
        self._alone.setInterval(BLANK_AGAIN_MS)
        self._alone.timeout.connect(self.blank)
        self._label = Body("", bold=True)
        self.field = LineField(characters=16)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.returnPressed.connect(self._give)
        self.field.textEdited.connect(self._alone.start)
        self._label.setBuddy(self.field)
        self._status = Quiet()
        self._button = primary(tr("Show again"))
        self._button.clicked.connect(self._give)
        self._asking = QWidget()
        rows = QVBoxLayout(self._asking)
        rows.setSpacing(TIGHT)
        rows.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        for part in (self._label, self.field, self._status, self._button):
            rows.addWidget(part)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(self._asking, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(2)
        self.blank()

    def blank(self) -> None:
        """Show nothing."""
        self._alone.stop()
        self._asking.hide()
        self.field.setText("")  # not clear(): that can be undone
        self._say("")
        if self.isVisible():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self, begun: str = "") -> None:
        """Show the field, with what has been typed of it already."""
        is_pin = self.way_back is WayBack.PIN
        words = tr("PIN") if is_pin else tr("Passphrase")
        self._label.setText(words)
        self.field.setAccessibleName(words)
        self.field.setInputMethodHints(_HINTS | (_DIGITS if is_pin else _HINTS))
        self._asking.show()
        self.field.setEnabled(True)
        self._button.setEnabled(True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        if begun:
            self.field.insert(begun)
        self._alone.start()

    def refused(self, words: str) -> None:
        """Say why what was given does not lead back."""
        self.ask()
        self.field.setText("")
        self._say(words)
        self._announcer.say(words, urgent=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key on the blank page asks for the PIN; a digit is the first of it."""
        if self.way_back is WayBack.A_KEY or not event.text().strip():
            super().keyPressEvent(event)
            return
        self.ask(event.text())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """So does a click."""
        if self.way_back is not WayBack.A_KEY:
            self.ask()

    def _give(self) -> None:
        typed = self.field.text()
        if not typed or not self._button.isEnabled():
            return
        self.field.setText("")
        self.field.setEnabled(False)
        self._button.setEnabled(False)
        self._alone.stop()
        self.given.emit(typed)

    def _say(self, words: str) -> None:
        self._status.setText(words)
        self._status.setVisible(bool(words))


_HINTS = (
    Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)
_DIGITS = Qt.InputMethodHint.ImhDigitsOnly
