"""Why there is no answer: said in place of the answer, with a reason if there is one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.look.buttons import quiet
from desktop.ui.look.card import Card
from desktop.ui.look.fields import LineField
from desktop.ui.look.labels import Body, Quiet
from desktop.ui.look.spacing import CLOSE, HAIR, NORMAL
from desktop.ui.words import tr
from forms.records.answer import Absent


def absence_words(absent: Absent) -> str:
    """What is said instead of an answer."""
    return {
        Absent.NOT_KNOWN: tr("Not known"),
        Absent.DECLINED: tr("Did not want to say"),
        Absent.NOT_ASKED: tr("Not asked yet"),
    }[absent]


class Absence(Card):
    """Stands where the answer would. ``reasoned``: the reason was typed; ``ended``: answer it.

    Without ``with_reason`` the worker's reason is not on the screen.
    """

    reasoned = Signal(str)
    ended = Signal()

    def __init__(self, parent: QWidget | None = None, *, with_reason: bool = True) -> None:
        super().__init__(parent)
        self._with_reason = with_reason
        self.body.setContentsMargins(NORMAL, CLOSE, NORMAL, CLOSE)
        self.said = Body("", self, bold=True)
        self.reason = LineField(self)
        label = Quiet(tr("Why? (optional)"), self)
        label.setBuddy(self.reason)
        self.answer = quiet(tr("Answer it after all"), self)
        top = QHBoxLayout()
        top.addWidget(self.said, 1)
        top.addWidget(self.answer)
        under = QVBoxLayout()
        under.setSpacing(HAIR)
        under.addWidget(label)
        under.addWidget(self.reason)
        self.body.addLayout(top)
        self.body.addLayout(under)
        for part in (label, self.reason):
            part.setVisible(with_reason)
        self.reason.textEdited.connect(self.reasoned)
        self.answer.clicked.connect(self.ended)

    def present(self, absent: Absent, reason: str, question: str) -> None:
        """Show which absence, of which question."""
        self.said.setText(absence_words(absent))
        self.setAccessibleName(f"{question}: {self.said.text()}")
        self.reason.setAccessibleName(f"{tr('Why? (optional)')} {question}")
        self.answer.say(tr("Answer it after all"), question)
        if self._with_reason and self.reason.text() != reason:
            self.reason.setText(reason)

    def stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.answer, self.reason] if self._with_reason else [self.answer]
