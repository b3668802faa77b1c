"""A drawing or signature to be looked at, not drawn on."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.look.painting import colours_for, draw_box, painter_on
from desktop.ui.questions.stroke_pad import PAPER, paint_stroke
from desktop.ui.questions.strokes import WIDTH, Strokes

_WIDE = 260


class StrokePicture(QWidget):
    """Small, on white paper. ``words`` say to a screen reader what it is a picture of."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: Strokes | None = None
        self.setAccessibleName(words)
        self.hide()

    def show_content(self, content: bytes | None) -> None:
        """Show these strokes; nothing if there are none on this device or they cannot be read."""
        try:
            self._strokes = Strokes.read(content) if content is not None else None
        except ValueError:
            self._strokes = None
        if self._strokes is not None:
            self.setFixedSize(_WIDE, round(_WIDE * self._strokes.height / WIDTH))
        self.setVisible(self._strokes is not None)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = painter_on(self), colours_for(self)
        draw_box(painter, QRectF(self.rect()), PAPER, colours.border)
        for stroke in self._strokes.strokes if self._strokes else ():
            paint_stroke(painter, stroke, self.width() / WIDTH)
        painter.end()
