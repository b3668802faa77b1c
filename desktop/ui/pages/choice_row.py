"""A row that opens something: its name, and below it a few quiet lines of what to know."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QPushButton, QSizePolicy, QWidget

from desktop.ui.look.icons import draw_icon
from desktop.ui.look.painting import colours_for, draw_box, draw_focus, painter_on
from desktop.ui.look.spacing import CLOSE, HAIR, NORMAL, TARGET, TIGHT
from desktop.ui.look.type_scale import Size, sized
from desktop.ui.look.wrapping import Wrapping

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
_ENOUGH = 100_000


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """A quiet line; ``icon`` stands before it when it asks for attention."""

    words: str
    icon: str = ""


class ChoiceRow(Wrapping, QPushButton):
    """The whole row is the target. Its accessible name is its title, then its lines."""

    def __init__(
        self, title: str, lines: tuple[Line, ...] = (), parent: QWidget | None = None
    ) -> None:
        QPushButton.__init__(self, parent)
        self.title, self.lines = title, lines
        self.setText(title.replace("&", "&&"))
        self.setAccessibleName(". ".join((title, *(line.words for line in lines))))
        self._begin_wrapping(QSizePolicy.Policy.Expanding)
        self.setAutoDefault(False)

    def sizeHint(self) -> QSize:
        """Wide enough for a comfortable line."""
        width = self.fontMetrics().height() * 20
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow columns wrap."""
        return QSize(self.fontMetrics().height() * 9, TARGET)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, the words and the arrow."""
        colours, painter = colours_for(self), painter_on(self)
        area = QRectF(self.rect())
        hovered = self.underMouse() and self.isEnabled()
        draw_box(painter, area, colours.hover if hovered else colours.surface, colours.border, 1.0)
        self._lay(self._room(self.width()), painter)
        side = self._icon_side()
        left = NORMAL if self._is_mirrored() else self.width() - NORMAL - side
        arrow = "chevron-left" if self._is_mirrored() else "chevron-right"
        place = QRectF(left, (self.height() - side) / 2, side, side)
        draw_icon(painter, arrow, place, colours.quiet)
        if self.hasFocus():
            draw_focus(painter, area, colours)
        painter.end()

    def _measured(self, width: int) -> int:
        return self._lay(self._room(width), None) + 2 * CLOSE

    def _lay(self, room: QRect, painter: QPainter | None) -> int:
        """The height of the words, laid from the top of ``room`` and painted by any painter."""
        base, top = QApplication.font(), room.top()
        title = sized(base, Size.BODY, bold=True)
        if painter is not None:
            painter.setPen(colours_for(self).text)
        top += self._words(painter, title, room, self.title, "")
        small = sized(base, Size.SMALL)
        for line in self.lines:
            top += HAIR
            beside = self._icon_side() + TIGHT if line.icon else 0
            left, right = (0, -beside) if self._is_mirrored() else (beside, 0)
            area = room.adjusted(left, top - room.top(), right, 0)
            if painter is not None:
                colours = colours_for(self)
                painter.setPen(colours.text if line.icon else colours.quiet)
            top += self._words(painter, small, area, line.words, line.icon)
        return top - room.top()

    def _words(
        self, painter: QPainter | None, font: QFont, area: QRect, words: str, icon: str
    ) -> int:
        height = QFontMetrics(font).boundingRect(_tall(area), _WRAP, words).height()
        if painter is None:
            return height
        painter.setFont(font)
        painter.drawText(area, _WRAP, words)
        if icon:
            side = self._icon_side()
            at = area.right() + 1 + TIGHT if self._is_mirrored() else area.left() - TIGHT - side
            place = QRectF(at, area.top() + (QFontMetrics(font).height() - side) / 2, side, side)
            colours = colours_for(self)
            tone = colours.info if icon == "info" else colours.caution
            draw_icon(painter, icon, place, tone.mark)
        return height

    def _room(self, width: int) -> QRect:
        arrow = self._icon_side() + CLOSE
        left, right = (arrow, 0) if self._is_mirrored() else (0, arrow)
        return QRect(NORMAL + left, CLOSE, max(1, width - 2 * NORMAL - left - right), _ENOUGH)

    def _icon_side(self) -> int:
        return round(self.fontMetrics().height() * 0.9)

    def _is_mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft


def _tall(area: QRect) -> QRect:
    return QRect(area.left(), area.top(), area.width(), _ENOUGH)
