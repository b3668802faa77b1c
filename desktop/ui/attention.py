"""Where people act: the window that has the focus, and the control in it that has it.

Whatever is typed, clicked, touched or drawn comes to the window first; what an input method or a
screen keyboard writes comes to the control. A listener on the whole program would be asked about
every paint and layout as well: three times the work of opening a page.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class Attention(QObject):
    """Makes ``listener`` the event filter of wherever people act, lists and dialogs too."""

    def __init__(self, listener: QObject) -> None:
        super().__init__(listener)
        self._listener = listener
        self._windows: list[QWindow] = []
        self._control: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusWindowChanged.connect(self._hear_window)
            application.focusChanged.connect(self._hear_control)
            self._hear_window(application.focusWindow())
            self._hear_control(None, application.focusWidget())

    def stop(self) -> None:
        """Hear nothing more."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusWindowChanged.disconnect(self._hear_window)
            application.focusChanged.disconnect(self._hear_control)
        for heard in (*self._windows, self._control):
            if heard is not None and isValid(heard):
                heard.removeEventFilter(self._listener)

    @Slot(QWindow)
    def _hear_window(self, window: QWindow | None) -> None:
        if window is None:
            return  # what lay in front has gone; the windows before it are still heard
        self._windows = [one for one in self._windows if isValid(one) and one is not window]
        self._windows.append(window)
        window.installEventFilter(self._listener)

    @Slot(QWidget, QWidget)
    def _hear_control(self, before: QWidget | None, control: QWidget | None) -> None:
        del before
        if self._control is not None and isValid(self._control):
            self._control.removeEventFilter(self._listener)
        self._control = control
        if control is not None:
            control.installEventFilter(self._listener)
