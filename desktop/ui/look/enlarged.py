"""A part of the window with larger text: for two or three people on one sofa, and for children."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget


class Enlarged(QWidget):
    """Everything in it has ``factor`` times the program's text size, whatever that is."""

    def __init__(self, factor: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.factor = factor
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ApplicationFontChange:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        self.setFont(_times(QApplication.font(), self.factor))


def is_enlarged(widget: QWidget) -> bool:
    """True for what stands in an ``Enlarged``."""
    return _around(widget) is not None


def base_font(widget: QWidget) -> QFont:
    """The font of body text where a widget stands."""
    around = _around(widget)
    font = QApplication.font()
    return font if around is None else _times(font, around.factor)


def _around(widget: QWidget) -> Enlarged | None:
    at: QWidget | None = widget
    while at is not None:
        if isinstance(at, Enlarged):
            return at
        at = at.parentWidget()
    return None


def _times(font: QFont, factor: float) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * factor)
    return made
