"""Puts the look on the program: style, palette and font."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from desktop.ui.look.palettes import Theme, palette_of
from desktop.ui.look.type_scale import BODY_OVER_SYSTEM


def make_application(arguments: Sequence[str]) -> QApplication:
    """The application, in the style that our widgets are drawn for, on every system.

    Asked for by argument: ``setStyle`` answers with the style, which takes PySide 9 ms to know.
    """
    return QApplication([*arguments[:1], "-style", "fusion"])


def apply_look(app: QApplication, theme: Theme = Theme.SYSTEM, text_scale: float = 1.0) -> None:
    """Give the whole program a theme and a text size; may be called again at any time.

    ``text_scale``: 1.0 (100%) to 4.0 (400%), over the machine's own font size.
    """
    if not 1.0 <= text_scale <= 4.0:
        raise ValueError("text_scale is from 1.0 to 4.0")
    app.setPalette(palette_of(theme, app.styleHints()))
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPointSizeF(font.pointSizeF() * BODY_OVER_SYSTEM * text_scale)
    app.setFont(font)
    for kind in (QEvent.Type.ApplicationFontChange, QEvent.Type.ApplicationPaletteChange):
        for widget in app.allWidgets():  # Qt tells windows only, and ours have sizes of their own
            QApplication.sendEvent(widget, QEvent(kind))
