"""A type of question that this version of the program cannot ask: said in words, nothing lost."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.look.notice import Kind, Notice
from desktop.ui.questions.field import Field, Surroundings
from desktop.ui.words import tr
from forms.xforms import Node


class Unknown(Field):
    """Shows what is answered, if anything, and keeps it as it is."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.notice = Notice(Kind.CAUTION, "", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.notice)
        self._value = ""

    def show_node(self, node: Node) -> None:
        self._value = node.value
        words = tr(
            "This version of the program cannot ask this question. Write the answer down on paper"
            " and tell whoever looks after the program."
        )
        if node.value:
            words += " " + tr("What is already answered is kept: {value}", value=node.value)
        self.notice.say(words)

    def value(self) -> str:
        return self._value

    def controls(self) -> list[QWidget]:
        return []
