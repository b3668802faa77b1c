"""Words of the form: something to read, nothing to answer."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.ui.questions.field import Field
from forms.xforms import Node


class Note(Field):
    """The words stand in the question's label; there is no more to it."""

    _value = ""

    def show_node(self, node: Node) -> None:
        self._value = node.value

    def value(self) -> str:
        return self._value

    def controls(self) -> list[QWidget]:
        return []
