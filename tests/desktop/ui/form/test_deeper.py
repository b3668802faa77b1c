"""History of an answer, another language in place, finding a question."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.look.labels import Body
from desktop.ui.pages.form import FormPage
from desktop.ui.questions.history import History
from tests.desktop.ui.filled_forms import Desk, definition_of
from tests.desktop.ui.form.test_form_page import (
    OUR_WEEK,
    PET,
    PET_NAME,
    ROOMS,
    block,
    change,
    choose,
    from_menu,
    shown,
    write,
)
from tests.desktop.ui.pages.walk import click, said_on

TWO_LANGUAGES = """
| survey |
| | type | name | label::English (en) | label::العربية (ar) | hint::English (en) |
| | begin_group | home | At home | في البيت | |
| | select_one yn | pet | Is there a pet? | هل يوجد حيوان أليف؟ | Any animal |
| | text | name | Its name | اسمه | |
| | end_group | | | | |
| choices |
| | list_name | name | label::English (en) | label::العربية (ar) |
| | yn | yes | Yes | نعم |
| | yn | no | No | لا |
"""


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_who_wrote_an_answer_and_when(desk: Desk, qtbot: QtBot, look: None) -> None:
    first = change(1, "ash", "no")
    changes = (first, change(2, "kim", "yes", (first.id,)))
    desk.moment += timedelta(days=1)
    page = shown(desk.page(desk.filling(definition_of(OUR_WEEK), changes)), qtbot)
    from_menu(page, PET, "Who wrote this, and when")
    (history,) = page.findChildren(History)
    assert history.lines == ["yesterday 14:02 – Kim: Yes", "yesterday 14:02 – Ash: No"]
    choose(page, PET, "no")
    assert history.lines[0] == "14:02 – Kim: No"
    click(page, "Close")
    assert block(page, PET).more.hasFocus()


def test_the_questions_change_language_in_place(desk: Desk, qtbot: QtBot, look: None) -> None:
    page = shown(desk.page(desk.filling(definition_of(TWO_LANGUAGES))), qtbot)
    name = next(b for b in page.blocks() if b.path.endswith("/name"))
    name.take_focus()
    QTest.keyClicks(name.field.controls()[0], "Biscuit")
    page.speak("العربية (ar)")
    words = said_on(page.section)
    assert "هل يوجد حيوان أليف؟" in words
    assert "نعم" in words
    assert page.heading.text() == "في البيت"
    assert page.section.blocks()[0].layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert page.section.blocks()[0].locale().language().name == "Arabic"
    assert name.field.value() == "Biscuit"
    assert page.forward.words == "Check answers"
    assert page.header.layoutDirection() is Qt.LayoutDirection.LeftToRight
    page.speak("English (en)")
    assert "Is there a pet?" in said_on(page.section)
    assert page.section.blocks()[0].layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_a_form_of_one_language_offers_none(desk: Desk, qtbot: QtBot, look: None) -> None:
    page = shown(desk.page(desk.filling(definition_of(OUR_WEEK))), qtbot)
    assert not page.header.language.isVisible()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, look: None) -> FormPage:
    return shown(desk.page(desk.filling(definition_of(OUR_WEEK))), qtbot)


def look_for_a_name(page: FormPage) -> None:
    QTest.keyClick(page.heading, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.line.hasFocus()
    QTest.keyClicks(page.search.line, "NAME")
    QTest.keyClick(page.search.line, Qt.Key.Key_Return)


def name_has_focus() -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and focused.accessibleName() == "Name"


def test_a_question_is_found_by_keys_and_gone_to(page: FormPage, qtbot: QtBot) -> None:
    look_for_a_name(page)
    assert page.shown_section == "/data/people"
    assert not page.search.isVisible()
    qtbot.waitUntil(name_has_focus)


def test_no_question_of_a_row_that_went_meanwhile_is_found(page: FormPage, qtbot: QtBot) -> None:
    repeat = "/data/people/person"
    row, _ = page.filling.add_row(repeat)
    page.header.search.click()
    QTest.keyClicks(page.search.line, "name")
    qtbot.waitUntil(lambda: len(page.search.links) == 2)
    page.filling.remove_row(row)
    page.search.look()
    qtbot.waitUntil(lambda: len(page.search.links) == 1)


def test_a_question_is_found_by_the_words_that_it_had_before(
    desk: Desk, qtbot: QtBot, look: None
) -> None:
    definition = definition_of(OUR_WEEK)
    name = next(one.path for one in definition.questions if one.label() == "Name")
    filling = desk.filling(definition)
    filling.opened = replace(filling.opened, called_before={name: "What are they called?"})
    page = shown(desk.page(filling), qtbot)
    QTest.keyClick(page.heading, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(page.search.line, "called")
    QTest.keyClick(page.search.line, Qt.Key.Key_Return)
    qtbot.waitUntil(name_has_focus)


def test_whoever_does_something_else_meanwhile_is_left_there(page: FormPage, qtbot: QtBot) -> None:
    look_for_a_name(page)
    assert page.section.waiting
    QTest.keyClick(page.heading, Qt.Key.Key_Tab)
    there = QApplication.focusWidget()
    qtbot.waitUntil(lambda: not page.section.waiting)
    QApplication.processEvents()
    assert QApplication.focusWidget() is there
    assert not name_has_focus()


def test_what_is_not_asked_is_not_found(page: FormPage) -> None:
    page.search.begin()
    QTest.keyClicks(page.search.line, "pet called")
    page.search.look()
    assert page.search.found.text() == "0 questions found"
    choose(page, PET, "yes")
    page.search.look()
    assert [link.words for link in page.search.links] == ["What is the pet called?"]
    click(page, "What is the pet called?")
    assert block(page, PET_NAME).field.controls()[0].hasFocus()


def test_escape_ends_the_search(page: FormPage) -> None:
    page.search.begin()
    QTest.keyClick(page.search.line, Qt.Key.Key_Escape)
    assert not page.search.isVisible()
    assert page.heading.hasFocus()


def test_an_answer_is_never_in_the_words_of_the_search(page: FormPage) -> None:
    write(page, ROOMS, "31")
    page.search.begin()
    QTest.keyClicks(page.search.line, "31")
    page.search.look()
    assert page.search.links == []
    assert all("31" not in label.text() for label in page.search.findChildren(Body))


def test_one_question_at_a_time(page: FormPage, desk: Desk) -> None:
    click(page, "One at a time")
    assert [b.path for b in page.blocks()] == [PET]
    assert "Question 1 of 2" in said_on(page.section)
    choose(page, PET, "yes")
    assert "Question 1 of 3" in said_on(page.section)
    click(page, "Continue")
    assert [b.path for b in page.blocks()] == [PET_NAME]
    assert block(page, PET_NAME).field.controls()[0].hasFocus()
    assert any(PET in change.answers for change in desk.sealed)
    click(page, "Continue")
    click(page, "Previous question")
    assert [b.path for b in page.blocks()] == [PET_NAME]
    page.jump_to(ROOMS, missing=True)
    assert block(page, ROOMS).words_of_trouble() == "Not answered yet"
    click(page, "Continue")
    assert page.shown_section == "/data/people"
    click(page, "Whole section")
    assert len(page.blocks()) == 2


def test_turning_to_one_question_keeps_the_one_in_hand(page: FormPage) -> None:
    block(page, ROOMS).take_focus()
    page.header.one.click()
    assert [b.path for b in page.blocks()] == [ROOMS]
    page.header.one.click()
    assert [b.path for b in page.blocks()] == [PET, ROOMS]
