"""A signature: drawn, or typed, or witnessed by somebody."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desktop.ui.look.buttons import quiet
from desktop.ui.look.fields import LineField
from desktop.ui.look.labels import Quiet
from desktop.ui.look.options import RadioRow
from desktop.ui.look.spacing import TIGHT
from desktop.ui.questions.drawing import Drawing
from desktop.ui.questions.field import Surroundings
from desktop.ui.words import tr
from forms.xforms import Node

TYPED, WITNESSED = "typed: ", "witnessed: "
"""How the value begins when nobody drew: then follow the words that were typed."""


class Signature(Drawing):
    """Nobody has to draw: a name may be typed, or a spoken agreement witnessed."""

    HEIGHT = 300
    _is_for_signing = True

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.other_way = quiet(tr("Sign another way"), self)
        self._tools.addWidget(self.other_way)
        self.panel = QWidget(self)
        self.typed = RadioRow(tr("They typed their name themselves"), self.panel)
        self.witnessed = RadioRow(tr("They agreed aloud, and somebody witnessed it"), self.panel)
        self.words = LineField(self.panel)
        self._words_label = Quiet(tr("Name of who agrees"), self.panel)
        self._words_label.setBuddy(self.words)
        self._ways = QButtonGroup(self)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(0, TIGHT, 0, 0)
        column.setSpacing(TIGHT)
        for row in (self.typed, self.witnessed):
            self._ways.addButton(row)
            column.addWidget(row)
        column.addWidget(self._words_label)
        column.addWidget(self.words)
        self.typed.setChecked(True)
        self.panel.hide()
        self.column.addWidget(self.panel)
        self.other_way.clicked.connect(self._show_panel)
        self._ways.buttonClicked.connect(self._said_in_words)
        self.words.textEdited.connect(self._said_in_words)

    def pad_words(self) -> str:
        return tr("Sign here")

    def show_node(self, node: Node) -> None:
        super().show_node(node)
        self.other_way.say(tr("Sign another way"), self.question)
        for prefix, row in ((TYPED, self.typed), (WITNESSED, self.witnessed)):
            row.setAccessibleDescription(self.question)
            if node.value.startswith(prefix):
                row.setChecked(True)
                self.panel.show()
                if self.words.text().strip() != node.value.removeprefix(prefix).strip():
                    self.words.setText(node.value.removeprefix(prefix))
        self._name_words()

    def controls(self) -> list[QWidget]:
        return [*super().controls(), self.other_way, self.typed, self.witnessed, self.words]

    def _show_panel(self) -> None:
        self.panel.show()
        self.typed.setFocus()

    def _said_in_words(self) -> None:
        self._name_words()
        words = self.words.text()
        if not words.strip():
            if not self._value.startswith((TYPED, WITNESSED)):
                return
            self._value = ""
        else:
            self._value = (TYPED if self.typed.isChecked() else WITNESSED) + words
        self.tell()

    def _name_words(self) -> None:
        is_typed = self.typed.isChecked()
        label = tr("Name of who agrees") if is_typed else tr("Who agreed, and who witnessed it")
        self._words_label.setText(label)
        self.words.setAccessibleName(f"{label}: {self.question}")
