"""Menus whose lines are as high as everything else that is clicked or touched."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from desktop.ui.look.spacing import CLOSE, NORMAL, TIGHT


class Menu(QMenu):
    """A menu with room to touch. The style sheet holds spacing, and the palette's own colours."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setStyleSheet(
            f"QMenu {{ padding: {TIGHT}px; }}"
            f"QMenu::item {{ padding: {CLOSE}px {NORMAL * 2}px; }}"
            "QMenu::item:selected { background: palette(highlight);"
            " color: palette(highlighted-text); }"
            f"QMenu::indicator {{ left: {TIGHT}px; }}"
        )
