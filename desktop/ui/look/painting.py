"""What the painted widgets share: rounded boxes and the focus ring."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.ui.look.colours import Colours, colours_of
from desktop.ui.look.spacing import CORNER

FOCUS_WIDTH = 3.0


def colours_for(widget: QWidget) -> Colours:
    """The colour roles of the palette that this widget has now."""
    return colours_of(widget.palette())


def painter_on(widget: QWidget) -> QPainter:
    """A painter with smooth edges, whose words read the way of their own letters (UAX 9, P2)."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    return painter


def fill(painter: QPainter, area: QRect | QRectF, colour: QColor) -> None:
    """Fill an area; the quickest of the ways that Qt has."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(area)


def draw_box(
    painter: QPainter, area: QRectF, ground: QColor | None, edge: QColor | None, width: float = 1.5
) -> None:
    """A rounded box whose edge lies wholly inside ``area``."""
    half = width / 2
    painter.setPen(QPen(edge, width) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(ground if ground else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(half, half, -half, -half), CORNER, CORNER)


def draw_focus(painter: QPainter, area: QRectF, colours: Colours) -> None:
    """The focus ring: three pixels of the focus colour, then a gap that sets it off from fills."""
    draw_box(painter, area, None, colours.focus, FOCUS_WIDTH)
    inside = area.adjusted(FOCUS_WIDTH, FOCUS_WIDTH, -FOCUS_WIDTH, -FOCUS_WIDTH)
    draw_box(painter, inside, None, colours.surface, 1.5)


def leading(widget: QWidget) -> int:
    """Flags for painted words that wrap and begin where the widget's language begins a line."""
    is_mirrored = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft
    return int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignAbsolute | side)
