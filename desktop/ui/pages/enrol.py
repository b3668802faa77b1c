"""The first start on a laptop: the council's address and code, and a passphrase of one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import normalize

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.trouble import Trouble
from desktop.ui.look.announcer import Announcer
from desktop.ui.look.buttons import primary
from desktop.ui.look.card import Card
from desktop.ui.look.fields import LineField
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.pages.page import ColumnPage, button_row, emptied
from desktop.ui.pages.passphrase_card import PassphraseCard, ask_for
from desktop.ui.pages.trouble import trouble_notice
from desktop.ui.words import tr


@dataclass(frozen=True, slots=True, repr=False)
class EnrolAsked:
    """What the worker typed. The receiver wipes ``passphrase`` (UTF-8, NFC) after use.

    ``pin`` brings the window back after Hide; blank to choose one later.
    """

    server: str
    code: str
    passphrase: bytearray
    pin: str = ""


class EnrolPage(ColumnPage):
    """Asks what enrolling needs, and offers a passphrase of random words.

    ``enrol_asked`` carries an `EnrolAsked`. The receiver calls `refused` if it did not work; when
    it did, it shows another page. ``offer`` makes a passphrase; ``weak`` and ``weak_pin`` say in
    words what is wrong with one, or nothing.
    """

    enrol_asked = Signal(object)

    def __init__(
        self,
        server: str,
        offer: Callable[[], str],
        weak: Callable[[str], str],
        weak_pin: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Enrol this laptop"), parent=parent, characters=70)
        self._weak, self._weak_pin = weak, weak_pin
        self._announcer = Announcer(self)
        self._notices = QVBoxLayout()
        self.content.addLayout(self._notices)
        words = tr(
            "Do this once, on your council's network. Afterwards the laptop works without one."
        )
        self.content.addWidget(Body(words))
        self.server = LineField()
        self.server.setText(server)
        self.code = LineField()
        self.pin = LineField()
        card = Card()
        self._ask_for(card, tr("Your council's address"), tr("As IT gave it."), self.server)
        self._ask_for(card, tr("Enrolment code"), tr("It works once."), self.code)
        self.content.addWidget(card)
        choosing = PassphraseCard(tr("Your passphrase"), tr("Passphrase"), offer)
        choosing.entered.connect(self._ask)
        self.passphrase = choosing.field
        self.content.addWidget(choosing)
        self.content.addWidget(self._pin_card())
        self._status = Quiet()
        self._status.hide()
        self.content.addWidget(self._status)
        self._button = primary(tr("Enrol"))
        self._button.clicked.connect(self._ask)
        self.content.addLayout(button_row(self._button))

    def landing(self) -> QWidget:
        """What is still empty: the address or the code."""
        return self.code if self.server.text() else self.server

    def refused(self, trouble: Trouble) -> None:
        """Say why it did not work; what was typed stays, the passphrase too."""
        self.rename(tr("Error: {page}", page=tr("Enrol this laptop")))
        emptied(self._notices)
        self._notices.addWidget(trouble_notice(trouble))
        self._announcer.say(f"{trouble.title}. {trouble.message}", urgent=True)
        self._show_working(False)
        self.scroller.to_top()
        self.landing().setFocus()

    # Inside ------------------------------------------------------------------------------

    def _pin_card(self) -> Card:
        card = Card()
        card.body.addWidget(Heading(tr("Your PIN for Hide"), 2))
        card.body.addWidget(
            Body(
                tr(
                    "One key makes the window blank when somebody comes near. This PIN brings it "
                    "back. Three wrong tries lock the laptop."
                )
            )
        )
        self._ask_for(
            card, tr("PIN"), tr("4 to 8 digits. Leave it empty to choose one later."), self.pin
        )
        return card

    def _ask_for(self, card: Card, words: str, hint: str, field: LineField) -> None:
        ask_for(card, words, hint, field)
        field.returnPressed.connect(self._ask)

    def _ask(self) -> None:
        if not self._button.isEnabled():
            return
        passphrase = normalize("NFC", self.passphrase.text())
        missing = self._missing(passphrase)
        if missing:
            self.refused(Trouble(tr("There is a problem"), missing))
            return
        emptied(self._notices)
        self.rename(tr("Enrol this laptop"))
        self._show_working(True)
        self.enrol_asked.emit(
            EnrolAsked(
                self.server.text().strip(),
                self.code.text().strip(),
                bytearray(passphrase.encode()),
                self.pin.text().strip(),
            )
        )

    def _missing(self, passphrase: str) -> str:
        if not self.server.text().strip():
            return tr("Type your council's address.")
        if not self.code.text().strip():
            return tr("Type the enrolment code.")
        if not passphrase:
            return tr("Choose a passphrase.")
        pin = self.pin.text().strip()
        return self._weak(passphrase) or (self._weak_pin(pin) if pin else "")

    def _show_working(self, working: bool) -> None:
        for part in (self.server, self.code, self.passphrase, self.pin, self._button):
            part.setEnabled(not working)
        self._status.setText(tr("Enrolling, and fetching forms and families.") if working else "")
        self._status.setVisible(working)
