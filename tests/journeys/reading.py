"""What a screen reader is told of the windows, with the part of each control that is in view."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget

STATES = (
    "checkable",
    "checked",
    "disabled",
    "editable",
    "expanded",
    "focusable",
    "focused",
    "hasPopup",
    "invisible",
    "modal",
    "multiLine",
    "passwordEdit",
    "readOnly",
    "selected",
)
POPUP = Qt.WindowType.Popup
Described = dict[str, Any]


def read_windows() -> list[Described]:
    """Every window on the screen, each a tree; the one that keys go to is marked active."""
    active = (
        QApplication.activePopupWidget()
        or QApplication.activeModalWidget()
        or QApplication.activeWindow()
    )
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    described = []
    for widget in shown:
        node = describe(QAccessible.queryAccessibleInterface(widget), None)
        node["active"] = active is not None and active.window() is widget
        described.append(node)
    return described


def describe(interface: QAccessibleInterface, within: QRect | None) -> Described:
    """One control and those inside it. `within`: what is in view of its parent."""
    area, widget = interface.rect(), interface.object()
    is_popup = isinstance(widget, QWidget) and widget.window().windowType() == POPUP
    in_view = area if within is None or is_popup else area.intersected(within)
    state = interface.state()
    inside: list[Described] = []
    for index in range(interface.childCount()):
        child = interface.child(index)
        if child is not None and child.isValid() and not is_hidden(child):
            inside.append(describe(child, in_view))
    return {
        "role": QAccessible.Role(interface.role()).name,
        "name": interface.text(QAccessible.Text.Name),
        "value": interface.text(QAccessible.Text.Value) or written_in(interface),
        "description": interface.text(QAccessible.Text.Description),
        "states": [name for name in STATES if getattr(state, name)],
        "area": [area.x(), area.y(), area.width(), area.height()],
        "in_view": [in_view.x(), in_view.y(), in_view.width(), in_view.height()],
        "inside": inside,
    }


def written_in(interface: QAccessibleInterface) -> str:
    """The text of a field of many lines, which has no value of its own."""
    text = interface.textInterface() if interface.state().multiLine else None
    return text.text(0, text.characterCount()) if text is not None else ""


def is_hidden(interface: QAccessibleInterface) -> bool:
    """Whether the control is not shown at all (scrolled away is shown)."""
    widget = interface.object()
    if isinstance(widget, QWidget):
        return not widget.isVisible()
    return bool(interface.state().invisible)
