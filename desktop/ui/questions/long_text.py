"""Many lines of text."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.look.fields import TextArea
from desktop.ui.questions.field import Field, Surroundings
from forms.xforms import Node


class LongText(Field):
    """What somebody tells, in their own words."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.area = TextArea(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)
        self.area.writing.textChanged.connect(self._typed)
        self._shows = False

    def show_node(self, node: Node) -> None:
        self.area.writing.setAccessibleName(self.question)
        self.area.writing.setAccessibleDescription(self.accessibleDescription())
        if self.value() != node.value:
            self._shows = True
            self.area.writing.setPlainText(node.value)
            self._shows = False

    def value(self) -> str:
        return self.area.writing.toPlainText()

    def controls(self) -> list[QWidget]:
        return [self.area.writing]

    def _typed(self) -> None:
        if not self._shows:
            self.tell()
