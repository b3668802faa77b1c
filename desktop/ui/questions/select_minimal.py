"""One of many, from a list that drops down: for long lists, where the form says ``minimal``."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.look.fields import ChoiceBox
from desktop.ui.questions.choices import Option, options_of
from desktop.ui.questions.field import Field, Surroundings
from desktop.ui.words import tr
from forms.xforms import Node


class SelectMinimal(Field):
    """Typing a letter goes to the next option that begins with it. The wheel changes nothing."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._options: tuple[Option, ...] = ()
        self.box = ChoiceBox(self)
        self.box.setPlaceholderText(tr("Choose one"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        self.box.activated.connect(self.tell)

    def show_node(self, node: Node) -> None:
        self.box.setAccessibleName(self.question)
        self.box.setAccessibleDescription(self.accessibleDescription())
        options = options_of(node)
        if options != self._options:
            self._options = options
            self.box.clear()
            for option in options:
                self.box.addItem(option.words, option.name)
            self.box.setCurrentIndex(-1)
        if self.value() != node.value:
            self.box.setCurrentIndex(self.box.findData(node.value) if node.value else -1)

    def value(self) -> str:
        return self.box.currentData() or ""

    def controls(self) -> list[QWidget]:
        return [self.box]
