"""Option rows: an indicator and words that wrap; the whole row is the target."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QRadioButton, QWidget

from desktop.ui.look.form_picture import draw_picture
from desktop.ui.look.painting import colours_for, draw_box, draw_focus, leading, painter_on
from desktop.ui.look.spacing import CLOSE, NORMAL, TIGHT
from desktop.ui.look.whole_target import make_whole_target
from desktop.ui.look.wrapping import WrappingWords

_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
_PICTURE_EMS = 5


class OptionRow(WrappingWords):
    """What one of and many of share. Its words are also its accessible name."""

    _is_round = False

    def _begin(self, words: str, image: QImage | None) -> None:
        self.words, self._image = words, image
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self._begin_wrapping()
        make_whole_target(self)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, painter = colours_for(self), painter_on(self)
        area = QRectF(self.rect())
        if self.isChecked():
            draw_box(painter, area, colours.chosen, colours.accent, 2.0)
        else:
            ground = colours.hover if self.underMouse() and self.isEnabled() else colours.surface
            draw_box(painter, area, ground, colours.border)
        if not (self.isEnabled() or self.isChecked()):  # an answer is read after it is closed
            painter.setOpacity(0.5)
        side = self._indicator()
        mark = QRect(NORMAL, (self.height() - side) // 2, side, side)
        self._paint_indicator(painter, QRectF(self._mirrored(mark)), colours.border)
        left = NORMAL + side + CLOSE
        if self._image is not None:
            picture = QRect(left, TIGHT, self._picture(), self.height() - 2 * TIGHT)
            draw_picture(painter, self._image, QRectF(self._mirrored(picture)))
            left += self._picture() + CLOSE
        words = self.rect().adjusted(left, 0, -NORMAL, 0)
        painter.setPen(colours.text)
        painter.drawText(self._mirrored(words), leading(self) | _MIDDLE, self.words)
        if self.hasFocus():
            draw_focus(painter, area, colours)
        painter.end()

    def _paint_indicator(self, painter: QPainter, area: QRectF, edge: QColor) -> None:
        colours = colours_for(self)
        is_on = self.isChecked()
        pen = QPen(colours.accent if is_on else edge, 2.0)
        painter.setPen(pen)
        fill = colours.accent if is_on and not self._is_round else colours.surface
        painter.setBrush(fill)
        inside = area.adjusted(1, 1, -1, -1)
        if self._is_round:
            painter.drawEllipse(inside)
            if is_on:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colours.accent)
                quarter = area.width() * 0.26
                painter.drawEllipse(area.adjusted(quarter, quarter, -quarter, -quarter))
            return
        painter.drawRoundedRect(inside, 3, 3)
        if is_on:
            painter.setPen(QPen(colours.on_accent, max(2.0, area.width() / 9)))
            at, side = area.topLeft(), area.width()
            ticks = ((0.24, 0.53), (0.43, 0.71), (0.77, 0.31))
            painter.drawPolyline([at + QPointF(x * side, y * side) for x, y in ticks])

    def _mirrored(self, area: QRect) -> QRect:
        if self.layoutDirection() is not Qt.LayoutDirection.RightToLeft:
            return area
        return QRect(self.width() - area.right() - 1, area.top(), area.width(), area.height())

    def _indicator(self) -> int:
        return round(self.fontMetrics().height() * 1.05)

    def _beside_words(self) -> int:
        picture = self._picture() + CLOSE if self._image is not None else 0
        return NORMAL + self._indicator() + CLOSE + picture + NORMAL

    def _measured(self, width: int) -> int:
        picture = self._picture() + 2 * TIGHT if self._image is not None else 0
        return max(picture, super()._measured(width))

    def _picture(self) -> int:
        return self.fontMetrics().height() * _PICTURE_EMS

    def _above_words(self) -> int:
        return 2 * CLOSE


class RadioRow(OptionRow, QRadioButton):
    """One of several. Put the rows of one question in one QButtonGroup."""

    _is_round = True

    def __init__(
        self, words: str, parent: QWidget | None = None, *, image: QImage | None = None
    ) -> None:
        QRadioButton.__init__(self, parent)
        self._begin(words, image)


class CheckRow(OptionRow, QCheckBox):
    """One of many, each on or off by itself."""

    def __init__(
        self, words: str, parent: QWidget | None = None, *, image: QImage | None = None
    ) -> None:
        QCheckBox.__init__(self, parent)
        self._begin(words, image)
