"""Two people answered one question differently. Both answers are kept until somebody settles it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.open_change import Said, Standing
from desktop.ui.look.buttons import Button, secondary
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.questions.absence import absence_words
from desktop.ui.questions.answer_words import answer_words
from desktop.ui.questions.finding import type_of
from desktop.ui.words import tr
from forms.xforms import Node


class Conflict(QWidget):
    """Lists who said what and when, and what stood before; each answer has a button.

    ``settled`` carries what shall stand. ``combined`` carries an answer made of all of them, where
    the question can hold that. Whoever wants to ask first leaves both as they are.
    """

    settled = Signal(object)
    combined = Signal(str)

    def __init__(
        self, node: Node, standing: Standing, when: list[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = tr("Two different answers. Both are kept until you choose")
        lines: list[str] = []
        buttons: list[Button] = []
        for said, moment in zip(standing.said, when, strict=True):
            words = said_words(node, said)
            lines.append(tr("{who}, {when}: {what}", who=said.author, when=moment, what=words))
            button = secondary(tr("Keep {who}’s answer", who=said.author), about=moment)
            button.clicked.connect(lambda _=False, kept=said: self.settled.emit(kept))
            buttons.append(button)
        lines += [
            tr("Before, by {who}: {what}", who=before.author, what=said_words(node, before))
            for before in standing.before
        ]
        self.ask = secondary(tr("Ask first"), about=tr("and keep both until then"))
        self.ask.clicked.connect(self._ask_first)
        together = _together(node, standing)
        if together:
            combine = secondary(tr("Put them together"))
            combine.clicked.connect(lambda: self.combined.emit(together))
            buttons.append(combine)
        self.notice = Notice(
            Kind.CAUTION,
            "\n".join(lines),
            self,
            title=self._title,
            actions=(*buttons, self.ask),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.notice)

    def _ask_first(self) -> None:
        """Nothing is chosen. It stays among what the family's page says is to be settled."""
        self.notice.say(
            self.notice.text,
            tr("Two different answers. Ask whoever knows; it waits on the family’s page"),
        )
        self.notice.buttons[0].setFocus()
        self.ask.hide()


def said_words(node: Node, said: Said) -> str:
    """What somebody said, or why not, in words."""
    if said.answer.absent is not None:
        return absence_words(said.answer.absent)
    return answer_words(node, said.answer.value) or tr("Nothing")


def _together(node: Node, standing: Standing) -> str:
    """All the answers as one, for words and for lists of choices; blank if they cannot be one."""
    values = list(dict.fromkeys(s.answer.value for s in standing.said if s.answer.value))
    kind = type_of(node)
    if len(values) < 2:
        return ""
    if kind in {"text", "long_text"}:
        return ("\n" if kind == "long_text" else "; ").join(values)
    if kind == "select_multiple":
        return " ".join(dict.fromkeys(name for value in values for name in value.split()))
    return ""
