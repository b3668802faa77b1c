"""Something to be acknowledged: read, said or done."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.look.options import CheckRow
from desktop.ui.questions.field import Field, Surroundings
from desktop.ui.words import tr
from forms.xforms import Node

_DONE = "OK"


class Acknowledge(Field):
    """XForms ``trigger``: ``OK`` once it is ticked."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.row = CheckRow(tr("Yes, done"), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.row)
        self.row.clicked.connect(self.tell)

    def show_node(self, node: Node) -> None:
        self.row.setAccessibleName(f"{self.row.words}: {self.question}")
        self.row.setAccessibleDescription(self.accessibleDescription())
        self.row.setChecked(bool(node.value))

    def value(self) -> str:
        return _DONE if self.row.isChecked() else ""

    def controls(self) -> list[QWidget]:
        return [self.row]
