"""Two columns that become one when there is no room for both."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.ui.look.spacing import LOOSE, NORMAL


class TwoColumns(QWidget):
    """A main column and one beside it; below each other when the text is large or room scarce."""

    def __init__(
        self,
        narrowest_ems: int = 46,
        shares: tuple[int, int] = (3, 2),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._narrowest_ems = narrowest_ems
        self._across = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(LOOSE)
        self.panes = (QWidget(self), QWidget(self))
        self.main, self.beside = QVBoxLayout(self.panes[0]), QVBoxLayout(self.panes[1])
        for pane, column, share in zip(self.panes, (self.main, self.beside), shares, strict=True):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(NORMAL)
            self._across.addWidget(pane, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose one column or two."""
        super().resizeEvent(event)
        wide = self.width() >= self.fontMetrics().height() * self._narrowest_ems
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._across.direction() != direction:
            self._across.setDirection(direction)
