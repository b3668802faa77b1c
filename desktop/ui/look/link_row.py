"""A line of text that leads somewhere: wraps, underlined, the whole line is the target."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.ui.look.painting import colours_for, draw_box, draw_focus, leading, painter_on
from desktop.ui.look.spacing import TIGHT
from desktop.ui.look.wrapping import WrappingWords

_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


class LinkRow(WrappingWords, QPushButton):
    """A link as wide as its column. Its words are its accessible name."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        QPushButton.__init__(self, words.replace("&", "&&"), parent)
        self.words = words
        self.setAccessibleName(words)
        self._begin_wrapping()
        self.setAutoDefault(False)

    def _beside_words(self) -> int:
        return 2 * TIGHT

    def _above_words(self) -> int:
        return 2 * TIGHT

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = painter_on(self), colours_for(self)
        area = QRectF(self.rect())
        if self.underMouse():
            draw_box(painter, area, colours.chosen, None)
        font = painter.font()
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(colours.link)
        painter.drawText(
            self.rect().adjusted(TIGHT, 0, -TIGHT, 0), leading(self) | _MIDDLE, self.words
        )
        if self.hasFocus():
            draw_focus(painter, area, colours)
        painter.end()
