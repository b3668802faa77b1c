"""Shows every page in turn: a line on stdin asks for the next; a line on stdout names it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QSocketNotifier
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.look.appearance import apply_look
from desktop.ui.look.palettes import Theme
from desktop.ui.pages.page import Page
from tests.desktop.ui.pages.pictures import ALL, in_window

NAME = "your-family-pages"


def main() -> None:
    """Until there is no other page."""
    app = QApplication([NAME])
    app.setApplicationName(NAME)
    app.setQuitOnLastWindowClosed(False)
    apply_look(app, Theme.LIGHT, 1.0)
    waiting: list[tuple[str, Callable[[], QWidget]]] = [
        (name, partial(_in_window, made)) for name, made in ALL.items()
    ]
    del waiting[: int(sys.argv[1])]
    shown: list[QWidget] = []

    def show_next() -> None:
        sys.stdin.readline()
        for window in shown:
            window.close()
            window.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        shown.clear()
        if not waiting:
            app.quit()
            return
        name, make = waiting.pop(0)
        window = make()
        window.resize(1280, 900)
        window.show()
        shown.append(window)
        for _ in range(30):
            app.processEvents()
        sys.stdout.write(name + "\n")
        sys.stdout.flush()

    asked = QSocketNotifier(0, QSocketNotifier.Type.Read)
    asked.activated.connect(show_next)
    app.exec()


def _in_window(make: Callable[[], Page]) -> QWidget:
    return in_window(make())


if __name__ == "__main__":
    main()
