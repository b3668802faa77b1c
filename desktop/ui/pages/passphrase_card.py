"""Choosing a passphrase: random words are offered, and others may be typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.ui.look.announcer import Announcer
from desktop.ui.look.buttons import secondary
from desktop.ui.look.card import Card
from desktop.ui.look.fields import LineField
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.spacing import TIGHT
from desktop.ui.pages.page import button_row
from desktop.ui.words import tr


class PassphraseCard(Card):
    """``offer`` makes a passphrase. ``entered``: Return was pressed in the ``field``."""

    entered = Signal()

    def __init__(
        self, title: str, label: str, offer: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._offer, self._announcer = offer, Announcer(self)
        self.body.addWidget(Heading(title, 2))
        self.body.addWidget(
            Body(
                tr(
                    "It opens this laptop, and nobody else knows it. Random words are hard to "
                    "guess and easy to keep. Learn them, or keep them in a password manager."
                )
            )
        )
        self._words, self._offered = QWidget(), Body("", bold=True)
        offered = QVBoxLayout(self._words)
        offered.setContentsMargins(0, 0, 0, 0)
        offered.addWidget(self._offered)
        use, others = secondary(tr("Use these words")), secondary(tr("Offer others"))
        use.clicked.connect(self._use_offered)
        others.clicked.connect(self._offer_others)
        offered.addLayout(button_row(use, others))
        self.body.addWidget(self._words)
        self.body.addSpacing(TIGHT)
        self.field = LineField()
        hint = tr("Shown while you choose it. At least four random words.")
        ask_for(self, label, hint, self.field)
        self.field.returnPressed.connect(self.entered)
        self._offer_others()

    def conceal(self) -> None:
        """Show no passphrase any more."""
        self._words.hide()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)

    def _offer_others(self) -> None:
        self._offered.setText(self._offer())
        self._announcer.say(self._offered.text())

    def _use_offered(self) -> None:
        self.field.setText(self._offered.text())
        self.field.setFocus()


def ask_for(card: Card, words: str, hint: str, field: LineField) -> None:
    """Put a field on a card below its label and a hint, and tell both to a screen reader."""
    label = Body(words, bold=True)
    label.setBuddy(field)
    field.setAccessibleName(words)
    field.setAccessibleDescription(hint)
    for part in (label, Quiet(hint), field):
        card.body.addWidget(part)
