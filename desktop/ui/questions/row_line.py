"""One row of a repeat as a line of a table, and the words above its columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.look.buttons import icon_button
from desktop.ui.look.emphasis import without_emphasis
from desktop.ui.look.labels import Body, Quiet
from desktop.ui.look.menu import Menu
from desktop.ui.look.spacing import HAIR, TARGET, TIGHT
from desktop.ui.look.type_scale import Size
from desktop.ui.questions.cell import CELLS, Cell, fits_a_cell, least_width
from desktop.ui.questions.finding import type_of
from desktop.ui.questions.telling import Telling
from desktop.ui.words import tr
from forms.xforms import Node, NodeKind


@dataclass(frozen=True, slots=True)
class Column:
    """A question of every row: its name in the form, its words, the pixels that it needs.

    ``share``: its part of what room there is besides.
    """

    name: str
    words: str
    least: int
    share: int


def is_table(repeat: Node, rows: Sequence[Node], telling: Telling) -> bool:
    """True if the form wants a table, every question fits into a cell, and nobody looks on."""
    if "table" not in repeat.appearance.split() or telling.beside or not rows:
        return False
    inside = [n for row in rows for part in row.children for n in part.walk() if n.control]
    asked = [node for node in inside if telling.sees(node.path)]
    in_cells = all(_is_in_row(n) and type_of(n) in CELLS and not _is_pictured(n) for n in asked)
    return in_cells and not any(node.schema_path in telling.picks for node in asked)


def columns_of(rows: Sequence[Node], telling: Telling, metrics: QFontMetrics) -> list[Column]:
    """Every question of the rows, in the order of the form, whether each of them asks it or not."""
    asked = [node for node in rows[0].children if node.control and telling.sees(node.path)]
    has_text = any(type_of(node) == "text" for node in asked)
    found = []
    for node in asked:
        words = without_emphasis(node.label) or tr("Question without words")
        word = max((metrics.horizontalAdvance(word) for word in words.split()), default=0)
        least = max(word, least_width(type_of(node), metrics))
        share = 0 if has_text and type_of(node) != "text" else least
        found.append(Column(node.name, words, least, share))
    return found


def least_table_width(columns: Sequence[Column]) -> int:
    """How many pixels a table of these needs to be read; in less, its rows are cards."""
    return sum(column.least + TIGHT for column in columns) + TARGET


def fits_a_line(row: Node, telling: Telling) -> bool:
    """True if each cell of a row can tell all there is."""
    return all(fits_a_cell(node, telling) for node in row.children if _is_asked(node, telling))


class TableHead(QWidget):
    """The words of the questions, above their columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._columns: list[Column] = []
        self._line = _line(self)

    def show_columns(self, columns: list[Column]) -> None:
        """Show these."""
        if columns == self._columns:
            return
        self._columns = columns
        while (item := self._line.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for column in columns:
            words = Body(column.words, self, size=Size.SMALL, bold=True)
            words.setAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading)
            self._line.addWidget(_as_wide_as(column, words), column.share)
        unseen = icon_button("more", tr("More"), self)
        policy = unseen.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        unseen.setSizePolicy(policy)
        unseen.hide()
        self._line.addWidget(unseen)


