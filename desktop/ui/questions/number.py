"""A whole number, or one with a decimal point. Typed, never spun: a wheel must not change it."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.answer_types import NO_NUMBER, NO_WHOLE_NUMBER, NUMBER, WHOLE_NUMBER
from desktop.ui.look.fields import PRIVATE, LineField
from desktop.ui.questions.field import Field, Surroundings
from desktop.ui.words import tr
from forms.xforms import Node


class Number(Field):
    """What is not a number stays as it was typed, and is said to be none."""

    def __init__(
        self, around: Surroundings, parent: QWidget | None = None, *, whole: bool = True
    ) -> None:
        super().__init__(around, parent)
        self._whole = whole
        self.line = LineField(self, characters=12)
        hints = Qt.InputMethodHint
        self.line.setInputMethodHints(
            PRIVATE | (hints.ImhDigitsOnly if whole else hints.ImhFormattedNumbersOnly)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        self.line.textEdited.connect(self.tell)

    def show_node(self, node: Node) -> None:
        self.line.setAccessibleName(self.question)
        self.line.setAccessibleDescription(self.accessibleDescription())
        if self.value() != node.value:
            self.line.setText(node.value)

    def value(self) -> str:
        """The number with a point and without the commas of thousands; or what was typed."""
        typed = self.line.text().strip()
        plain = re.sub(r"(?<=\d)[, ](?=\d{3})", "", typed)
        return plain if self._is_number(plain) else typed

    def controls(self) -> list[QWidget]:
        return [self.line]

    def trouble(self) -> str:
        value = self.value()
        if not value or self._is_number(value):
            return ""
        return tr(NO_WHOLE_NUMBER if self._whole else NO_NUMBER)

    def _is_number(self, text: str) -> bool:
        return bool((WHOLE_NUMBER if self._whole else NUMBER).fullmatch(text))
