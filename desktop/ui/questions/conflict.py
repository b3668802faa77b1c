"""Two people answered one question differently. Both answers are kept until somebody settles it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.open_change import Said, Standing
from desktop.ui.look.buttons import Button, secondary
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.questions.absence import absence_words
from desktop.ui.questions.answer_words import answer_words
from desktop.ui.words import tr
from forms.xforms import Node


class Conflict(QWidget):
    """Lists who said what and when, each with a button. ``settled`` carries what shall stand."""

    settled = Signal(object)

    def __init__(
        self, node: Node, standing: Standing, when: list[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        lines: list[str] = []
        buttons: list[Button] = []
        for said, moment in zip(standing.said, when, strict=True):
            words = said_words(node, said)
            lines.append(tr("{who}, {when}: {what}", who=said.author, when=moment, what=words))
            button = secondary(tr("Keep {who}’s answer", who=said.author), about=moment)
            button.clicked.connect(lambda _=False, kept=said: self.settled.emit(kept))
            buttons.append(button)
        self.notice = Notice(
            Kind.CAUTION,
            "\n".join(lines),
            self,
            title=tr("Two different answers. Both are kept until you choose"),
            actions=tuple(buttons),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.notice)


def said_words(node: Node, said: Said) -> str:
    """What somebody said, or why not, in words."""
    if said.answer.absent is not None:
        return absence_words(said.answer.absent)
    return answer_words(node, said.answer.value) or tr("Nothing")
