"""Find a question of the form by any of its words, also those of before, and go there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.filling import Filling
from desktop.ui.look.buttons import quiet
from desktop.ui.look.emphasis import without_emphasis
from desktop.ui.look.fields import LineField
from desktop.ui.look.flow import Flow
from desktop.ui.look.labels import Body, Quiet
from desktop.ui.look.link_row import LinkRow
from desktop.ui.look.spacing import TIGHT
from desktop.ui.questions.asking import is_asked
from desktop.ui.questions.row_title import title_around
from desktop.ui.turns import Turns
from desktop.ui.words import counted, tr
from forms.xforms import Node, NodeKind

MOST_SHOWN = 8
PAUSE_MS = 200

A_TURN = 60
"""How many questions are read at a time: under ten milliseconds."""


class FormSearch(QWidget):
    """A line to type in and what it finds; hides itself when it is done.

    ``chosen`` carries the path of a question; ``ended``: it was closed without one.
    """

    chosen = Signal(str)
    ended = Signal()

    def __init__(self, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = filling
        self.line = LineField(self, characters=28)
        label = Body(tr("Find a question"), self, bold=True)
        label.setBuddy(self.line)
        self.line.setAccessibleName(label.text())
        self.close_it = quiet(tr("Close"), self, about=tr("finding a question"))
        self.found = Quiet("", self)
        self.links: list[LinkRow] = []
        top = Flow()
        for part in (self.line, self.close_it):
            top.addWidget(part)
        self._results = QVBoxLayout()
        self._results.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, TIGHT, 0, TIGHT)
        column.setSpacing(TIGHT)
        column.addWidget(label)
        column.addLayout(top)
        column.addWidget(self.found)
        column.addLayout(self._results)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._texts: list[tuple[str, str]] = []
        self._is_read = False
        self._read_at = filling.writes
        self._reading = Turns(self)
        self.line.textEdited.connect(self._pause.start)
        self.line.returnPressed.connect(self._first)
        self.close_it.clicked.connect(self._end)

    def begin(self) -> None:
        """Show it, ready to type."""
        self.line.clear()
        self._begin_to_read()
        self.look()
        self.show()
        self.line.setFocus()

    def look(self) -> None:
        """Show what is found by the words typed."""
        self._pause.stop()
        if self._read_at != self._filling.writes:  # rows may have come, or gone
            self._begin_to_read()
        for link in self.links:
            self._results.removeWidget(link)
            link.hide()
            link.deleteLater()
        words = self.line.text().casefold().split()
        nodes = list(islice(self._matching(words), MOST_SHOWN + 1)) if words else []
        self.links = [self._link(node) for node in nodes[:MOST_SHOWN]]
        for before, after in pairwise((self.close_it, *self.links)):
            QWidget.setTabOrder(before, after)
        self.found.setVisible(bool(words))
        said = counted(len(nodes), "{n} question found", "{n} questions found")
        if len(nodes) > MOST_SHOWN:
            said = tr("More than {n} questions found. These are the first", n=MOST_SHOWN)
        if words and not self._is_read:
            said += ". " + tr("Still looking")
        self.found.setText(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._end()
        else:
            super().keyPressEvent(event)

    def _end(self) -> None:
        self._reading.stop()
        self.hide()
        self.ended.emit()

    def _choose(self, path: str) -> None:
        self.hide()
        self.chosen.emit(path)

    def _first(self) -> None:
        self.look()
        if self.links:
            self.links[0].click()

    def _matching(self, words: list[str]) -> Iterator[Node]:
        for path, text in self._texts:
            if all(word in text for word in words):
                node = self._filling.session.node(path)
                if is_asked(node):
                    yield node

    def _begin_to_read(self) -> None:
        self._texts, self._is_read, self._read_at = [], False, self._filling.writes
        self._reading.begin(self._read())

    def _read(self) -> Iterator[None]:
        """Read the questions of the form, some at a time."""
        for number, node in enumerate(_questions(self._filling.session.root), 1):
            older = self._filling.opened.called_before.get(node.schema_path, "")
            text = without_emphasis(f"{node.label} {node.hint} {older}").casefold()
            self._texts.append((node.path, text))
            if number % A_TURN == 0:
                yield
        self._is_read = True
        if self.line.text():
            self.look()

    def _link(self, node: Node) -> LinkRow:
        where = title_around(node)
        words = without_emphasis(node.label)
        link = LinkRow(f"{words} – {where}" if where else words, self)
        link.clicked.connect(lambda: self._choose(node.path))
        self._results.addWidget(link)
        link.show()
        return link


def _questions(root: Node) -> Iterator[Node]:
    """Every question of the form, asked at present or not, in order."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.kind is NodeKind.QUESTION and node.control:
            yield node
        waiting.extend(reversed(node.children))
