"""Type sizes, all relative to the font of the machine: nothing here is a number of points."""

from __future__ import annotations

from enum import Enum

from PySide6.QtGui import QFont

BODY_OVER_SYSTEM = 1.3
"""Body text over the machine's own: two or three people read one screen, from further away."""


class Size(Enum):
    """Steps of the type scale, over body text."""

    SMALL = 0.88
    BODY = 1.0
    LEAD = 1.12
    THIRD = 1.15
    SECOND = 1.4
    FIRST = 1.8


def sized(font: QFont, size: Size, *, bold: bool = False) -> QFont:
    """The program's font at one step of the scale."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * size.value)
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    return made
