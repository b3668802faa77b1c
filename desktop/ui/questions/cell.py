"""A question in a table of rows: where one answers, and nothing else of it.

Its words stand above the column. Whatever needs more room than an answer does (why there is none,
two different answers, a reason for a looser one, who wrote it) is in the card of the row.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.open_change import Standing
from desktop.ui.look.fields import LineField
from desktop.ui.look.spacing import CLOSE, TIGHT
from desktop.ui.questions.block import Block
from desktop.ui.questions.date import Date
from desktop.ui.questions.field import Field, Surroundings
from desktop.ui.questions.finding import Maker, type_of
from desktop.ui.questions.number import Number
from desktop.ui.questions.select_minimal import SelectMinimal
from desktop.ui.questions.telling import Telling
from desktop.ui.questions.text import Text
from desktop.ui.words import tr
from forms.casework.told_before import is_carried
from forms.xforms import Node


def _date(around: Surroundings, parent: QWidget | None) -> Field:
    """Typed; the calendar is in the menu of the row: its button takes half a column."""
    made = Date(around, parent)
    made.pick.hide()
    return made


CELLS: Mapping[str, Maker] = MappingProxyType(
    {
        "text": Text,
        "integer": partial(Number, whole=True),
        "decimal": partial(Number, whole=False),
        "date": _date,
        "select_one": SelectMinimal,
        "select_minimal": SelectMinimal,
    }
)
"""The types that fit into a cell, and the part that asks each of them there."""

_CHARACTERS = {"text": 11, "integer": 12, "decimal": 12, "date": 15}
_IN_A_LIST = 13


def least_width(kind: str, metrics: QFontMetrics) -> int:
    """How many pixels a cell of this type needs at least."""
    lines = 3 if kind == "date" else 1
    edges = lines * (2 * CLOSE + TIGHT) + (lines - 1) * CLOSE
    return metrics.horizontalAdvance("0") * _CHARACTERS.get(kind, _IN_A_LIST) + edges


def fits_a_cell(node: Node, telling: Telling) -> bool:
    """True if what stands at a question now can be told by its answer alone."""
    standing = telling.standing(node.path)
    says_more = standing.in_conflict or standing.lacks_reason or is_carried(standing.answer)
    return standing.answer.absent is None and not says_more


class Cell(Block):
    """Named "column, row". ``needs_room`` carries an answer that asks for a reason first."""

    needs_room = Signal(str)

    def __init__(self, node: Node, telling: Telling, row: str, parent: QWidget) -> None:
        self._row = row
        self._names: dict[QWidget, str] = {}
        super().__init__(node, telling, parent)
        for line in self.findChildren(LineField):
            line.left.connect(partial(line.home, False))

    def show_in(self, row: str, node: Node, changed: Collection[str] | None) -> None:
        """Show the question as it is now, in the row of this name."""
        self._row = row
        self.show_node(node, changed)
        self._name()

    def ask_reason(self, value: str) -> None:
        """Not in here."""
        self.needs_room.emit(value)

    @property
    def cut_words(self) -> str:
        """What stands here, if it is longer than the cell; blank if all of it is seen."""
        if self.kind != "text":
            return ""
        words = self.field.value()
        (line,) = self.field.controls()
        room = line.width() - 2 * CLOSE - TIGHT
        return words if line.fontMetrics().horizontalAdvance(words) > room else ""

    def choose_day(self) -> None:
        """Open the calendar of a date."""
        if isinstance(self.field, Date):
            self.field.open_calendar()

    def _show_picture(self, told: str) -> None:
        """Not in here: what has one is asked in a card."""

    def _field_for(self, node: Node) -> Field:
        return CELLS[type_of(node)](self._telling.around, self)

    def _lay_out(self) -> None:
        unseen = QWidget(self)
        unseen.hide()
        for part in (self.label, self.hint, self.carried, self.more):
            part.setParent(unseen)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(TIGHT)
        self._column.addStretch(1)
        self._column.addWidget(self.field)

    def _present(self, node: Node, standing: Standing) -> None:
        super()._present(node, standing)
        for line in self.findChildren(LineField):
            if not line.hasFocus():
                line.home(False)  # what is longer than the cell is read from its beginning
        self._names = {control: control.accessibleName() for control in self.field.controls()}
        self._name()

    def _name(self) -> None:
        for control, name in self._names.items():
            control.setAccessibleName(tr("{column}, {row}", column=name, row=self._row))
