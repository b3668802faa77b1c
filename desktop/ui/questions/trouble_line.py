"""What is wrong with an answer, beside it: a shape, and words that say how to put it right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.look.labels import Body
from desktop.ui.look.notice import Kind, Mark
from desktop.ui.look.spacing import TIGHT


class TroubleLine(QWidget):
    """One line above the field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Body("", self, bold=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(TIGHT)
        row.addWidget(Mark(Kind.PROBLEM, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def say(self, words: str) -> None:
        """Say this."""
        self._words.setText(words)
