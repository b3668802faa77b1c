"""What the form works out, or somebody else answers: to be read, not to be changed."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.look.labels import Body
from desktop.ui.questions.choices import chosen_words
from desktop.ui.questions.field import Field, Surroundings
from desktop.ui.words import tr
from forms.xforms import Node


class Calculation(Field):
    """A value that follows from other answers, or that is not for this person to give, in words."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.shown = Body("", self, bold=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.shown)
        self._value = ""

    def show_node(self, node: Node) -> None:
        self._value = node.value
        self.shown.setText(chosen_words(node) or tr("Nothing yet"))
        self.shown.setAccessibleName(f"{self.question}: {self.shown.text()}")

    def value(self) -> str:
        return self._value

    def controls(self) -> list[QWidget]:
        return []
