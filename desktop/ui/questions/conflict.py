"""Two people answered one question differently. Both answers are kept until somebody settles it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.open_change import Said, Standing
from desktop.ui.look.buttons import Button, secondary
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.questions.absence import absence_words
from desktop.ui.questions.answer_words import answer_words
from desktop.ui.questions.finding import type_of
from desktop.ui.words import breakable, tr
from forms.xforms import Node


class Conflict(QWidget):
    """Lists who said what and when, and what stood before; each answer has a button.

    ``when``: a moment in words for each answer; None where others look on, and nobody is named.
    ``settled`` carries what shall stand. ``combined`` carries an answer made of all of them, where
    the question can hold that. Whoever wants to ask first leaves both as they are.
    """

    settled = Signal(object)
    combined = Signal(str)

    def __init__(
        self,
        node: Node,
        standing: Standing,
        when: Sequence[str] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = tr("Two different answers. Both are kept until you choose")
        lines: list[str] = []
        buttons: list[Button] = []
        for at, said in enumerate(standing.said):
            words = said_words(node, said)
            if when is None:
                lines.append(words)
                button = secondary(tr("Keep “{answer}”", answer=breakable(words)))
            else:
                moment, who = when[at], said.author
                lines.append(tr("{who}, {when}: {what}", who=who, when=moment, what=words))
                button = secondary(tr("Keep {who}’s answer", who=who), about=moment)
            button.clicked.connect(lambda _=False, kept=said: self.settled.emit(kept))
            buttons.append(button)
        lines += [_before_words(node, one, is_named=when is not None) for one in standing.before]
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


def _before_words(node: Node, before: Said, *, is_named: bool) -> str:
    what = said_words(node, before)
    if is_named:
        return tr("Before, by {who}: {what}", who=before.author, what=what)
    return tr("Before: {what}", what=what)


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
