"""The paper to draw on: by pen, finger or mouse."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.look.painting import colours_for, draw_box, draw_focus, painter_on
from desktop.ui.questions.strokes import WIDTH, Stroke, Strokes

PAPER, INK = QColor("#ffffff"), "#1b1f23"
_THICKNESS = 5.0
_MOUSE_FORCE = 0.5


class StrokePad(QWidget):
    """White paper in every theme, because it is printed on white. ``drawn``: a stroke ended."""

    drawn = Signal()
    left = Signal()

    def __init__(self, height: int, parent: QWidget | None = None, *, line: bool = False) -> None:
        super().__init__(parent)
        self.strokes = Strokes(height)
        self.ink = INK
        self._line = line
        self._current: Stroke | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_strokes(self, strokes: Strokes) -> None:
        """Show these instead."""
        self.strokes = strokes
        self._current = None
        self.update()

    def undo(self) -> None:
        """Take the last stroke away."""
        if self.strokes.strokes:
            self.strokes.strokes.pop()
            self.update()
            self.drawn.emit()

    def clear(self) -> None:
        """An empty sheet."""
        if self.strokes.strokes:
            self.strokes.strokes.clear()
            self.update()
            self.drawn.emit()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * self.strokes.height / WIDTH)

    def sizeHint(self) -> QSize:
        return QSize(560, self.heightForWidth(560))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._begin(event.position(), _MOUSE_FORCE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_on(event.position(), _MOUSE_FORCE)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        kind = event.type()
        if kind is QEvent.Type.TabletPress:
            self._begin(event.position(), event.pressure())
        elif kind is QEvent.Type.TabletMove:
            self._go_on(event.position(), event.pressure())
        elif kind is QEvent.Type.TabletRelease:
            self._end()
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent) and event.points():
            point = event.points()[0]
            if event.type() is QEvent.Type.TouchBegin:
                self._begin(point.position(), point.pressure() or _MOUSE_FORCE)
            elif event.type() is QEvent.Type.TouchUpdate:
                self._go_on(point.position(), point.pressure() or _MOUSE_FORCE)
            else:
                self._end()
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._end()
        self.update()
        self.left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = painter_on(self), colours_for(self)
        area = QRectF(self.rect())
        draw_box(painter, area, PAPER, colours.border)
        if self._line:
            painter.setPen(QPen(QColor("#767676"), 1))
            low = self.height() * 0.78
            painter.drawLine(QPointF(24, low), QPointF(self.width() - 24, low))
        drawn = [*self.strokes.strokes, *([self._current] if self._current else [])]
        for stroke in drawn:
            paint_stroke(painter, stroke, self.width() / WIDTH)
        if self.hasFocus():
            draw_focus(painter, area, colours)
        painter.end()

    def _begin(self, at: QPointF, force: float) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._current = Stroke(self.ink)
        self._go_on(at, force)

    def _go_on(self, at: QPointF, force: float) -> None:
        if self._current is None:
            return
        scale = WIDTH / max(1, self.width())
        x = min(max(at.x() * scale, 0.0), float(WIDTH))
        y = min(max(at.y() * scale, 0.0), float(self.strokes.height))
        self._current.points.append((x, y, force))
        self.update()

    def _end(self) -> None:
        if self._current is None:
            return
        self.strokes.strokes.append(self._current)
        self._current = None
        self.drawn.emit()


def paint_stroke(painter: QPainter, stroke: Stroke, scale: float) -> None:
    """Paint one stroke; ``scale`` is pixels for a unit of the canvas."""
    points = [(QPointF(x * scale, y * scale), force) for x, y, force in stroke.points]
    pen = QPen(QColor(stroke.ink))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    if len(points) == 1:
        pen.setWidthF(_THICKNESS * scale * 1.6)
        painter.setPen(pen)
        painter.drawPoint(points[0][0])
        return
    for (start, _), (end, force) in pairwise(points):
        pen.setWidthF(max(1.2, _THICKNESS * scale * (0.5 + force)))
        painter.setPen(pen)
        painter.drawLine(start, end)
