"""Fields to write in and lists to choose from. A wheel that only passes by changes none."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.look.icons import draw_icon
from desktop.ui.look.painting import (
    FOCUS_WIDTH,
    colours_for,
    draw_box,
    draw_focus,
    leading,
    painter_on,
)
from desktop.ui.look.scroll_bar import ScrollBar
from desktop.ui.look.spacing import CLOSE, TARGET, TIGHT


def _field_height(widget: QWidget) -> int:
    return max(TARGET, widget.fontMetrics().height() + 2 * CLOSE)


def _draw_edge(painter: QPainter, widget: QWidget, *, focused: bool) -> None:
    area, colours = QRectF(widget.rect()), colours_for(widget)
    if focused:
        draw_focus(painter, area, colours)
    else:
        draw_box(painter, area, None, colours.border)


PRIVATE = Qt.InputMethodHint.ImhSensitiveData
"""An input method, or a keyboard on the screen, is not to learn what is written here: what they
learn lies on the disk."""


class LineField(QLineEdit):
    """One line of text. ``characters``: how many it is wide enough for; 0 takes the whole line."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, characters: int = 0) -> None:
        super().__init__(parent)
        self._characters = characters
        self.setFrame(False)
        self.setTextMargins(CLOSE, 0, CLOSE, 0)
        self.setInputMethodHints(PRIVATE)
        across = QSizePolicy.Policy.Fixed if characters else QSizePolicy.Policy.Expanding
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance("0") * (self._characters or 24)
        return QSize(wide + 2 * CLOSE + TIGHT, _field_height(self))

    def minimumSizeHint(self) -> QSize:
        if self._characters:
            return self.sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance("0") * 10, _field_height(self))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = painter_on(self)
        _draw_edge(painter, self, focused=self.hasFocus())
        painter.end()


class _Writing(QPlainTextEdit):
    """The inside of a text area: gives Tab and an idle wheel to the page."""

    focus_moved = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setInputMethodHints(PRIVATE)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(ScrollBar(self))
        self.document().setDocumentMargin(TIGHT)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus() and self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_moved.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_moved.emit(False)


class TextArea(QWidget):
    """Many lines of text. Grows with what is written, from ``lines`` up to 14, then scrolls.

    ``writing`` takes the focus. (A focus proxy here would be one more stop of Tab, out of order.)
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, lines: int = 4) -> None:
        super().__init__(parent)
        self._lines = lines
        self.writing = _Writing(self)
        layout = QVBoxLayout(self)
        edge = int(FOCUS_WIDTH) + 1
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.addWidget(self.writing)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.writing.focus_moved.connect(self._focus_moved)
        self.writing.textChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        metrics = self.writing.fontMetrics()
        written = round(self.writing.document().size().height())  # in lines, as laid out
        lines = min(max(self._lines, written + 1), 14)
        wide = metrics.averageCharWidth() * 30
        return QSize(wide, lines * metrics.lineSpacing() + 2 * TIGHT + 2 * int(FOCUS_WIDTH) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 16, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = painter_on(self), colours_for(self)
        draw_box(painter, QRectF(self.rect()), colours.surface, None)
        _draw_edge(painter, self, focused=self.writing.hasFocus())
        painter.end()

    def _focus_moved(self, came: bool) -> None:
        self.update()
        if not came:
            self.left.emit()


_ARROW = 0.8
"""Of a line of text: how wide the arrow of a list is."""


class ChoiceBox(QComboBox):
    """A list that drops down. The wheel turns it only while it has focus and is open or used."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # without the wheel's
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def sizeHint(self) -> QSize:
        arrow = round(self.fontMetrics().height() * _ARROW)
        width = super().sizeHint().width() + arrow + 2 * CLOSE + TIGHT
        return QSize(width, _field_height(self))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 12, _field_height(self))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = painter_on(self), colours_for(self)
        draw_box(painter, QRectF(self.rect()), colours.surface, None)
        side = self.fontMetrics().height() * _ARROW
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        arrow_at = CLOSE if is_mirrored else self.width() - CLOSE - side
        arrow = QRectF(arrow_at, (self.height() - side) / 2, side, side)
        draw_icon(painter, "chevron-down", arrow, colours.text)
        room = self.rect().adjusted(CLOSE, 0, -CLOSE, 0)
        room.adjust(
            *((round(side) + TIGHT, 0, 0, 0) if is_mirrored else (0, 0, -round(side) - TIGHT, 0))
        )
        shown = self.currentText() or self.placeholderText()
        painter.setPen(colours.text if self.currentText() else colours.quiet)
        cut = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, room.width())
        one_line = leading(self) & ~int(Qt.TextFlag.TextWordWrap)
        painter.drawText(room, one_line | int(Qt.AlignmentFlag.AlignVCenter), cut)
        _draw_edge(painter, self, focused=self.hasFocus())
        painter.end()
