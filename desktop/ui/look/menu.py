"""Menus whose lines are as high as everything else that is clicked or touched."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from desktop.ui.look.icons import draw_icon
from desktop.ui.look.painting import colours_for, painter_on
from desktop.ui.look.spacing import CLOSE, NORMAL, TIGHT


class Menu(QMenu):
    """A menu with room to touch. The style sheet holds spacing, and the palette's own colours.

    What holds now has our own tick: Qt's stays small however large the text is.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setStyleSheet(
            f"QMenu {{ padding: {TIGHT}px; }}"
            f"QMenu::item {{ padding: {CLOSE}px {NORMAL + self._tick()}px; }}"
            "QMenu::item:selected { background: palette(highlight);"
            " color: palette(highlighted-text); }"
            "QMenu::indicator { width: 0px; height: 0px; }"
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, palette, side = painter_on(self), self.palette(), self._tick()
        painter.setPen(colours_for(self).border)  # Qt's own is black, on black in high contrast
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        for action in self.actions():
            if not action.isChecked():
                continue
            line = QRectF(self.actionGeometry(action))
            is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            left = line.right() - TIGHT - side if is_mirrored else line.left() + TIGHT
            is_active = action is self.activeAction()
            ink = palette.highlightedText() if is_active else palette.windowText()
            room = QRectF(left, line.center().y() - side / 2, side, side)
            draw_icon(painter, "tick", room, ink.color())
        painter.end()

    def _tick(self) -> int:
        return round(self.fontMetrics().height() * 0.85)
