"""Options whose whole area is the target say so to assistive technology as well.

Qt tells it only the indicator and the words that its own style would have drawn: 14 pixels for a
tile. Whoever points with a switch, a voice or a magnifier would then aim at the wrong place.
"""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QWidget,
)

_CLICKED = (
    QStyle.SubElement.SE_RadioButtonClickRect,
    QStyle.SubElement.SE_CheckBoxClickRect,
)


class WholeTarget(QProxyStyle):
    """The style of the program, but for where an option is clicked: anywhere on it."""

    def subElementRect(
        self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None
    ) -> QRect:
        if element in _CLICKED and widget is not None:
            return widget.rect()
        return super().subElementRect(element, option, widget)  # type: ignore[arg-type]


def make_whole_target(button: QAbstractButton) -> None:
    """Let the whole of this option be its target for everybody."""
    program = QApplication.instance()
    if program is None:
        return
    style = program.findChild(WholeTarget)
    if style is None:
        style = WholeTarget("Fusion")
        style.setParent(program)
    button.setStyle(style)
