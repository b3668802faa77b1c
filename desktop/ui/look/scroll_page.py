"""The page that scrolls: a column no wider than is good to read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.look.scroll_bar import ScrollBar
from desktop.ui.look.spacing import LOOSE, NORMAL, WIDE


class ScrollPage(QScrollArea):
    """Scrolls up and down, never sideways. Fill ``column``.

    ``characters``: how wide the column may grow, in characters of body text (WCAG asks for at most
    80). ``centred`` puts it in the middle of wide windows, otherwise it keeps to the leading edge.
    """

    def __init__(
        self, parent: QWidget | None = None, *, characters: int = 78, centred: bool = False
    ) -> None:
        super().__init__(parent)
        self._characters = characters
        self.setViewport(_viewport())
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(ScrollBar(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QWidget(self)
        row = QHBoxLayout(whole)
        row.setContentsMargins(LOOSE, WIDE, LOOSE, LOOSE)
        row.setSpacing(0)
        self._readable = QWidget(whole)
        self.column = QVBoxLayout(self._readable)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(NORMAL)
        if centred:
            row.addStretch(1)
        row.addWidget(self._readable, 100)
        row.addStretch(1)
        self.setWidget(whole)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._fit()

    def show_whole(self, widget: QWidget) -> None:
        """Scroll until the widget is seen, with a little room around it."""
        self.ensureWidgetVisible(widget, NORMAL, LOOSE)

    def to_top(self) -> None:
        """Back to the beginning of the page."""
        self.verticalScrollBar().setValue(0)

    def _fit(self) -> None:
        if hasattr(self, "_readable"):
            self._readable.setMaximumWidth(self.fontMetrics().averageCharWidth() * self._characters)


def _viewport() -> QWidget:
    """Made here: of one that Qt makes, PySide asks all of Qt's classes whether it is theirs."""
    viewport = QWidget()
    viewport.setBackgroundRole(QPalette.ColorRole.NoRole)
    viewport.setAutoFillBackground(True)
    return viewport
