"""What colleagues wrote in this form since the worker was last here: a strip, and a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.filling import Filling
from desktop.services.news import NewAnswer, new_answers
from desktop.ui.look.buttons import secondary
from desktop.ui.look.emphasis import without_emphasis
from desktop.ui.look.link_row import LinkRow
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.questions.conflict import said_words
from desktop.ui.questions.row_title import title_around
from desktop.ui.words import breakable, counted, listed, tr


class FormNews(QWidget):
    """Hidden when there is nothing new. ``chosen``: a path to go to; ``seen``: all is read."""

    chosen = Signal(str)
    seen = Signal()

    def __init__(
        self, filling: Filling, when: Callable[[datetime], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._filling, self._when = filling, when
        self.answers = new_answers(filling)
        self.show_them = secondary(tr("Show what is new"))
        self.read = secondary(tr("I have seen it"))
        self.links: list[LinkRow] = []
        self.strip = Notice(
            Kind.INFO, self._words(), self, title=_title(), actions=(self.show_them, self.read)
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.strip)
        self.show_them.clicked.connect(self._show)
        self.read.clicked.connect(self._close)
        self.setVisible(bool(self.answers))

    def _words(self) -> str:
        who = list(dict.fromkeys(new.said.author for new in self.answers))
        return counted(
            len(self.answers),
            "{n} answer from {who}",
            "{n} answers from {who}",
            who=breakable(listed(who)),
        )

    def _show(self) -> None:
        self.show_them.hide()
        self.links = [self._link(new) for new in self.answers]
        for link in self.links:
            self.strip.above_actions.addWidget(link)
        self.links[0].setFocus()

    def _link(self, new: NewAnswer) -> LinkRow:
        node = self._filling.session.node(new.path)
        where, question = title_around(node), without_emphasis(node.label)
        asked = f"{where}, {question}" if where else question
        said = tr(
            "{question} {what} ({who}, {when})",
            question=asked if asked.endswith(("?", "؟")) else f"{asked}:",
            what=said_words(node, new.said),
            who=new.said.author,
            when=self._when(new.said.at),
        )
        if new.before is not None:
            said += ". " + tr("Before: {what}", what=said_words(node, new.before))
        link = LinkRow(breakable(said))
        link.clicked.connect(lambda: self.chosen.emit(new.path))
        return link

    def _close(self) -> None:
        self.hide()
        self.seen.emit()


def _title() -> str:
    return tr("New since you were last here")
