"""Says to a screen reader what changed on the page without moving the focus (WCAG 2.2 4.1.3)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class Announcer(QObject):
    """One for each page. ``said`` repeats each announcement, for tests and for logs on the page."""

    said = Signal(str, bool)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page

    def say(self, text: str, *, urgent: bool = False) -> None:
        """Announce, unless the page is hidden; ``urgent`` interrupts what is being read."""
        if self._page.window().isVisible() and not self._page.isVisible():
            return
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # not to begin with

        event = QAccessibleAnnouncementEvent(self._page, text)
        if urgent:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)
        self.said.emit(text, urgent)
