"""A long section is on the screen at once, and the rest of it a little later."""

from __future__ import annotations

from functools import cache

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.pages.form import FormPage
from desktop.ui.pages.section_parts import MOST
from desktop.ui.questions.block import Block
from forms.xforms import Definition, load_definition
from tests.desktop.ui.filled_forms import Desk, definition_of
from tests.desktop.ui.pages.walk import said_on

MANY = 28
LONG = "\n".join(
    [
        "| survey |",
        "| | type | name | label |",
        "| | begin_group | all | Everything |",
        *(f"| | text | q{n} | Question {n} |" for n in range(MANY)),
        "| | end_group | | |",
    ]
)


@pytest.fixture
def page(qtbot: QtBot, look: None) -> FormPage:
    desk = Desk()
    page = desk.page(desk.filling(definition_of(LONG)))
    qtbot.addWidget(page)
    page.resize(1000, 700)
    return page


def built(page: FormPage) -> int:
    return len(page.section.built_blocks())


def test_only_the_first_questions_are_built_before_the_page_is_shown(
    page: FormPage, qtbot: QtBot
) -> None:
    assert built(page) < MANY / 2
    page.show()
    qtbot.waitUntil(lambda: built(page) == MANY)
    qtbot.waitUntil(lambda: page.section.built_blocks()[-1].isVisible())
    paths = [block.path for block in page.section.built_blocks()]
    assert paths == [f"/data/all/q{n}" for n in range(MANY)]


def test_nothing_is_squeezed_for_a_moment_while_the_rest_is_built(
    page: FormPage, qtbot: QtBot
) -> None:
    page.show()
    page.show_section("/data/all")
    too_low: set[str] = set()

    def look() -> None:
        for block in page.section.built_blocks():
            if block.isVisible() and block.height() < block.minimumSizeHint().height():
                too_low.add(block.path)

    timer = QTimer(page)
    timer.timeout.connect(look)
    timer.start(0)
    qtbot.waitUntil(lambda: built(page) == MANY)
    timer.stop()
    assert too_low == set()


def test_nothing_is_announced_as_new_while_the_rest_is_built(page: FormPage, qtbot: QtBot) -> None:
    said: list[str] = []
    page.announcer.said.connect(lambda words, urgent: said.append(words))
    with qtbot.waitActive(page):
        page.show()
    page.section.built_blocks()[0].take_focus()
    QTest.keyClicks(page.section.built_blocks()[0].field.controls()[0], "early bird")
    qtbot.waitUntil(lambda: built(page) == MANY)
    assert said == []
    assert page.filling.session.node("/data/all/q0").value == "early bird"


def waited_for(qtbot: QtBot, name: str) -> QWidget:
    """The control of this name, once it has the focus."""

    def has_focus() -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and focused.accessibleName() == name

    qtbot.waitUntil(has_focus, timeout=20_000)
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def test_a_question_far_down_is_gone_to_at_once(page: FormPage, qtbot: QtBot) -> None:
    with qtbot.waitActive(page):
        page.show()
    page.jump_to(f"/data/all/q{MANY - 1}")
    focused = waited_for(qtbot, f"Question {MANY - 1}")
    view = page.scroller.viewport()
    assert 0 <= focused.mapTo(view, focused.rect().topLeft()).y() < view.height()


def test_tab_order_is_whole_when_all_is_built(page: FormPage, qtbot: QtBot) -> None:
    with qtbot.waitActive(page):
        page.show()
    qtbot.waitUntil(lambda: built(page) == MANY)
    last = page.section.built_blocks()[-1]
    assert last.path.endswith(f"q{MANY - 1}")
    last.more.setFocus()
    QTest.keyClick(last.more, Qt.Key.Key_Tab)
    assert page.forward.hasFocus()
    QTest.keyClick(page.forward, Qt.Key.Key_Backtab)
    assert last.more.hasFocus()


FAR_TOO_LONG = 10_000


@cache
def far_too_long() -> Definition:
    """One section of ten thousand questions: compiled by hand, because pyxform takes a minute."""
    names = [f"q{n}" for n in range(FAR_TOO_LONG)]
    asked = "".join(
        f'<input ref="/data/all/{q}"><label>Question {q}</label></input>' for q in names
    )
    return load_definition(
        (
            '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">'
            "<h:head><h:title>Long</h:title><model><instance>"
            f'<data xmlns="" id="long" version="1"><all>{"".join(f"<{q}/>" for q in names)}</all>'
            "</data></instance>"
            + "".join(f'<bind nodeset="/data/all/{q}" type="string"/>' for q in names)
            + f'</model></h:head><h:body><group ref="/data/all"><label>All</label>{asked}</group>'
            "</h:body></h:html>"
        ).encode()
    )


@pytest.fixture
def vast(qtbot: QtBot, look: None) -> FormPage:
    desk = Desk()
    page = desk.page(desk.filling(far_too_long()))
    qtbot.addWidget(page)
    page.resize(1000, 700)
    with qtbot.waitActive(page):
        page.show()
    return page


def test_of_ten_thousand_questions_only_what_is_seen_is_built(vast: FormPage) -> None:
    assert [b.path for b in vast.blocks()] == [f"/data/all/q{n}" for n in range(MOST)]
    vast.forward.click()
    assert vast.blocks()[0].path == f"/data/all/q{MOST}"
    assert len(vast.section.findChildren(Block)) <= 2 * MOST
    vast.backward.click()
    assert vast.blocks()[0].path == "/data/all/q0"


def test_the_last_of_ten_thousand_is_gone_to_found_and_finished_with(
    vast: FormPage, qtbot: QtBot
) -> None:
    vast.jump_to("/data/all/q9999")
    assert vast.blocks()[-1].path == "/data/all/q9999"
    assert vast.forward.words == "Check answers"
    vast.header.search.click()
    QTest.keyClicks(vast.search.line, "q5003")
    qtbot.waitUntil(lambda: bool(vast.search.links), timeout=20_000)
    QTest.keyClick(vast.search.line, Qt.Key.Key_Return)
    waited_for(qtbot, "Question q5003")


def test_the_counts_of_ten_thousand_come_when_they_are_reckoned(
    vast: FormPage, qtbot: QtBot
) -> None:
    (row,) = vast.sections.rows.values()
    qtbot.waitUntil(lambda: "Nothing written yet" in row.accessibleName(), timeout=20_000)
    QTest.keyClicks(vast.blocks()[0].field.controls()[0], "x")
    qtbot.waitUntil(lambda: "Finished" in row.accessibleName(), timeout=20_000)


def test_one_at_a_time_says_which_of_ten_thousand(vast: FormPage, qtbot: QtBot) -> None:
    vast.section.turn(True)
    qtbot.waitUntil(lambda: "Question 1 of 10000" in said_on(vast.section), timeout=20_000)
    vast.forward.click()
    assert "Question 2 of 10000" in said_on(vast.section)
