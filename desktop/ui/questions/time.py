"""A time of day."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.answer_types import NO_TIME
from desktop.ui.look.fields import LineField
from desktop.ui.questions.clock_time import read_time
from desktop.ui.questions.field import Field, Surroundings
from desktop.ui.words import tr
from forms.xforms import Node


class Time(Field):
    """Typed as people say it; kept as ``14:30:00``, or as typed if it is no time."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.line = LineField(self, characters=8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        self.line.textEdited.connect(self.tell)

    def show_node(self, node: Node) -> None:
        self.line.setAccessibleName(self.question)
        self.line.setAccessibleDescription(self.accessibleDescription())
        if self.value() != node.value:
            self.line.setText(shown_time(node.value))

    def value(self) -> str:
        typed = self.line.text().strip()
        read = read_time(typed)
        return read.isoformat() if read else typed

    def controls(self) -> list[QWidget]:
        return [self.line]

    def trouble(self) -> str:
        if not self.line.text().strip() or read_time(self.line.text()):
            return ""
        return tr(NO_TIME)


def shown_time(value: str) -> str:
    """``14:30`` for ``14:30:00.000+01:00``; anything else as it is."""
    read = read_time(value[:5])
    return f"{read:%H:%M}" if read and value[5:6] in ("", ":") else value
