"""How far two colours are apart for the eye, and how to move one until it is far enough."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QColor

TEXT = 4.5
"""WCAG 2.2 1.4.3: text against what is behind it."""

SHAPE = 3.0
"""WCAG 2.2 1.4.11: borders, indicators and focus against what is beside them."""


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.2, from 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: QColor, other: QColor, share: float) -> QColor:
    """``one`` with ``share`` (0 to 1) of ``other`` in it."""
    return QColor(
        *(
            round(a + (b - a) * share)
            for a, b in (
                (one.red(), other.red()),
                (one.green(), other.green()),
                (one.blue(), other.blue()),
            )
        )
    )


def reaching(colour: QColor, ratio: float, against: Iterable[QColor], towards: QColor) -> QColor:
    """The colour nearest to ``colour``, on the way ``towards`` another, that has the contrast.

    If nothing on the way has it, ``towards`` itself.
    """
    backgrounds = list(against)
    for step in range(21):
        tried = mix(colour, towards, step / 20)
        if all(contrast(tried, background) >= ratio for background in backgrounds):
            return tried
    return towards


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
