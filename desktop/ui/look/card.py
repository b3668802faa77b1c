"""A card: one thing with an edge around it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.look.painting import colours_for, draw_box, painter_on
from desktop.ui.look.spacing import CLOSE, WIDE


class Card(QWidget):
    """A quiet box. Add widgets and layouts to ``body``, from top to bottom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        self.body.setSpacing(CLOSE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = painter_on(self), colours_for(self)
        draw_box(painter, QRectF(self.rect()), colours.surface, colours.line, 1.0)
        painter.end()
