"""Buttons: one primary a page, secondary for the rest, quiet ones that read as links."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.ui.look.icons import draw_icon
from desktop.ui.look.painting import colours_for, draw_box, draw_focus, painter_on
from desktop.ui.look.spacing import CLOSE, TARGET, TIGHT, WIDE


class Weight(Enum):
    """How loud a button is."""

    PRIMARY = auto()
    SECONDARY = auto()
    QUIET = auto()


class Button(QPushButton):
    """A button at least 44 pixels high, at most as wide as its words; acts on release.

    ``about`` follows the visible words in the accessible name: "Change" + "name of the child".
    """

    def __init__(
        self,
        words: str,
        weight: Weight = Weight.SECONDARY,
        parent: QWidget | None = None,
        *,
        icon_name: str = "",
        about: str = "",
        icon_only: bool = False,
    ) -> None:
        super().__init__(parent)
        self._weight, self._icon_name, self._icon_only = weight, icon_name, icon_only
        self._words, self._about = "", ""
        self.say(words, about)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)

    @property
    def words(self) -> str:
        """What the button says."""
        return self._words

    def say(self, words: str, about: str = "") -> None:
        """Change what the button says."""
        if (words, about) == (self._words, self._about):
            return
        self._words, self._about = words, about
        self.setText("" if self._icon_only else words.replace("&", "&&"))
        self.setAccessibleName(f"{words} {about}".strip())
        if self._icon_only:
            self.setToolTip(words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        height = max(TARGET, metrics.height() + 2 * CLOSE)
        if self._icon_only:
            return QSize(height, height)
        width = metrics.horizontalAdvance(self._words) + 2 * self._side()
        if self._icon_name:
            width += self._icon_side() + TIGHT
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, painter = colours_for(self), painter_on(self)
        area = QRectF(self.rect())
        hovered = self.underMouse() and self.isEnabled()
        words = colours.text
        if self._weight is Weight.PRIMARY:
            draw_box(painter, area, colours.accent_hover if hovered else colours.accent, None)
            words = colours.on_accent
        elif self._weight is Weight.SECONDARY:
            draw_box(painter, area, colours.hover if hovered else colours.surface, colours.border)
        else:
            if hovered:
                draw_box(painter, area, colours.chosen, None)
            words = colours.link
        if not self.isEnabled():
            painter.setOpacity(0.45)
        if self.isDown():
            painter.translate(0, 1)
        self._paint_words(painter, words)
        if self.hasFocus():
            painter.resetTransform()
            draw_focus(painter, area, colours)
        painter.end()

    def _paint_words(self, painter: QPainter, colour: QColor) -> None:
        painter.setPen(colour)
        side = self._icon_side()
        metrics = self.fontMetrics()
        words = 0 if self._icon_only else metrics.horizontalAdvance(self._words)
        gap = TIGHT if self._icon_name and words else 0
        total = words + (side + gap if self._icon_name else 0)
        left = (self.width() - total) / 2
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        icon_at = left + words + gap if is_mirrored else left
        words_at = left if is_mirrored or not self._icon_name else left + side + gap
        if self._icon_name:
            place = QRectF(icon_at, (self.height() - side) / 2, side, side)
            draw_icon(painter, self._icon_name, place, colour)
        if words:
            place = QRectF(words_at, 0, words + 1, self.height())
            if self._weight is Weight.QUIET:
                font = painter.font()
                font.setUnderline(True)
                painter.setFont(font)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._words)

    def _icon_side(self) -> int:
        return round(self.fontMetrics().height() * 0.95)

    def _side(self) -> int:
        return CLOSE if self._weight is Weight.QUIET else WIDE


def primary(words: str, parent: QWidget | None = None, *, about: str = "") -> Button:
    """The one thing that most people do next on this page."""
    return Button(words, Weight.PRIMARY, parent, about=about)


def secondary(
    words: str, parent: QWidget | None = None, *, icon_name: str = "", about: str = ""
) -> Button:
    """Something else that can be done here."""
    return Button(words, Weight.SECONDARY, parent, icon_name=icon_name, about=about)


def quiet(
    words: str, parent: QWidget | None = None, *, icon_name: str = "", about: str = ""
) -> Button:
    """A way to go or a small correction: reads as a link."""
    return Button(words, Weight.QUIET, parent, icon_name=icon_name, about=about)


def icon_button(name: str, words: str, parent: QWidget | None = None, *, about: str = "") -> Button:
    """Only a drawing, with its words for the screen reader and in a tip."""
    return Button(words, Weight.QUIET, parent, icon_name=name, about=about, icon_only=True)