class RowLine(QWidget):
    """A cell for each question. Its first is built at once, the others by turns.

    What is longer than its cell stands below, whole.

    ``opened``: it is to be a card, with this answer to be explained at this path, if there is one.
    """

    opened = Signal(str, str)
    removed = Signal()
    moved = Signal(int)

    def __init__(self, telling: Telling, parent: QWidget) -> None:
        super().__init__(parent)
        self._telling = telling
        self._columns: list[Column] = []
        self._nodes: dict[str, Node] = {}
        self._cells: dict[str, Cell] = {}
        self._title = ""
        self._can: tuple[bool, bool, bool] = (False, False, False)
        self._across = QWidget(self)
        self._line = _line(self._across)
        self.whole = Quiet("", self)
        self.whole.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HAIR)
        column.addWidget(self._across)
        column.addWidget(self.whole)
        self.more = icon_button("more", tr("More"), self._across)
        self.more.clicked.connect(self._offer)

    @property
    def words(self) -> str:
        """What the row is called."""
        return self._title

    def show_row(
        self, row: Node, title: str, columns: list[Column], changed: Collection[str] | None
    ) -> None:
        """Show the row as it is now."""
        self._title = title
        self.more.say(tr("More"), title)
        self._nodes = {n.name: n for n in row.children if _is_asked(n, self._telling)}
        if [(c.name, c.least) for c in columns] != [(c.name, c.least) for c in self._columns]:
            self._begin(columns)
        for name in [name for name in self._cells if name not in self._nodes]:
            self._put(name, QWidget(self._across))
            del self._cells[name]
        for name, cell in self._cells.items():
            cell.show_in(title, self._nodes[name], changed)
        if not self._cells:
            self.build_one()
        self._tell_whole()

    def allow(self, *, up: bool, down: bool, remove: bool) -> None:
        """What can be done with the row."""
        self._can = (up, down, remove)

    def blocks(self) -> Iterator[Cell]:
        """Its questions that are built, in order."""
        return (self._cells[c.name] for c in self._columns if c.name in self._cells)

    def stops(self) -> Iterator[QWidget]:
        """Everything that Tab stops at, in order."""
        for cell in self.blocks():
            yield from cell.stops()
        yield self.more

    def open_row(self, row: str) -> None:
        """Its questions are on the page."""

    @property
    def waiting(self) -> int:
        """How many cells are not built yet."""
        return len(self._nodes.keys() - self._cells.keys())

    def complete(self) -> None:
        """Build what is not built yet."""
        while self.waiting:
            self.build_one()

    def build_one(self) -> None:
        """Build the first cell that is not built yet."""
        for column in self._columns:
            node = self._nodes.get(column.name)
            if node is None or column.name in self._cells:
                continue
            cell = Cell(node, self._telling, self._title, self._across)
            cell.show_in(self._title, node, None)
            cell.needs_room.connect(lambda value, path=node.path: self.opened.emit(path, value))
            self._put(column.name, cell)
            self._cells[column.name] = cell
            return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other words may be cut now."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._tell_whole)  # once the cells have their widths

    def _tell_whole(self) -> None:
        words = {column.name: column.words for column in self._columns}
        cut = {name: cell.cut_words for name, cell in self._cells.items()}
        told = [f"{words[name]} {text}" for name, text in cut.items() if text]
        self.whole.setText("\n".join(told))
        self.whole.setVisible(bool(told))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go to the same column of the row above and below."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        at = next((n for n, c in self._cells.items() if c.isAncestorOf(self.focusWidget())), "")
        if by is None or not at or not self._go(at, by):
            super().keyPressEvent(event)

    def _go(self, name: str, by: int) -> bool:
        around = self.parentWidget()
        lines = [w for w in around.children() if isinstance(w, RowLine)] if around else []
        lines.sort(key=lambda line: line.y())
        to = lines.index(self) + by
        if not 0 <= to < len(lines) or name not in lines[to]._cells:
            return False
        lines[to]._cells[name].take_focus()
        return True

    def _put(self, name: str, widget: QWidget) -> None:
        """Put a widget in the column of this name, in place of what is there."""
        at, column = next(one for one in enumerate(self._columns) if one[1].name == name)
        place = self._line.takeAt(at)
        before = place.widget() if place is not None else None
        self._line.insertWidget(at, _as_wide_as(column, widget), column.share)
        if before is not None:
            widget.stackUnder(before)  # what is read out goes by this order, not by the layout's
            before.hide()
            before.deleteLater()
        widget.show()

    def _begin(self, columns: list[Column]) -> None:
        while (place := self._line.takeAt(0)) is not None:
            if (before := place.widget()) is not None and before is not self.more:
                before.hide()
                before.deleteLater()
        self._cells, self._columns = {}, columns
        for column in columns:
            self._line.addWidget(_as_wide_as(column, QWidget(self._across)), column.share)
        self._line.addWidget(self.more, 0, Qt.AlignmentFlag.AlignBottom)
        self.more.raise_()

    def _offer(self) -> None:
        up, down, remove = self._can
        menu = Menu(self)
        menu.setAccessibleName(self.more.accessibleName())
        menu.addAction(tr("Open")).triggered.connect(lambda: self.opened.emit("", ""))
        for column in self._columns:
            cell = self._cells.get(column.name)
            if cell is not None and cell.kind == "date" and not self._telling.locked:
                words = tr("Choose from a calendar: {column}", column=column.words)
                menu.addAction(words).triggered.connect(cell.choose_day)
        if up:
            menu.addAction(tr("Move up")).triggered.connect(lambda: self.moved.emit(-1))
        if down:
            menu.addAction(tr("Move down")).triggered.connect(lambda: self.moved.emit(1))
        if remove:
            menu.addAction(tr("Remove")).triggered.connect(self.removed)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))


def _is_in_row(node: Node) -> bool:
    """Not in a group within it."""
    return node.parent is not None and node.parent.kind is NodeKind.ROW


def _is_pictured(node: Node) -> bool:
    return bool(node.label_image) or any(choice.image for choice in node.choices)


def _is_asked(node: Node, telling: Telling) -> bool:
    is_question = node.kind is NodeKind.QUESTION and bool(node.control)
    return is_question and node.relevant and telling.sees(node.path)


def _line(parent: QWidget) -> QHBoxLayout:
    parent.setMinimumWidth(1)  # where there is less room than it needs it will not be a table
    line = QHBoxLayout(parent)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(TIGHT)
    return line


def _as_wide_as(column: Column, widget: QWidget) -> QWidget:
    """Whatever is in it: so that all cells of a column stand below each other."""
    if not column.share:
        widget.setFixedWidth(column.least)
        return widget
    policy = widget.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    widget.setSizePolicy(policy)
    return widget
