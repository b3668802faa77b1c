"""The pages over each other, of which the window shows one."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget


class PageStack(QStackedWidget):
    """Lays out the page that comes in one turn of the window, and paints it in the next.

    Both at once kept the window from answering for half as long again. Until then what was painted
    stays as it is: no page is seen half laid out.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painting = QTimer(self)
        self._painting.setSingleShot(True)
        self._painting.setInterval(0)
        self._painting.timeout.connect(lambda: self.setUpdatesEnabled(True))

    def show_page(self, page: QWidget) -> None:
        """Have this page on top; it may be one of those that are here."""
        self.setUpdatesEnabled(False)
        self._painting.start()
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self.setCurrentWidget(page)
