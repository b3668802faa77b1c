"""A scroll bar that keeps to itself: a rounded handle on the page's own ground."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from desktop.ui.look.painting import colours_for, fill, painter_on

WIDTH = 16
_INSET = 4


class ScrollBar(QScrollBar):
    """Upright; as wide as a finger can find, as quiet as a border."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        from PySide6.QtWidgets import QStyle, QStyleOptionSlider  # 9 ms, and seldom at first

        painter, colours = painter_on(self), colours_for(self)
        fill(painter, self.rect(), colours.page)
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.text if self.isSliderDown() else colours.border)
        shown = QRectF(handle).adjusted(_INSET, 1, -_INSET, -1)
        painter.drawRoundedRect(shown, shown.width() / 2, shown.width() / 2)
        painter.end()
