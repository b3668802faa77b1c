"""The small widgets: sizes, words that wrap, focus that is seen, references that are kept."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.look.appearance import apply_look
from desktop.ui.look.buttons import icon_button, primary, quiet, secondary
from desktop.ui.look.emphasis import as_rich_text, without_emphasis
from desktop.ui.look.fields import PRIVATE, ChoiceBox, LineField, TextArea
from desktop.ui.look.labels import Body, Heading
from desktop.ui.look.link_row import LinkRow
from desktop.ui.look.options import CheckRow, RadioRow
from desktop.ui.look.palettes import Theme
from desktop.ui.look.tile import Tile

LONG = (
    "My child has been seen by a health professional in the last twelve months and I agree that"
    " this may be shared with the school"
)
FOCUSABLE: list[Callable[[], QWidget]] = [
    lambda: primary("Continue"),
    lambda: secondary("Add"),
    lambda: quiet("Change"),
    lambda: icon_button("more", "More"),
    lambda: RadioRow("Yes"),
    lambda: CheckRow("Yes"),
    lambda: Tile("Happy", icon_name="face-4"),
    lambda: LinkRow("There is no such date"),
    lambda: LineField(),
    lambda: ChoiceBox(),
]


def beside(*widgets: QWidget) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    window.resize(400, 400)
    return window


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK, Theme.HIGH_CONTRAST], ids=str)
@pytest.mark.parametrize("make", FOCUSABLE)
def test_focus_is_seen_in_every_theme(
    make: Callable[[], QWidget], theme: Theme, qtbot: QtBot, qapp: QApplication, look: None
) -> None:
    apply_look(qapp, theme)
    widget, other = make(), QLineEdit()
    window = beside(other, widget)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    other.setFocus()
    without = widget.grab().toImage()
    widget.setFocus()
    differing = _differing(without, widget.grab().toImage())
    around = 2 * (widget.width() + widget.height())
    assert differing >= 2 * around * 0.8  # a ring of two pixels and more


def _differing(one: QImage, other: QImage) -> int:
    return sum(
        one.pixel(x, y) != other.pixel(x, y)
        for x in range(one.width())
        for y in range(one.height())
        if min(x, y, one.width() - 1 - x, one.height() - 1 - y) < 4
    )


@pytest.mark.parametrize("make", [RadioRow, CheckRow, LinkRow, Body], ids=lambda m: m.__name__)
def test_long_words_wrap_and_are_not_cut(
    make: Callable[[str], QWidget], qtbot: QtBot, look: None
) -> None:
    widget = make(LONG)
    window = beside(widget)
    qtbot.addWidget(window)
    window.resize(260, 400)
    window.show()
    assert widget.width() <= 260
    assert widget.height() >= widget.heightForWidth(widget.width())
    assert widget.height() >= 4 * widget.fontMetrics().height()


def test_words_follow_the_text_size(qtbot: QtBot, qapp: QApplication, look: None) -> None:
    heading, row = Heading("At home"), RadioRow(LONG)
    window = beside(heading, row)
    qtbot.addWidget(window)
    window.show()
    size, height = heading.font().pointSizeF(), row.heightForWidth(300)
    apply_look(qapp, Theme.LIGHT, 2.0)
    QApplication.processEvents()
    assert heading.font().pointSizeF() == pytest.approx(2 * size)
    assert row.heightForWidth(300) > 2 * height
    apply_look(qapp, Theme.LIGHT, 1.0)
    QApplication.processEvents()
    assert heading.font().pointSizeF() == pytest.approx(size)


def test_what_people_wrote_is_never_markup(look: None) -> None:
    assert Body("<b>Mum</b> & Dad").text() == "<b>Mum</b> & Dad"
    assert as_rich_text('<img src="x"> **stop**') == ("&lt;img src=&quot;x&quot;&gt; <b>stop</b>")
    assert without_emphasis("**Stop** and _ring_ a_b_c 2*3*4") == "Stop and ring a_b_c 2*3*4"


class _Emitter(QObject):
    said = Signal(bool)


def test_this_pyside_keeps_its_references(qapp: QApplication) -> None:
    """PySide6 6.12 on Python 3.11 loses one at each call, and ends the process while one types."""
    emitter, line = _Emitter(), QLineEdit()
    emitter.said.emit(True)
    line.setText("a")
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(200):
        emitter.said.emit(True)
        line.setText("a")
    after = sys.getrefcount(True), sys.getrefcount(None)
    assert after[0] > before[0] - 100
    assert after[1] > before[1] - 100


PRESSED = FOCUSABLE[:8]
"""Those that are drawn by us and show that the pointer is on them."""


@pytest.mark.parametrize("make", PRESSED)
def test_it_is_painted_again_when_the_pointer_comes(
    make: Callable[[], QWidget], qtbot: QtBot, look: None
) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    control = make()
    QVBoxLayout(whole).addWidget(control)
    whole.resize(400, 300)
    with qtbot.waitExposed(whole):
        whole.show()
    QTest.mouseMove(whole, QPoint(1, 1))
    QApplication.processEvents()
    seen = Events(control)
    QTest.mouseMove(control)
    qtbot.waitUntil(lambda: QEvent.Type.Paint in seen.types)
    assert control.underMouse()


class Events(QObject):
    """What has come to a control since it is watched."""

    def __init__(self, control: QWidget) -> None:
        super().__init__(control)
        self.types: list[QEvent.Type] = []
        control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.types.append(event.type())
        return False


def test_no_input_method_is_to_learn_what_is_written(qtbot: QtBot) -> None:
    area = TextArea()
    qtbot.addWidget(area)
    for field in (LineField(area), area.writing):
        assert field.inputMethodHints() & PRIVATE


@pytest.mark.parametrize("words", ["تولت الرعاية (social care) الأمر", "Ada (Mum) أم."])
@pytest.mark.parametrize("make", [RadioRow, CheckRow], ids=lambda m: m.__name__)
def test_painted_words_read_the_way_of_their_own_letters(
    make: type[RadioRow | CheckRow], words: str, qtbot: QtBot, look: None
) -> None:
    def drawn(said: str) -> QImage:
        row = make(said)
        qtbot.addWidget(row)
        row.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        row.resize(400, 60)
        return row.grab().toImage()

    leftwards, rightwards = f"\u2067{words}\u2069", f"\u2066{words}\u2069"
    own, other = (leftwards, rightwards) if words[0] == "ت" else (rightwards, leftwards)
    assert drawn(words) == drawn(own)
    assert drawn(words) != drawn(other)
