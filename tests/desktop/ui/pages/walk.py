"""A page as somebody meets it who uses a keyboard or a screen reader."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from desktop.ui.pages.for_worker import ForWorker
from desktop.ui.pages.page_picture import PageView
from desktop.ui.turns import Turns

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, PageView)


def is_whole(page: QWidget) -> bool:
    """Whether nothing of it is still to come: pages are built a little at a time."""
    return not any(turns.are_left for turns in page.window().findChildren(Turns))


def wait_until_whole(page: QWidget) -> None:
    """Let the window do what it has to do, until the page is whole."""
    while not is_whole(page):
        QApplication.processEvents()
    QApplication.processEvents()  # what was just laid out is shown when Qt comes to it


def for_worker(page: QWidget) -> ForWorker:
    """What a family's page has for the worker alone."""
    wait_until_whole(page)
    part = page.findChild(ForWorker)
    assert isinstance(part, ForWorker)
    return part


def controls(whole: QWidget) -> list[QWidget]:
    """What can be used and is on the screen, or would be after scrolling."""
    wait_until_whole(whole)
    found = [w for w in whole.findChildren(QWidget) if isinstance(w, CONTROLS)]
    return [w for w in found if w.isVisibleTo(whole) and not isinstance(w.parent(), QComboBox)]


def name_of(widget: QWidget) -> str:
    """What a screen reader says of it."""
    if isinstance(widget, QComboBox):
        return widget.accessibleName()  # on Linux Qt tells its value instead
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name) if told is not None and told.isValid() else ""


def said_on(whole: QWidget) -> str:
    """Every word that can be read: labels and the names of controls."""
    wait_until_whole(whole)
    labels = [w.text() for w in whole.findChildren(QLabel) if w.isVisibleTo(whole)]
    return "\n".join([*labels, *(name_of(w) for w in controls(whole))])


def tab_stops(whole: QWidget, most: int = 200) -> list[QWidget]:
    """The controls that Tab visits, from where focus is until it comes round."""
    stops: list[QWidget] = []
    for _ in range(most):
        focused = QApplication.focusWidget()
        if focused is None:
            break
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None or now in stops:
            break
        stops.append(now)
    return [stop for stop in stops if whole.isAncestorOf(stop)]


def find(whole: QWidget, words: str) -> QWidget:
    """The one control whose name begins with these words."""
    found = [w for w in controls(whole) if name_of(w).startswith(words)]
    assert found, f"no control says {words!r}; there are {[name_of(w) for w in controls(whole)]}"
    return found[0]


def click(whole: QWidget, words: str) -> None:
    """Scroll to a control and click in its middle."""
    control = find(whole, words)
    outer: QWidget | None = control
    while outer is not None:
        outer = outer.parentWidget()
        if isinstance(outer, QScrollArea):
            outer.ensureWidgetVisible(control)
    QApplication.processEvents()
    QTest.mouseClick(control, Qt.MouseButton.LeftButton, pos=control.rect().center())


def press(key: Qt.Key, *, ctrl: bool = False, alt: bool = False, shift: bool = False) -> None:
    """Press a key where focus is."""
    QApplication.processEvents()
    focused = QApplication.focusWidget() or QApplication.activeWindow()
    assert focused is not None, "nothing has focus"
    modifiers = Qt.KeyboardModifier.NoModifier
    if ctrl:
        modifiers |= Qt.KeyboardModifier.ControlModifier
    if alt:
        modifiers |= Qt.KeyboardModifier.AltModifier
    if shift:
        modifiers |= Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(focused, key, modifiers)


def write(text: str) -> None:
    """Type where focus is."""
    focused = QApplication.focusWidget()
    assert focused is not None, "nothing has focus"
    QTest.keyClicks(focused, text)


def cut_labels(whole: QWidget) -> list[str]:
    """Labels that do not have the room that their words need."""
    cut = []
    for label in whole.findChildren(QLabel):
        if not label.isVisibleTo(whole) or not label.text():
            continue
        needed = label.heightForWidth(label.width()) if label.wordWrap() else 0
        if label.height() < needed or label.width() < label.minimumSizeHint().width():
            cut.append(label.text())
    return cut
