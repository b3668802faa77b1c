"""What every page is: a name for the title, a heading to land on, panes to move between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.ui.look.flow import Flow
from desktop.ui.look.labels import Heading
from desktop.ui.look.scroll_page import ScrollPage
from desktop.ui.look.spacing import NORMAL
from desktop.ui.pages.two_columns import TwoColumns


class Page(QWidget):
    """A page of the window.

    ``name`` is what the title of the window says: the page, never a family or a person.
    """

    keeps_others_away = False
    """True for a page that leads to no other: a family or a child has the laptop."""

    may_interrupt = False
    """True for a page that is shown even over one that keeps others away."""

    holds_a_record = False
    """True for a page on which a record is open, to be filled."""

    name_changed = Signal()
    returned = Signal()
    """The page is shown again, after one that had been opened from it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name

    @property
    def name(self) -> str:
        """The page's name, for the title of the window."""
        return self._name

    def rename(self, name: str) -> None:
        """Give the page another name, such as one that begins with "Error: "."""
        self._name = name
        self.name_changed.emit()

    def landing(self) -> QWidget:
        """Where focus goes when the page opens: its first heading, unless the page knows better."""
        heading = next((h for h in self.findChildren(Heading) if h.level == 1), None)
        return heading or self

    def panes(self) -> list[QWidget]:
        """The parts between which F6 moves, in reading order."""
        columns = self.findChild(TwoColumns)
        return list(columns.panes) if columns is not None else [self]

    def leave(self) -> None:
        """Called before the page goes from the screen, by whichever way: keep what is not kept."""


class ColumnPage(Page):
    """A page that is one column of text and controls, which scrolls when it has to."""

    def __init__(
        self, name: str, heading: str = "", parent: QWidget | None = None, *, characters: int = 92
    ) -> None:
        super().__init__(name, parent)
        self.heading = Heading(heading or name, 1)
        self.scroller = ScrollPage(characters=characters, centred=True)
        self.content = QVBoxLayout()
        self.content.setSpacing(NORMAL)
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        self.beside_heading = QHBoxLayout()
        top.addLayout(self.beside_heading)
        self.scroller.column.addLayout(top)
        self.scroller.column.addLayout(self.content)
        self.scroller.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.scroller)


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout, for what is to be said now."""
    while (item := layout.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            emptied(inner)
            inner.deleteLater()
        elif (widget := item.widget()) is not None:
            focused = QApplication.focusWidget()
            if focused is not None and (focused is widget or widget.isAncestorOf(focused)):
                focused.clearFocus()  # or hiding it moves focus on, and scrolls to there
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()


def put(widget: QWidget, layout: QLayout) -> None:
    """Show a widget that has been filled, in place of all that the layout held.

    Filled first and shown at once: widgets added to a page on the screen are each shown later, and
    the page is laid out again for every one of them.
    """
    emptied(layout)
    layout.addWidget(widget)
    widget.show()


def put_by_turns(
    page: Page, layout: QLayout, whole: QWidget, filling: Iterator[object]
) -> Iterator[None]:
    """As `put`, a little at a time: ``filling`` puts into ``whole``, out of sight, what is to come.

    What was there stays until all is ready; focus is then on the control of the same object name.
    """
    whole.setParent(layout.parentWidget())
    whole.hide()
    try:
        for _ in filling:
            yield
        _make_ready(whole)
        yield
        with keeping_focus(page):
            put(whole, layout)
    finally:
        if isValid(whole) and whole.isHidden():  # something newer is to be shown
            whole.setParent(None)
            whole.deleteLater()


def _make_ready(whole: QWidget) -> None:
    """Lay out what is not shown yet as wide as its place is: showing it takes a third as long."""
    for part in whole.findChildren(QWidget):
        part.ensurePolished()
    place, layout = whole.parentWidget(), whole.layout()
    if place is not None and layout is not None:
        whole.resize(place.width(), layout.heightForWidth(place.width()))
        layout.activate()


@contextmanager
def keeping_focus(page: Page) -> Iterator[None]:
    """Rebuild a page inside this, and focus is again on the control with the same object name."""
    focused = QApplication.focusWidget()
    name = focused.objectName() if focused is not None and page.isAncestorOf(focused) else ""
    yield
    if focused is None or not name or (isValid(focused) and page.isAncestorOf(focused)):
        return
    again: QWidget = page.findChild(QWidget, name) or page.landing()
    again.setFocus(Qt.FocusReason.OtherFocusReason)


def button_row(*buttons: QWidget) -> QLayout:
    """Buttons beside each other; those that do not fit go on the next line."""
    row = Flow()
    for button in buttons:
        row.addWidget(button)
    return row
