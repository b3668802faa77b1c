"""How far something is: a bar in our colours. The words stand beside it, never only the bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from desktop.ui.look.painting import colours_for, draw_box, painter_on
from desktop.ui.look.spacing import CLOSE


class Progress(QProgressBar):
    """A progress bar; ``name`` is for the screen reader."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_done(self, done: int, total: int | None) -> None:
        """``done`` of ``total``; empty while nobody knows the total."""
        self.setRange(0, total or 1)
        self.setValue(min(done, total) if total else 0)

    def sizeHint(self) -> QSize:
        """Low and wide."""
        return QSize(super().sizeHint().width(), CLOSE)

    def minimumSizeHint(self) -> QSize:
        """Still to be seen."""
        return QSize(6 * CLOSE, CLOSE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the trough and how much of it is full."""
        painter, colours = painter_on(self), colours_for(self)
        area = QRectF(self.rect())
        draw_box(painter, area, colours.page, colours.border, 1.0)
        share = (self.value() - self.minimum()) / max(1, self.maximum() - self.minimum())
        if share > 0:
            area.setWidth(max(area.height(), area.width() * share))
            draw_box(painter, area, colours.accent, None)
        painter.end()
