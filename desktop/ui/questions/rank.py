"""Putting things in order: up and down buttons, nothing to drag."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.look.buttons import icon_button, secondary
from desktop.ui.look.labels import Body
from desktop.ui.look.spacing import HAIR, TIGHT
from desktop.ui.questions.choices import Option, options_of
from desktop.ui.questions.field import Field, Surroundings
from desktop.ui.words import tr
from forms.xforms import Node


class Rank(Field):
    """Nothing is answered until somebody moves something, or says that the order is right."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._order: list[Option] = []
        self._value = ""
        self._buttons: list[QWidget] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(HAIR)
        self.right = secondary(tr("This order is right"), self)
        self.right.clicked.connect(self._settle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        layout.addLayout(self._lines)
        row = QHBoxLayout()
        row.addWidget(self.right)
        row.addStretch(1)
        layout.addLayout(row)

    def show_node(self, node: Node) -> None:
        ranked = node.value.split()
        options = list(options_of(node))
        order = sorted(
            options, key=lambda o: ranked.index(o.name) if o.name in ranked else len(ranked)
        )
        self._value = node.value
        self.right.setVisible(not node.value)
        self.right.say(tr("This order is right"), self.question)
        if order != self._order:
            self._order = order
            self._rebuild()

    def value(self) -> str:
        return self._value

    def controls(self) -> list[QWidget]:
        return [*self._buttons, *([] if self.right.isHidden() else [self.right])]

    def _settle(self) -> None:
        self._value = " ".join(option.name for option in self._order)
        self.right.hide()
        self.tell()

    def _move(self, at: int, by: int) -> None:
        self._order.insert(at + by, self._order.pop(at))
        self._rebuild()
        moved = self._buttons[2 * (at + by) + (0 if by < 0 else 1)]
        moved.setFocus()
        self._settle()

    def _rebuild(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._buttons = []
        for at, option in enumerate(self._order):
            self._lines.addWidget(self._line(at, option))

    def _line(self, at: int, option: Option) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Body(f"{at + 1}. {option.words}", line), 1)
        for name, words, by in (
            ("chevron-up", tr("Move up"), -1),
            ("chevron-down", tr("Move down"), 1),
        ):
            button = icon_button(name, words, line, about=option.words)
            button.setEnabled(0 <= at + by < len(self._order))
            button.clicked.connect(lambda _=False, a=at, b=by: self._move(a, b))
            row.addWidget(button)
            self._buttons.append(button)
        return line
