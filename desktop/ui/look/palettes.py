"""The palettes: light, dark and high contrast."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QStyleHints

from desktop.ui.look.contrast import mix

_Role = QPalette.ColorRole


class Theme(StrEnum):
    """What a worker may choose. ``SYSTEM`` takes light or dark from the machine's own colours."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


_COLOURS: dict[Theme, dict[QPalette.ColorRole, str]] = {
    Theme.LIGHT: {
        _Role.Window: "#f7f4ee",
        _Role.Base: "#ffffff",
        _Role.WindowText: "#20262b",
        _Role.Accent: "#1b6659",
        _Role.HighlightedText: "#ffffff",
        _Role.Link: "#175c8c",
        _Role.Highlight: "#1d5fb8",
    },
    Theme.DARK: {
        _Role.Window: "#1a1c1d",
        _Role.Base: "#25282a",
        _Role.WindowText: "#ece8e1",
        _Role.Accent: "#7fcdb9",
        _Role.HighlightedText: "#0f1a17",
        _Role.Link: "#8cc4ee",
        _Role.Highlight: "#8fbcff",
    },
    Theme.HIGH_CONTRAST: {
        _Role.Window: "#000000",
        _Role.Base: "#000000",
        _Role.WindowText: "#ffffff",
        _Role.Accent: "#ffe14d",
        _Role.HighlightedText: "#000000",
        _Role.Link: "#8fd3ff",
        _Role.Highlight: "#ffe14d",
    },
}


def palette_of(theme: Theme, hints: QStyleHints) -> QPalette:
    """The palette of a theme; ``hints`` of the machine decide for ``Theme.SYSTEM``."""
    if theme is Theme.SYSTEM:
        theme = _theme_of_machine(hints)
    return _filled({role: QColor(name) for role, name in _COLOURS[theme].items()})


def _theme_of_machine(hints: QStyleHints) -> Theme:
    accessibility = hints.accessibility()  # kept: what it returns dies with it
    if accessibility.contrastPreference() is Qt.ContrastPreference.HighContrast:
        return Theme.HIGH_CONTRAST
    return Theme.DARK if hints.colorScheme() is Qt.ColorScheme.Dark else Theme.LIGHT


def _filled(colours: dict[QPalette.ColorRole, QColor]) -> QPalette:
    """A whole palette out of seven colours: Qt's other roles follow from them."""
    window, base, text = colours[_Role.Window], colours[_Role.Base], colours[_Role.WindowText]
    palette = QPalette(window)
    for role, colour in colours.items():
        palette.setColor(role, colour)
    for role in (_Role.Text, _Role.ButtonText, _Role.ToolTipText, _Role.BrightText):
        palette.setColor(role, text)
    palette.setColor(_Role.Button, mix(window, base, 0.5))
    palette.setColor(_Role.AlternateBase, mix(base, window, 0.6))
    palette.setColor(_Role.ToolTipBase, base)
    palette.setColor(_Role.LinkVisited, colours[_Role.Link])
    palette.setColor(_Role.PlaceholderText, mix(text, base, 0.35))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, mix(text, window, 0.35))
    return palette
