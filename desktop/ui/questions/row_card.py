"""One row of a repeat as a card: it tells what it is about when closed, and asks when open."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.look.buttons import icon_button, quiet
from desktop.ui.look.card import Card
from desktop.ui.look.flow import Flow
from desktop.ui.look.labels import Body
from desktop.ui.look.spacing import HAIR, TIGHT
from desktop.ui.look.type_scale import Size
from desktop.ui.questions.answer_words import answer_words
from desktop.ui.questions.loosening import Loosening
from desktop.ui.questions.telling import Telling
from desktop.ui.words import tr
from forms.xforms import Node, NodeKind

SUMMED_UP = 3
"""How many answers of a closed card are read out on it."""


class Inside(Protocol):
    """What a card holds: the questions of its row."""

    def present(self, nodes: Sequence[Node], changed: Collection[str] | None = None) -> None:
        """Show these nodes."""

    def blocks(self) -> Iterator[QWidget]:
        """The questions on the screen, in order."""

    def stops(self) -> Iterator[QWidget]:
        """Everything that Tab stops at, in order."""

    def open_row(self, row: str) -> None:
        """Open the card of this row, if it is in here."""

    def complete(self) -> None:
        """Build what is not built yet."""

    def build_one(self) -> None:
        """Build the first question that is not built yet."""

    @property
    def waiting(self) -> int:
        """How many questions are not built yet."""


class RowCard(Card):
    """One row. Its questions are built when it is first opened.

    ``removed`` carries why, where it names somebody who must not see or know; blank elsewhere.
    """

    removed = Signal(str)
    closed = Signal()

    def __init__(
        self,
        telling: Telling,
        make_inside: Callable[[QWidget, QVBoxLayout], Inside],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._telling, self._make_inside = telling, make_inside
        self._inside: Inside | None = None
        self._room = QVBoxLayout()
        self._node: Node | None = None
        self._asking: Loosening | None = None
        self.is_open = False
        self.title = Body("", self, size=Size.THIRD, bold=True)
        self.summary = Body("", self)
        self.up = icon_button("chevron-up", tr("Move up"), self)
        self.down = icon_button("chevron-down", tr("Move down"), self)
        self.toggle = quiet(tr("Open"), self)
        self.remove = quiet(tr("Remove"), self)
        words = QVBoxLayout()
        words.setSpacing(HAIR)
        words.addWidget(self.title)
        words.addWidget(self.summary)
        top = QHBoxLayout()
        top.setSpacing(TIGHT)
        top.addLayout(words, 1)
        tools = Flow()
        tools.setSpacing(0)
        for tool in (self.up, self.down, self.toggle, self.remove):
            tools.addWidget(tool)
        top.addLayout(tools)
        self.body.addLayout(top)
        self._holder = QWidget(self)
        self._holder.setLayout(self._room)
        self._room.setContentsMargins(0, TIGHT, 0, 0)
        self._holder.hide()
        self.body.addWidget(self._holder)
        self.toggle.clicked.connect(self._turn)
        self.remove.clicked.connect(self._remove)

    def show_row(self, node: Node, title: str, changed: Collection[str] | None) -> None:
        """Show the row as it is now."""
        self._node = node
        self.title.setText(title)
        self.setAccessibleName(title)
        self.summary.setText(_summary(node, self._telling.sees) or tr("Nothing written yet"))
        self.summary.setVisible(not self.is_open)
        self.toggle.say(tr("Close") if self.is_open else tr("Open"), title)
        self.remove.say(tr("Remove"), title)
        self.up.say(tr("Move up"), title)
        self.down.say(tr("Move down"), title)
        if self.is_open:
            self._show_inside(changed if self._inside is not None else None)

    @property
    def words(self) -> str:
        """What the row is called."""
        return self.title.text()

    def allow(self, *, up: bool, down: bool, remove: bool) -> None:
        """What can be done with the row."""
        self.up.setVisible(up)
        self.down.setVisible(down)
        self.remove.setVisible(remove)

    def open(self) -> None:
        """Show the questions of the row."""
        if not self.is_open:
            self._turn()

    def close_up(self) -> None:
        """Show only what the row is about."""
        if self.is_open:
            self._turn()

    def blocks(self) -> Iterator[QWidget]:
        """Its questions on the screen."""
        if self.is_open and self._inside is not None:
            yield from self._inside.blocks()

    def stops(self) -> Iterator[QWidget]:
        """Everything that Tab stops at, in order."""
        yield from (self.up, self.down, self.toggle, self.remove)
        if self._asking is not None:
            yield from self._asking.stops()
        if self.is_open and self._inside is not None:
            yield from self._inside.stops()

    def open_row(self, row: str) -> None:
        """Open this card, or one in it."""
        if self._node is None or not (row == self._node.path or row.startswith(self._node.path)):
            return
        self.open()
        if self._inside is not None:
            self._inside.open_row(row)

    def complete(self) -> None:
        """Build what is not built yet of the open questions."""
        if self.is_open and self._inside is not None:
            self._inside.complete()

    def build_one(self) -> None:
        """Build the first of the open questions that is not built yet."""
        if self._inside is not None:
            self._inside.build_one()

    @property
    def waiting(self) -> int:
        """How many of the open questions are not built yet."""
        return self._inside.waiting if self.is_open and self._inside is not None else 0

    def _turn(self) -> None:
        self.is_open = not self.is_open
        if self._node is not None:
            self.show_row(self._node, self.title.text(), None)
        self._holder.setVisible(self.is_open)
        self._telling.wishes.rearranged.emit()
        if not self.is_open:
            self.closed.emit()

    def _remove(self) -> None:
        if self._node is None:
            return
        if not self._telling.needs_reason_to_remove(self._node.path):
            self.removed.emit("")
        elif self._asking is None:
            self._asking = Loosening(self.title.text(), self)
            self._asking.agreed.connect(self.removed)
            self._asking.stopped.connect(self._keep)
            self.body.insertWidget(1, self._asking)
            self._asking.show()
            self._telling.wishes.rearranged.emit()
            self._asking.reason.setFocus()

    def _keep(self) -> None:
        asking, self._asking = self._asking, None
        if asking is not None:
            self.remove.setFocus()
            asking.hide()
            asking.deleteLater()

    def _show_inside(self, changed: Collection[str] | None) -> None:
        if self._node is None:
            return
        if self._inside is None:
            self._inside = self._make_inside(self._holder, self._room)
        self._inside.present(self._node.children, changed)


def _summary(row: Node, sees: Callable[[str], bool]) -> str:
    """The first few answers of a row, in words, as far as they may be on the screen."""
    told: list[str] = []
    waiting = list(reversed(row.children))
    while waiting and len(told) < SUMMED_UP:
        node = waiting.pop()
        if not node.relevant or not sees(node.path):
            continue
        if node.kind is NodeKind.QUESTION and node.control and node.value:
            told.append(answer_words(node, node.value))
        elif node.kind is NodeKind.GROUP:
            waiting.extend(reversed(node.children))
    return " · ".join(told)
