"""A long section is on the screen at once, and the rest of it a little later."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.pages.form import FormPage
from desktop.ui.questions.asking import AT_ONCE
from desktop.ui.questions.block import Block
from tests.desktop.ui.filled_forms import Desk, definition_of

MANY = 60
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
    return len(page.section.findChildren(Block))


def test_only_the_first_questions_are_built_before_the_page_is_shown(
    page: FormPage, qtbot: QtBot
) -> None:
    assert AT_ONCE <= built(page) < MANY / 4
    page.show()
    qtbot.waitUntil(lambda: built(page) == MANY)
    qtbot.waitUntil(lambda: page.section.built_blocks()[-1].isVisible())
    paths = [block.path for block in page.section.built_blocks()]
    assert paths == [f"/data/all/q{n}" for n in range(MANY)]


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


def test_a_question_far_down_is_gone_to_at_once(page: FormPage, qtbot: QtBot) -> None:
    with qtbot.waitActive(page):
        page.show()
    page.jump_to(f"/data/all/q{MANY - 1}")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == f"Question {MANY - 1}"
    view = page.scroller.viewport()
    assert 0 <= focused.mapTo(view, focused.rect().topLeft()).y() < view.height()


def test_tab_order_is_whole_when_all_is_built(page: FormPage, qtbot: QtBot) -> None:
    with qtbot.waitActive(page):
        page.show()
    qtbot.waitUntil(lambda: page.section.built_blocks()[-1].isVisible())
    last = page.section.built_blocks()[-1]
    assert last.path.endswith(f"q{MANY - 1}")
    last.more.setFocus()
    QTest.keyClick(last.more, Qt.Key.Key_Tab)
    assert page.forward.hasFocus()
    QTest.keyClick(page.forward, Qt.Key.Key_Backtab)
    assert last.more.hasFocus()
