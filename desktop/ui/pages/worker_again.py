"""How a worker takes the laptop back: a PIN or the passphrase, asked on the page itself."""

from __future__ import annotations

from unicodedata import normalize

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.services.trouble import Trouble
from desktop.ui.look.announcer import Announcer
from desktop.ui.look.buttons import secondary
from desktop.ui.look.card import Card
from desktop.ui.look.fields import LineField
from desktop.ui.look.labels import Body
from desktop.ui.pages.page import button_row
from desktop.ui.words import tr


class WorkerAgain(Card):
    """``tried`` carries a bytearray (UTF-8) that the receiver wipes after use.

    The receiver calls `refused`, or takes the page away. ``stopped``: the page stays as it was.
    """

    tried = Signal(object)
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._announcer = Announcer(self)
        self.field = LineField(self, characters=24)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        label = Body(tr("Worker: your PIN or passphrase"), self, bold=True)
        label.setBuddy(self.field)
        self.field.setAccessibleName(label.text())
        self.said = Body("", self)
        self.said.hide()
        self.go_back = secondary(tr("Take it back"))
        self.stay = secondary(tr("Stay here"))
        for part in (label, self.field, self.said):
            self.body.addWidget(part)
        self.body.addLayout(button_row(self.go_back, self.stay))
        self.field.returnPressed.connect(self._try)
        self.go_back.clicked.connect(self._try)
        self.stay.clicked.connect(self._stop)

    def begin(self) -> None:
        """Ask."""
        self.said.hide()
        self.field.setText("")  # not clear(): that can be undone
        self._set_working(False)
        self.show()
        self.field.setFocus()

    def refused(self, trouble: Trouble) -> None:
        """Say why the page stays."""
        self._set_working(False)
        self.said.setText(f"{trouble.title}. {trouble.message}")
        self.said.show()
        self._announcer.say(self.said.text(), urgent=True)
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._stop()
        else:
            super().keyPressEvent(event)

    def _try(self) -> None:
        if not self.field.text() or not self.field.isEnabled():
            return
        words = bytearray(normalize("NFC", self.field.text()).encode())
        self.field.setText("")
        self._set_working(True)
        self.tried.emit(words)

    def _stop(self) -> None:
        self.field.setText("")
        self.hide()
        self.stopped.emit()

    def _set_working(self, working: bool) -> None:
        for part in (self.field, self.go_back):
            part.setEnabled(not working)
