"""The strip above something that is written: words, tools beside or below them, what went wrong."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.ui.look.flow import Flow
from desktop.ui.look.painting import colours_for, fill, painter_on
from desktop.ui.look.spacing import CLOSE, LOOSE, NORMAL, TIGHT

NARROW_EMS = 48
"""Below this width, in heights of a line, things that stood beside each other go below."""


class HeaderStrip(QWidget):
    """Whoever is one makes its parts and calls `lay_out` once."""

    def lay_out(
        self, words: Iterable[QWidget], tools: Iterable[QWidget], failure: QWidget | None = None
    ) -> None:
        """Words before the tools, or above them where it is narrow; ``failure`` below all.

        Tab goes through the tools as they stand.
        """
        tools = tuple(tools)
        said = QVBoxLayout()
        said.setSpacing(0)
        for each in words:
            said.addWidget(each)
        beside = Flow()
        beside.setSpacing(TIGHT)
        for tool in tools:
            beside.addWidget(tool)
        for before, after in pairwise(tools):
            QWidget.setTabOrder(before, after)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(CLOSE)
        self._top.addLayout(said, 1)
        self._top.addLayout(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(LOOSE, TIGHT, NORMAL, TIGHT)
        column.setSpacing(TIGHT)
        column.addLayout(self._top)
        if failure is not None:
            column.addWidget(failure)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < self.fontMetrics().height() * NARROW_EMS
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._top.setDirection(below if is_narrow else beside)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = painter_on(self), colours_for(self)
        area = QRectF(self.rect())
        fill(painter, area, colours.surface)
        fill(painter, QRectF(0, area.bottom() - 1, area.width(), 1), colours.line)
        painter.end()
