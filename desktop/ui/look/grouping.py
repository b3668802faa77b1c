"""An invisible group: tells a screen reader that these controls answer one question."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGroupBox, QWidget


class Grouping(QGroupBox):
    """A group box without a box. Its accessible name is the question."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFlat(True)
        self.setContentsMargins(0, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing to be seen."""
