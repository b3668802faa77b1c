"""Choosing the PIN that brings the window back after Hide."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.trouble import Trouble
from desktop.ui.look.announcer import Announcer
from desktop.ui.look.buttons import primary, secondary
from desktop.ui.look.card import Card
from desktop.ui.look.fields import LineField
from desktop.ui.look.labels import Body, Quiet
from desktop.ui.pages.page import ColumnPage, button_row, emptied
from desktop.ui.pages.trouble import trouble_notice
from desktop.ui.words import tr

_DIGITS = 10


class PinPage(ColumnPage):
    """``chosen`` carries the PIN; the receiver calls `refused`, or shows another page."""

    chosen = Signal(str)
    later = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("PIN for Hide"), parent=parent, characters=64)
        self._announcer = Announcer(self)
        self._notices = QVBoxLayout()
        self.content.addLayout(self._notices)
        words = tr(
            "Hide makes the window blank with one key. A short PIN brings it back where you were. "
            "After three wrong tries the laptop locks, and nothing is lost."
        )
        self.content.addWidget(Body(words))
        card = Card()
        label = Body(tr("PIN"), bold=True)
        self.field = LineField(characters=_DIGITS)
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData
        )
        self.field.setAccessibleName(tr("PIN"))
        hint = tr("4 to 8 digits. Shown while you choose it, so choose it when you are alone.")
        self.field.setAccessibleDescription(hint)
        self.field.returnPressed.connect(self._choose)
        label.setBuddy(self.field)
        keep, later = primary(tr("Keep this PIN")), secondary(tr("Not now"))
        keep.clicked.connect(self._choose)
        later.clicked.connect(self.later)
        across = QHBoxLayout()
        across.addWidget(self.field)
        across.addStretch(1)
        card.body.addWidget(label)
        card.body.addWidget(Quiet(hint))
        card.body.addLayout(across)
        card.body.addLayout(button_row(keep, later))
        self.content.addWidget(card)

    def landing(self) -> QWidget:
        """The field: there is nothing else to do here."""
        return self.field

    def refused(self, trouble: Trouble) -> None:
        """Say why this is no PIN to keep."""
        self.rename(tr("Error: {page}", page=tr("PIN for Hide")))
        emptied(self._notices)
        self._notices.addWidget(trouble_notice(trouble))
        self._announcer.say(f"{trouble.title}. {trouble.message}", urgent=True)
        self.field.setFocus()
        self.field.selectAll()

    def leave(self) -> None:
        """A PIN that was typed stays on no page."""
        self.field.setText("")  # not clear(): that can be undone

    def _choose(self) -> None:
        self.chosen.emit(self.field.text().strip())
