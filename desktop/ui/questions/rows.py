"""The rows of a repeat: people, homes, actions, calls. Each is a card, or a line of a table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.look.buttons import secondary
from desktop.ui.look.form_text import FormText
from desktop.ui.look.labels import Heading
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.spacing import CLOSE, NORMAL
from desktop.ui.look.type_scale import Size
from desktop.ui.questions.block import Block
from desktop.ui.questions.row_card import Inside, RowCard
from desktop.ui.questions.row_line import (
    Column,
    RowLine,
    TableHead,
    columns_of,
    fits_a_line,
    is_table,
    least_table_width,
)
from desktop.ui.questions.row_title import row_title
from desktop.ui.questions.telling import Telling
from desktop.ui.words import tr
from forms.xforms import Node, NodeKind


class Rows(QWidget):
    """A repeat: its rows, a button for one more, and a way back after removing one.

    The rows are lines of a table where the form says so and there is room. Of those, the ones that
    somebody opened, or that have more to tell than answers, are cards among the lines.
    ``wake`` has what is not built yet be built by turns.
    """

    def __init__(
        self,
        telling: Telling,
        make_inside: Callable[[QWidget, QVBoxLayout], Inside],
        wake: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._telling, self._make_inside, self._wake = telling, make_inside, wake
        self._path, self._label = "", ""
        self._node: Node | None = None
        self._columns: list[Column] = []
        self._opened: set[str] = set()
        self._is_wide = True
        self._cards: dict[str, RowCard | RowLine] = {}
        self._known: set[str] | None = None
        self.heading = Heading("", 3, self)
        self.hint = FormText("", self, size=Size.SMALL, quiet=True)
        self.bring_back = secondary(tr("Bring it back"))
        self.removed = Notice(Kind.INFO, "", self, actions=(self.bring_back,))
        self.removed.hide()
        self.head = TableHead(self)
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
        for part in (self.heading, self.hint, self.removed, self.head, self._all):
            column.addWidget(part)
        column.addLayout(below)
        self.add.clicked.connect(lambda: self._telling.wishes.row_added.emit(self._path))
        self.bring_back.clicked.connect(self._telling.wishes.undo_asked)

    def show_node(self, node: Node, changed: Collection[str] | None) -> None:
        """Show the repeat as it is now."""
        self._node = node
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
        self._lay_columns(node, rows)
        for at, row in enumerate(rows):
            self._show_row(at, row, changed).allow(
                up=not fixed and at > 0,
                down=not fixed and at + 1 < len(rows),
                remove=not fixed and not self._is_kept(row.path),
            )
        if self._known is None and len(rows) == 1 and not self._columns:
            self._open(rows[0].path)
        self._known = {row.path for row in rows}
        self._cards = {row.path: self._cards[row.path] for row in rows}
        self._all.setVisible(bool(rows))
        self.add.setVisible(not fixed)
        again = tr("Add another") if rows else tr("Add")
        self.add.say(tr("{add}: {what}", add=again, what=self._label))
        if self.waiting:
            self._wake()

    def blocks(self) -> Iterator[QWidget]:
        """The questions of the open rows, in order."""
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
        """Build what is not built yet of the open rows."""
        for card in self._cards.values():
            card.complete()

    def build_one(self) -> None:
        """Build the first question of the open rows that is not built yet."""
        waiting = next((card for card in self._cards.values() if card.waiting), None)
        if waiting is not None:
            waiting.build_one()

    @property
    def waiting(self) -> int:
        """How many questions of the open rows are not built yet."""
        return sum(card.waiting for card in self._cards.values())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for a table its rows are cards."""
        super().resizeEvent(event)
        if self._has_room() is not self._is_wide:
            QTimer.singleShot(0, self, self._follow_room)  # not while the page is being laid out

    # --- a table -------------------------------------------------------------------------------

    def _lay_columns(self, node: Node, rows: list[Node]) -> None:
        has_table = self._is_wide and is_table(node, rows, self._telling)
        self._columns = columns_of(rows, self._telling, self.fontMetrics()) if has_table else []
        self.head.show_columns(self._columns)
        self.head.setVisible(any(self._is_line(row) for row in rows))

    def _is_line(self, row: Node) -> bool:
        is_shut = row.path not in self._opened
        return bool(self._columns) and is_shut and fits_a_line(row, self._telling)

    def _has_room(self) -> bool:
        """Whether there is room for a table; as it was, if this is none."""
        if self._node is None or not is_table(self._node, self._node.children, self._telling):
            return self._is_wide
        columns = columns_of(self._node.children, self._telling, self.fontMetrics())
        return self.width() >= least_table_width(columns)

    def _follow_room(self) -> None:
        """Only here, with focus: a key that comes before must find the field it was meant for."""
        is_wide = self._has_room()
        if is_wide is not self._is_wide:
            self._is_wide = is_wide
            self._show_again()

    def _show_again(self) -> None:
        """As cards instead of a table, or the other way; focus stays on its question."""
        if self._node is None:
            return
        focused = self.focusWidget()
        has_it = focused is not None and focused.hasFocus()
        inside = [b for b in self.blocks() if has_it and focused and b.isAncestorOf(focused)]
        self.show_node(self._node, None)
        self._telling.wishes.rearranged.emit()
        for block in inside[:1]:
            assert isinstance(block, Block)  # noqa: S101  rows hold nothing else
            self._take_focus(block.path)

    def _take_focus(self, path: str) -> Block | None:
        """Be at a question of a row, which is opened for it."""
        row = self._cards.get(path.rpartition("/")[0])
        if row is None:
            return None
        if isinstance(row, RowCard):
            row.open()
        row.complete()
        for block in row.blocks():
            if isinstance(block, Block) and block.path == path:
                block.take_focus()
                return block
        return None

    def _open(self, row: str, path: str = "", value: str = "") -> None:
        """Show a row as an open card; there ask why for a looser answer at ``path``."""
        self._opened.add(row)
        if self._node is not None and isinstance(self._cards.get(row), RowLine):
            self.show_node(self._node, None)
        card = self._cards[row]
        if isinstance(card, RowCard):
            card.open()
            if self._columns:
                card.toggle.setFocus()
            if path and (block := self._take_focus(path)) is not None:
                block.ask_reason(value)

    def _shut(self, row: str) -> None:
        """A card that somebody closed is a line again, if this is a table."""
        self._opened.discard(row)
        if self._node is None or not self._columns:
            return
        self.show_node(self._node, None)
        self._telling.wishes.rearranged.emit()
        line = self._cards[row]
        if isinstance(line, RowLine):
            line.more.setFocus()

    # --- rows ----------------------------------------------------------------------------------

    def _is_kept(self, row: str) -> bool:
        """Beside a family nobody is asked for a reason: what would need one stays."""
        return self._telling.beside and self._telling.needs_reason_to_remove(row)

    def _show_row(self, at: int, row: Node, changed: Collection[str] | None) -> RowCard | RowLine:
        number = at + 1 if self._telling.beside else 0
        title = row_title(row, number, self._telling.sees)
        is_line = self._is_line(row)
        card = self._cards.get(row.path)
        if card is not None and isinstance(card, RowLine) is not is_line:
            self._discard(card)
            card = None
        is_new = card is None
        if card is None:
            card = self._cards[row.path] = self._line(row) if is_line else self._card(row)
        if isinstance(card, RowLine):
            card.show_row(row, title, self._columns, None if is_new else changed)
        else:
            card.show_row(row, title, None if is_new else changed)
            self._open_if_new(row.path, card, is_new=is_new)
        self._put(at, card)
        return card

    def _open_if_new(self, path: str, card: RowCard, *, is_new: bool) -> None:
        """A new row is written in: the others are summed up above it. A line's card is opened."""
        if not is_new:
            return
        if self._columns:
            card.open()
        elif self._known is not None and path not in self._known:
            for other in self._cards.values():
                if isinstance(other, RowCard):
                    other.close_up()
            card.open()

    def _put(self, at: int, card: RowCard | RowLine) -> None:
        if self._lines.indexOf(card) == at:  # putting it in again would lay out the whole page
            return
        self._lines.insertWidget(at, card)
        card.raise_()  # what is read out goes by this order, not by the layout's
        if at + 1 < self._lines.count():
            card.stackUnder(self._at(at + 1))
        card.show()

    def _at(self, place: int) -> RowCard | RowLine:
        return next(card for card in self._cards.values() if self._lines.indexOf(card) == place)

    def _card(self, row: Node) -> RowCard:
        card = RowCard(self._telling, self._make_inside, self._all)
        path, wishes = row.path, self._telling.wishes
        card.removed.connect(lambda reason: wishes.row_removed.emit(path, reason))
        card.up.clicked.connect(lambda: wishes.row_moved.emit(path, -1))
        card.down.clicked.connect(lambda: wishes.row_moved.emit(path, 1))
        card.closed.connect(lambda: self._shut(path))
        return card

    def _line(self, row: Node) -> RowLine:
        line = RowLine(self._telling, self._all)
        path, wishes = row.path, self._telling.wishes
        line.opened.connect(lambda question, value: self._open(path, question, value))
        line.moved.connect(lambda by: wishes.row_moved.emit(path, by))
        line.removed.connect(lambda: self._remove(path))
        return line

    def _remove(self, path: str) -> None:
        """Remove a line; where that needs a reason, its card asks for it."""
        if not self._telling.needs_reason_to_remove(path):
            self._telling.wishes.row_removed.emit(path, "")
            return
        self._open(path)
        card = self._cards[path]
        if isinstance(card, RowCard):
            card.remove.click()

    def _take_away(self, kept: set[str]) -> None:
        for path in [path for path in self._cards if path not in kept]:
            card = self._cards.pop(path)
            self._opened.discard(path)
            self.removed.say(tr("It can be brought back."), tr("Removed: {what}", what=card.words))
            self.removed.show()
            self._discard(card)

    def _discard(self, card: RowCard | RowLine) -> None:
        self._lines.removeWidget(card)
        card.hide()
        card.deleteLater()
