"""One line of text."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.look.fields import LineField
from desktop.ui.questions.field import Field, Surroundings
from forms.xforms import Node


class Text(Field):
    """A name, a place, a few words."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.line = LineField(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        self.line.textEdited.connect(self.tell)

    def show_node(self, node: Node) -> None:
        self.line.setAccessibleName(self.question)
        self.line.setAccessibleDescription(self.accessibleDescription())
        if self.line.text() != node.value:
            self.line.setText(node.value)

    def value(self) -> str:
        return self.line.text()

    def controls(self) -> list[QWidget]:
        return [self.line]
