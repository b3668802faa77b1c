"""A row that wraps: what does not fit beside goes below."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem

from desktop.ui.look.spacing import CLOSE


class Flow(QLayout):
    """Widgets from where reading begins; those that do not fit go on the next line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._hints: list[QSize] = []
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(CLOSE)

    def addWidget(self, widget: QWidget) -> None:
        """Add at the end.

        The item is made here: PySide may take one that Qt made for gone while its button is there.
        """
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))

    def addItem(self, item: QLayoutItem) -> None:
        """Add at the end."""
        self._items.append(item)
        self.invalidate()

    def invalidate(self) -> None:
        """Forget how large each one wants to be: one of them changed.

        Kept in between, for Qt asks again and again while a page is built, and a tile measures its
        words to answer.
        """
        self._hints, self._heights = [], {}
        super().invalidate()

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place, if there is one."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take the item at a place out."""
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        """Takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        if width not in self._heights:
            self._heights[width] = self._lay(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, area: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(area)
        self._lay(area, move=True)

    def sizeHint(self) -> QSize:
        """All on one line."""
        shown = [size for _, size in self._shown()]
        gaps = self.spacing() * max(0, len(shown) - 1)
        return QSize(
            sum(size.width() for size in shown) + gaps,
            max((size.height() for size in shown), default=0),
        )

    def minimumSize(self) -> QSize:
        """Each on its own line."""
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[tuple[QLayoutItem, QSize]]:
        if not self._hints:
            self._hints = [item.sizeHint() for item in self._items]
        both = zip(self._items, self._hints, strict=True)
        return [(item, hint) for item, hint in both if not item.isEmpty()]

    def _lay(self, area: QRect, *, move: bool) -> int:
        left, top, line = area.left(), area.top(), 0
        for item, hint in self._shown():
            size = QSize(min(hint.width(), area.width()), hint.height())
            if left > area.left() and left + size.width() > area.right() + 1:
                left, top, line = area.left(), top + line + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(self._across(left, size, area), top), size))
            left, line = left + size.width() + self.spacing(), max(line, size.height())
        return top + line - area.top()

    def _across(self, left: int, size: QSize, area: QRect) -> int:
        parent = self.parentWidget()
        if parent is None or parent.layoutDirection() is not Qt.LayoutDirection.RightToLeft:
            return left
        return area.right() + 1 - (left - area.left()) - size.width()
