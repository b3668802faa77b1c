"""A tile: one of a few, side by side, with a number or a face and perhaps words below it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from desktop.ui.look.form_picture import draw_picture
from desktop.ui.look.icons import draw_icon
from desktop.ui.look.painting import colours_for, draw_box, draw_focus, painter_on
from desktop.ui.look.spacing import CLOSE, HAIR, TARGET, TIGHT
from desktop.ui.look.type_scale import Size, sized
from desktop.ui.look.whole_target import make_whole_target

_BELOW = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)


_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)
_PICTURE_EMS = 5


class Tile(QRadioButton):
    """One of several tiles; ``big`` (a number), an icon or a picture above ``words``.

    A chosen tile is filled and has a tick in its corner: never colour alone.
    """

    def __init__(
        self,
        words: str,
        parent: QWidget | None = None,
        *,
        big: str = "",
        icon_name: str = "",
        image: QImage | None = None,
    ) -> None:
        super().__init__(parent)
        self._image = image
        self.words, self._big, self._icon_name = words, big, icon_name
        self.setAccessibleName(" ".join(part for part in (big, words) if part))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        make_whole_target(self)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        width = self._mark() + 2 * CLOSE
        if self.words:
            width = max(width, self.fontMetrics().height() * 5)
            longest = max(self._small().horizontalAdvance(w) for w in self.words.split())
            width = max(width, longest + 2 * TIGHT + 2)
        height = self._mark() + 2 * TIGHT
        if self.words:
            height += HAIR + self._words_height(width)
        return QSize(max(width, TARGET), max(height, TARGET))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, painter = colours_for(self), painter_on(self)
        area = QRectF(self.rect())
        is_on = self.isChecked()
        if is_on:
            draw_box(painter, area, colours.accent, None)
        else:
            ground = colours.hover if self.underMouse() else colours.surface
            draw_box(painter, area, ground, colours.border)
        ink = colours.on_accent if is_on else colours.text
        mark = QRectF((self.width() - self._mark()) / 2, TIGHT, self._mark(), self._mark())
        painter.setPen(ink)
        if self._image is not None:
            draw_picture(painter, self._image, mark)
        elif self._icon_name:
            draw_icon(painter, self._icon_name, mark, ink)
        else:
            painter.setFont(sized(self.font(), Size.THIRD, bold=True))
            painter.drawText(QRectF(0, TIGHT, self.width(), mark.height()), _MIDDLE, self._big)
        if self.words:
            painter.setFont(sized(self.font(), Size.SMALL))
            below = self.rect().adjusted(TIGHT, round(mark.bottom()) + HAIR, -TIGHT, 0)
            painter.drawText(below, _BELOW, self.words)
        if is_on:
            side = self.fontMetrics().height() * 0.75
            corner = QRectF(self.width() - side - 3, 3, side, side)
            draw_icon(painter, "tick", corner, ink)
        if self.hasFocus():
            draw_focus(painter, area, colours)
        painter.end()

    def _mark(self) -> int:
        height = self.fontMetrics().height()
        if self._image is not None:
            return height * _PICTURE_EMS
        return round(height * 2.4) if self._icon_name else round(height * 1.3)

    def _small(self) -> QFontMetrics:
        return QFontMetrics(sized(self.font(), Size.SMALL))

    def _words_height(self, width: int) -> int:
        room = QRect(0, 0, width - 2 * TIGHT, 10_000)
        return self._small().boundingRect(room, _BELOW, self.words).height() + HAIR
