"""A line of text that leads somewhere: wraps, underlined, the whole line is the target."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.ui.look.painting import colours_for, draw_box, draw_focus, leading, painter_on
from desktop.ui.look.spacing import TARGET, TIGHT

_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


class LinkRow(QPushButton):
    """A link as wide as its column. Its words are its accessible name."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self.words = words
        self._heights: dict[int, int] = {}
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:  # Qt asks many times for each laying out
            room = QRect(0, 0, max(1, width - 2 * TIGHT), 100_000)
            words = self.fontMetrics().boundingRect(room, leading(self) | _MIDDLE, self.words)
            self._heights[width] = max(TARGET, words.height() + 2 * TIGHT)
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._heights = {}
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = min(metrics.horizontalAdvance(self.words) + 2, metrics.height() * 34) + 2 * TIGHT
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(word) for word in self.words.split()), default=0)
        return QSize(longest + 2 + 2 * TIGHT, TARGET)

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
