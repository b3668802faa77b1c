"""The rows of a repeat as cards: people, homes, actions, calls. One tells its state when closed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.look.buttons import icon_button, quiet, secondary
from desktop.ui.look.card import Card
from desktop.ui.look.flow import Flow
from desktop.ui.look.form_text import FormText
from desktop.ui.look.labels import Body, Heading
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.spacing import CLOSE, HAIR, NORMAL, TIGHT
from desktop.ui.look.type_scale import Size
from desktop.ui.questions.answer_words import answer_words
from desktop.ui.questions.loosening import Loosening
from desktop.ui.questions.row_title import row_title
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


class Rows(QWidget):
    """A repeat: its cards, a button for one more, and a way back after removing one."""

    def __init__(
        self,
        telling: Telling,
        make_inside: Callable[[QWidget, QVBoxLayout], Inside],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._telling, self._make_inside = telling, make_inside
        self._path, self._label = "", ""
        self._cards: dict[str, RowCard] = {}
        self._known: set[str] | None = None
        self.heading = Heading("", 3, self)
        self.hint = FormText("", self, size=Size.SMALL, quiet=True)
        self.bring_back = secondary(tr("Bring it back"))
        self.removed = Notice(Kind.INFO, "", self, actions=(self.bring_back,))
        self.removed.hide()
        self._all = QWidget(self)  # so that the cards are read out before the button below them
        self._lines = QVBoxLayout(self._all)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(CLOSE)
        self.add = secondary(tr("Add"), self, icon_name="add")
        below = QHBoxLayout()
        below.addWidget(self.add)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(NORMAL)
        for part in (self.heading, self.hint, self.removed, self._all):
            column.addWidget(part)
        column.addLayout(below)
        self.add.clicked.connect(lambda: self._telling.wishes.row_added.emit(self._path))
        self.bring_back.clicked.connect(self._telling.wishes.undo_asked)

    def show_node(self, node: Node, changed: Collection[str] | None) -> None:
        """Show the repeat as it is now."""
        self._path, self._label = node.path, node.label or tr("Row")
        self.heading.setText(self._label)
        self.hint.say(node.hint)
        self.hint.setVisible(bool(node.hint))
        self.removed.hide()  # the way back leads to the last step only
        fixed = node.count_is_fixed or node.readonly or self._telling.locked
        rows = [
            child
            for child in node.children
            if child.kind is NodeKind.ROW and child.relevant and self._telling.sees(child.path)
        ]
        self._take_away({row.path for row in rows})
        for at, row in enumerate(rows):
            card = self._show_row(at, row, changed)
            for tool, is_shown in (
                (card.remove, not fixed and not self._is_kept(row.path)),
                (card.up, not fixed and at > 0),
                (card.down, not fixed and at + 1 < len(rows)),
            ):
                tool.setVisible(is_shown)
        if self._known is None and len(rows) == 1:
            self._cards[rows[0].path].open()
        self._known = {row.path for row in rows}
        self._cards = {row.path: self._cards[row.path] for row in rows}
        self._all.setVisible(bool(rows))
        self.add.setVisible(not fixed)
        again = tr("Add another") if rows else tr("Add")
        self.add.say(tr("{add}: {what}", add=again, what=self._label))

    def blocks(self) -> Iterator[QWidget]:
        """The questions of the open cards, in order."""
        for card in self._cards.values():
            yield from card.blocks()

    def stops(self) -> Iterator[QWidget]:
        """Everything that Tab stops at, in order."""
        yield self.bring_back
        for card in self._cards.values():
            yield from card.stops()
        yield self.add

    def open_row(self, row: str) -> None:
        """Open the card of this row, if it is in here."""
        for card in self._cards.values():
            card.open_row(row)

    def complete(self) -> None:
        """Build what is not built yet of the open cards."""
        for card in self._cards.values():
            card.complete()

    def build_one(self) -> None:
        """Build the first question of the open cards that is not built yet."""
        waiting = next((card for card in self._cards.values() if card.waiting), None)
        if waiting is not None:
            waiting.build_one()

    @property
    def waiting(self) -> int:
        """How many questions of the open cards are not built yet."""
        return sum(card.waiting for card in self._cards.values())

    def _is_kept(self, row: str) -> bool:
        """Beside a family nobody is asked for a reason: what would need one stays."""
        return self._telling.beside and self._telling.needs_reason_to_remove(row)

    def _show_row(self, at: int, row: Node, changed: Collection[str] | None) -> RowCard:
        number = at + 1 if self._telling.beside else 0
        title = row_title(row, number, self._telling.sees)
        card = self._cards.get(row.path)
        if card is None:
            card = self._cards[row.path] = RowCard(self._telling, self._make_inside, self._all)
            path = row.path
            wishes = self._telling.wishes
            card.removed.connect(lambda reason: wishes.row_removed.emit(path, reason))
            card.up.clicked.connect(lambda: wishes.row_moved.emit(path, -1))
            card.down.clicked.connect(lambda: wishes.row_moved.emit(path, 1))
            card.show_row(row, title, None)
            if self._known is not None:
                self._close_others()
                card.open()
        else:
            card.show_row(row, title, changed)
        if self._lines.indexOf(card) != at:  # putting it in again would lay out the whole page
            self._lines.insertWidget(at, card)
            card.raise_()  # what is read out goes by this order, not by the layout's
            after = self._lines.itemAt(at + 1)
            below = None if after is None else after.widget()
            if below is not None:
                card.stackUnder(below)
        return card

    def _close_others(self) -> None:
        """A new row is written in; the others are summed up above it."""
        for other in self._cards.values():
            other.close_up()

    def _take_away(self, kept: set[str]) -> None:
        for path in [path for path in self._cards if path not in kept]:
            card = self._cards.pop(path)
            self.removed.say(
                tr("It can be brought back."), tr("Removed: {what}", what=card.title.text())
            )
            self.removed.show()
            self._lines.removeWidget(card)
            card.hide()
            card.deleteLater()


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
