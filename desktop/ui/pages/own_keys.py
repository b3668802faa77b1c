"""Another passphrase or PIN, for a worker who fears that somebody has seen the one of now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import normalize

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.services.trouble import Trouble
from desktop.ui.look.announcer import Announcer
from desktop.ui.look.buttons import primary, secondary
from desktop.ui.look.card import Card
from desktop.ui.look.fields import LineField
from desktop.ui.look.labels import Body, Heading
from desktop.ui.pages.page import ColumnPage, button_row, emptied
from desktop.ui.pages.passphrase_card import PassphraseCard, ask_for
from desktop.ui.pages.trouble import trouble_notice
from desktop.ui.words import tr


@dataclass(frozen=True, slots=True, repr=False)
class KeysAsked:
    """What the worker typed; what is empty stays as it was.

    The receiver wipes ``old`` and ``new`` (UTF-8, NFC) after use.
    """

    old: bytearray
    new: bytearray
    pin: str


class OwnKeysPage(ColumnPage):
    """``change_asked`` carries a `KeysAsked`; the receiver calls `refused`, or goes back."""

    change_asked = Signal(object)
    later = Signal()

    def __init__(self, offer: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(tr("Your passphrase and PIN"), parent=parent, characters=70)
        self._announcer = Announcer(self)
        self._notices = QVBoxLayout()
        self.content.addLayout(self._notices)
        words = tr(
            "Change them if somebody may have seen them. Do it when you are alone: what you choose "
            "is shown while you choose it."
        )
        self.content.addWidget(Body(words))
        self.old, self.pin = LineField(), LineField()
        self.old.setEchoMode(QLineEdit.EchoMode.Password)
        self.content.addWidget(self._asking(tr("Your passphrase now"), tr("Not shown."), self.old))
        self._choosing = PassphraseCard(tr("Another passphrase"), tr("New passphrase"), offer)
        self._choosing.entered.connect(self._ask)
        self.new = self._choosing.field
        self._choosing.body.addWidget(
            Body(
                tr(
                    "Leave it empty to keep the one you have. A copy of this laptop's files that "
                    "was made before still opens with the old one: if you fear that, ring your "
                    "council's IT help desk."
                )
            )
        )
        self.content.addWidget(self._choosing)
        hint = tr("4 to 8 digits. Leave it empty to keep the one you have.")
        self.content.addWidget(self._asking(tr("New PIN"), hint, self.pin, tr("PIN for Hide")))
        self._change, later = primary(tr("Change")), secondary(tr("Not now"))
        self._change.clicked.connect(self._ask)
        later.clicked.connect(self.later)
        self.content.addLayout(button_row(self._change, later))

    def landing(self) -> QWidget:
        """The passphrase of now: nothing changes without it."""
        return self.old

    def refused(self, trouble: Trouble) -> None:
        """Say why nothing has changed; what was typed stays."""
        self.rename(tr("Error: {page}", page=tr("Your passphrase and PIN")))
        emptied(self._notices)
        self._notices.addWidget(trouble_notice(trouble))
        self._announcer.say(f"{trouble.title}. {trouble.message}", urgent=True)
        self._set_working(False)
        self.scroller.to_top()
        self.old.setFocus()

    def conceal(self) -> None:
        """A visit has begun: others may see the screen."""
        self._choosing.conceal()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)

    def leave(self) -> None:
        """What was typed stays on no page."""
        for field in (self.old, self.new, self.pin):
            field.setText("")  # not clear(): that can be undone

    # Inside ------------------------------------------------------------------------------

    def _asking(self, words: str, hint: str, field: LineField, title: str = "") -> Card:
        card = Card()
        if title:
            card.body.addWidget(Heading(title, 2))
        ask_for(card, words, hint, field)
        field.returnPressed.connect(self._ask)
        return card

    def _ask(self) -> None:
        if not self._change.isEnabled():
            return
        old, new = (bytearray(normalize("NFC", f.text()).encode()) for f in (self.old, self.new))
        pin = self.pin.text().strip()
        if not (old and (new or pin)):
            missing = tr("Type your passphrase now, and a new passphrase, a new PIN or both.")
            self.refused(Trouble(tr("There is a problem"), missing))
            return
        emptied(self._notices)
        self._set_working(True)
        self.change_asked.emit(KeysAsked(old, new, pin))

    def _set_working(self, working: bool) -> None:
        for part in (self.old, self.new, self.pin, self._change):
            part.setEnabled(not working)
