"""WCAG 1.4.1: no state is told by colour alone. Each is a shape or a word more, also in greys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QImage, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.services.form_sections import Section
from desktop.ui.look.appearance import apply_look
from desktop.ui.look.contrast import SHAPE, contrast
from desktop.ui.look.menu import Menu
from desktop.ui.look.notice import Kind, Mark, Notice
from desktop.ui.look.options import CheckRow, RadioRow
from desktop.ui.look.palettes import Theme
from desktop.ui.look.tile import Tile
from desktop.ui.pages.section_list import SectionList
from desktop.ui.questions.drawing import INKS, Ink
from desktop.ui.questions.trouble_line import TroubleLine
from tests.desktop.ui.conftest import shown
from tests.desktop.ui.pages.walk import said_on

LEAST_RATIO = 3.0
LEAST_SHAPE = 12
"""So many pixels make a mark that is seen: a tick of the smallest text has about thirty."""


@pytest.mark.parametrize(
    "make",
    [
        lambda parent: RadioRow("Some people", parent),
        lambda parent: CheckRow("Some people", parent),
        lambda parent: Tile("Happy", parent, icon_name="face-4"),
        lambda parent: Tile("", parent, big="7"),
        lambda parent: Ink(*INKS[2], parent),
    ],
    ids=["one", "many", "face", "number", "ink"],
)
def test_1_4_1_what_is_chosen_has_a_mark_that_what_is_not_has_not(
    make: Callable[[QWidget], RadioRow | CheckRow | Tile | Ink], qtbot: QtBot, look: None
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    button = make(page)
    button.resize(button.sizeHint())
    before = _shapes(button.grab())
    button.setChecked(True)
    after = _shapes(button.grab())
    inside = {(x, y) for x, y in after ^ before if _is_inside(button, x, y)}
    assert len(inside) >= LEAST_SHAPE


def test_1_4_1_and_1_4_4_what_holds_in_a_menu_has_a_tick_as_large_as_its_text(
    qapp: QApplication, qtbot: QtBot, look: None
) -> None:
    ticks = []
    for scale in (1.0, 2.0):
        apply_look(qapp, Theme.LIGHT, scale)
        page = QWidget()
        qtbot.addWidget(page)
        menu = Menu(page)
        action = menu.addAction("Polski")
        action.setCheckable(True)
        menu.adjustSize()
        before = _shapes(menu.grab())
        action.setChecked(True)
        ticks.append(len(_shapes(menu.grab()) ^ before))
    assert ticks[0] >= LEAST_SHAPE
    assert ticks[1] > 2 * ticks[0]


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK, Theme.HIGH_CONTRAST], ids=str)
def test_1_4_11_a_menu_has_an_edge_against_the_page_under_it(
    theme: Theme, qapp: QApplication, qtbot: QtBot, look: None
) -> None:
    apply_look(qapp, theme)
    page = QWidget()
    qtbot.addWidget(page)
    menu = Menu(page)
    menu.addAction("Polski")
    menu.adjustSize()
    drawn, across = menu.grab().toImage(), menu.width() // 2
    ground = page.palette().color(QPalette.ColorRole.Window)
    for y in (0, menu.height() - 1):
        assert contrast(drawn.pixelColor(across, y), ground) >= SHAPE


def test_1_4_1_each_kind_of_notice_has_a_shape_and_a_word_of_its_own(
    qtbot: QtBot, look: None
) -> None:
    marks = {}
    for kind in Kind:
        mark = Mark(kind)
        qtbot.addWidget(mark)
        marks[kind] = _shapes(mark.grab())
        notice = Notice(kind, "The same words")
        qtbot.addWidget(notice)
        assert notice.accessibleName() == f"{kind.word()}. The same words"
    for one in Kind:
        others = [marks[other] for other in Kind if other is not one]
        assert all(len(marks[one] ^ other) >= LEAST_SHAPE for other in others), one
    assert len({kind.word() for kind in Kind}) == len(Kind)


def test_1_4_1_a_section_says_how_it_stands_and_which_is_shown(qtbot: QtBot, look: None) -> None:
    sections = SectionList()
    qtbot.addWidget(sections)
    states = [Section(f"/{n}", "The family", n % 2, n) for n in range(3)]
    sections.show_sections(states, "/1")
    shown(sections)
    said = said_on(sections)
    for words in ("Nothing written yet", "1 to answer", "Finished"):
        assert words in said


def test_1_4_1_what_is_wrong_has_a_mark_and_words(qtbot: QtBot, look: None) -> None:
    line = TroubleLine()
    qtbot.addWidget(line)
    line.say("Write a whole number in figures, such as 12")
    shown(line)
    assert line.findChildren(Mark)
    assert "Write a whole number" in said_on(line)


def _shapes(picture: QPixmap) -> set[tuple[int, int]]:
    """Where a picture in greys stands out from its most frequent grey by three to one."""
    grey = picture.toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    pixels, line = bytes(grey.constBits()), grey.bytesPerLine()
    ground = max(set(pixels), key=pixels.count)
    stands_out = {value for value in set(pixels) if _ratio(value, ground) >= LEAST_RATIO}
    return {
        (x, y)
        for y in range(grey.height())
        for x in range(grey.width())
        if pixels[y * line + x] in stands_out
    }


def _ratio(one: int, other: int) -> float:
    light, dark = sorted((_luminance(one / 255), _luminance(other / 255)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(grey: float) -> float:
    return grey / 12.92 if grey <= 0.04045 else ((grey + 0.055) / 1.055) ** 2.4


def _is_inside(widget: QWidget, x: int, y: int) -> bool:
    """Not on the edge: an edge of another colour is no mark."""
    return 3 < x < widget.width() - 4 and 3 < y < widget.height() - 4
