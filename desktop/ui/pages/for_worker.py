"""What is for the worker alone, on a page that others may read over a shoulder: closed at first.

It stands on the page whether or not there is something in it, and its own words say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.look.buttons import secondary
from desktop.ui.look.card import Card
from desktop.ui.look.labels import Body, Quiet
from desktop.ui.look.spacing import CLOSE, NORMAL
from desktop.ui.words import tr


class ForWorker(Card):
    """Holds ``parts``; a button shows and hides them."""

    def __init__(self, parts: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body.setContentsMargins(NORMAL, CLOSE, NORMAL, CLOSE)
        self.toggle = secondary(tr("Read"), about=tr("what is for you alone"))
        self.toggle.setObjectName("for-worker")
        top = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Body(tr("For you alone"), self, bold=True))
        if parts:
            words.addWidget(Quiet(tr("Read it before you talk, where nobody else can see."), self))
        else:
            words.addWidget(Quiet(tr("There is nothing here now."), self))
        top.addLayout(words, 1)
        top.addWidget(self.toggle)
        self.body.addLayout(top)  # before showing it: a button of nobody's opens as a window
        self.toggle.setVisible(bool(parts))
        self._inside = QWidget(self)
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(NORMAL)
        for part in parts:
            inside.addWidget(part)
        self._inside.hide()
        self.body.addWidget(self._inside)
        self.toggle.clicked.connect(self._turn)

    @property
    def is_open(self) -> bool:
        """Whether its parts are on the screen."""
        return not self._inside.isHidden()

    def close_up(self) -> None:
        """Show nothing of it."""
        if self.is_open:
            self._turn()

    def _turn(self) -> None:
        self._inside.setVisible(not self.is_open)
        words = tr("Close") if self.is_open else tr("Read")
        self.toggle.say(words, tr("what is for you alone"))
