"""Rows as a table: written in by keys alone, and a card wherever more is to be said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.look.menu import Menu
from desktop.ui.pages.form import FormPage
from desktop.ui.questions.cell import Cell
from desktop.ui.questions.loosening import Loosening
from desktop.ui.questions.row_card import RowCard
from desktop.ui.questions.row_line import RowLine
from desktop.ui.questions.rows import Rows
from forms.records.answer import Answer
from forms.records.change import Written
from forms.records.protective import Protective
from tests.desktop.ui.filled_forms import Desk, definition_of
from tests.desktop.ui.form.test_form_page import change, shown
from tests.desktop.ui.pages.walk import cut_labels, name_of, wait_until_whole

LEFT = """
| survey |
| | type | name | label | required | relevant | appearance |
| | begin_group | after | Afterwards | | | |
| | begin_repeat | left | Something to do | | | table |
| | text | what | What? | | | |
| | select_one safe | safe | Safe to say? | | | |
| | date | by | By when? | | ${safe} != 'no' | |
| | end_repeat | | | | | |
| | end_group | | | | | |
| choices |
| | list_name | name | label |
| | safe | yes | Yes |
| | safe | no | No |
"""
PROTECTED = Protective("data", "/data/after/left/safe", ("no", "yes"))
ROW = "018f3c00-0000-7000-8000-000000000aaa"


@pytest.fixture
def page(qtbot: QtBot, look: None) -> FormPage:
    desk = Desk()
    page = shown(desk.page(desk.filling(definition_of(LEFT))), qtbot)
    wait_until_whole(page)
    return page


def rows(page: FormPage) -> Rows:
    (found,) = page.findChildren(Rows)
    return found


def lines(page: FormPage) -> list[RowLine]:
    wait_until_whole(page)
    return [row for row in rows(page)._cards.values() if isinstance(row, RowLine)]


def cards(page: FormPage) -> list[RowCard]:
    wait_until_whole(page)
    return [row for row in rows(page)._cards.values() if isinstance(row, RowCard)]


def in_focus() -> str:
    focused = QApplication.focusWidget()
    return "" if focused is None else name_of(focused)


def type_there(words: str) -> None:
    focused = QApplication.focusWidget()
    assert isinstance(focused, QWidget)
    QTest.keyClicks(focused, words)


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def from_menu(page: FormPage, line: RowLine, words: str) -> None:
    line.more.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, Menu)
    menu.setActiveAction(next(a for a in menu.actions() if a.text() == words))
    QTest.keyClick(menu, Qt.Key.Key_Return)
    page.activateWindow()  # the offscreen platform does not give it back after a menu
    wait_until_whole(page)


def test_a_table_is_written_by_keys_alone(page: FormPage) -> None:
    lines(page)[0]._cells["what"].take_focus()
    type_there("Ring the school")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Y)
    press(Qt.Key.Key_Tab)
    assert in_focus() == "Day: By when?, Something to do 1: Ring the school"
    rows(page).add.setFocus()
    press(Qt.Key.Key_Space)
    assert in_focus() == "What?, Something to do 2"
    type_there("Swimming")
    press(Qt.Key.Key_Up)
    assert in_focus() == "What?, Something to do 1: Ring the school"
    press(Qt.Key.Key_Down)
    assert in_focus() == "What?, Something to do 2: Swimming"
    told = [
        [node.value for node in row.children if node.value]
        for row in page.filling.session.node("/data/after/left").children
    ]
    assert told == [["Ring the school", "yes"], ["Swimming"]]


def test_all_lines_have_the_same_columns_below_their_words(page: FormPage) -> None:
    rows(page).add.click()
    first, second = lines(page)
    QApplication.processEvents()
    for name in ("what", "safe", "by"):
        one, other = first._cells[name], second._cells[name]
        assert (one.x(), one.width()) == (other.x(), other.width())
        assert one.width() >= one.field.minimumSizeHint().width()
    assert cut_labels(page) == []


def test_what_is_not_asked_in_a_row_leaves_its_place_empty(page: FormPage) -> None:
    first = lines(page)[0]
    place = first._cells["safe"].geometry()
    first._cells["safe"].take_focus()
    press(Qt.Key.Key_N)
    wait_until_whole(page)
    assert list(first._cells) == ["what", "safe"]
    assert first._cells["safe"].geometry().left() == place.left()
    assert first._cells["safe"].width() == place.width()
    assert in_focus() == "Safe to say?, Something to do 1"
    press(Qt.Key.Key_Up)
    wait_until_whole(page)
    assert [cell.path.rpartition("/")[2] for cell in first.blocks()] == ["what", "safe", "by"]


def test_words_longer_than_their_cell_stand_below_it_whole(page: FormPage) -> None:
    line = lines(page)[0]
    line._cells["what"].take_focus()
    low, long = line.height(), "Ring the school about Monday " * 4
    type_there("Tea")
    assert not line.whole.isVisible()
    type_there(long)
    QApplication.processEvents()
    assert line.whole.text() == f"What? Tea{long}"
    assert line.whole.isVisible()
    assert line.height() > low
    assert cut_labels(page) == []


def test_a_day_is_chosen_from_a_calendar_in_the_menu_of_the_line(page: FormPage) -> None:
    lines(page)[0].more.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, Menu)
    action = next(a for a in menu.actions() if a.text().endswith("calendar: By when?"))
    menu.close()
    action.trigger()
    calendar = QApplication.activePopupWidget()
    assert isinstance(calendar, QCalendarWidget)
    grid = calendar.findChild(QWidget, "qt_calendar_calendarview")
    assert grid is not None
    QTest.keyClick(grid, Qt.Key.Key_Return)
    date = lines(page)[0]._cells["by"]
    assert date.field.value() == Desk().moment.date().isoformat()
    assert page.filling.session.node(date.path).value == date.field.value()


def test_a_row_opens_as_a_card_and_closes_to_a_line(page: FormPage) -> None:
    from_menu(page, lines(page)[0], "Open")
    (card,) = cards(page)
    assert card.is_open
    assert card.toggle.hasFocus()
    press(Qt.Key.Key_Space)
    assert lines(page)[0].more.hasFocus()


def test_a_row_that_tells_more_than_answers_is_a_card(page: FormPage) -> None:
    path = lines(page)[0]._cells["what"].path
    page.acts.say_absent(path, "not_known", "Nobody knew")
    (card,) = cards(page)
    assert card.is_open
    card.toggle.click()
    assert not cards(page)[0].is_open
    page.acts.answer(path, "Tea")
    assert len(lines(page)) == 1


def test_a_looser_answer_asks_for_its_reason_in_the_card(qtbot: QtBot, look: None) -> None:
    safe = f"/data/after/left[{ROW}]/safe"
    answers = {f"/data/after/left[{ROW}]": Answer("000010"), safe: Answer("no")}
    careful = replace(change(1, "ash", "no"), answers={p: Written(a) for p, a in answers.items()})
    filling = Desk().filling(definition_of(LEFT), (careful,), protective=(PROTECTED,))
    page = shown(Desk().page(filling), qtbot)
    lines(page)[0]._cells["safe"].take_focus()
    press(Qt.Key.Key_Y)
    (asking,) = page.findChildren(Loosening)
    assert filling.session.node(safe).value == "no"
    assert cards(page)[0].isAncestorOf(asking)
    assert asking.reason.hasFocus()
    type_there("Ann agreed to it")
    asking.save.click()
    assert filling.session.node(safe).value == "yes"


def test_rows_move_and_go_and_come_back_from_the_menu_of_their_line(page: FormPage) -> None:
    lines(page)[0]._cells["what"].take_focus()
    type_there("First")
    rows(page).add.click()
    type_there("Second")
    from_menu(page, lines(page)[1], "Move up")
    assert [line.words for line in lines(page)] == [
        "Something to do 1: Second",
        "Something to do 2: First",
    ]
    from_menu(page, lines(page)[0], "Remove")
    assert [line.words for line in lines(page)] == ["Something to do 1: First"]
    rows(page).bring_back.click()
    assert len(lines(page)) == 2


def test_where_there_is_no_room_for_a_table_its_rows_are_cards(
    page: FormPage, qtbot: QtBot
) -> None:
    lines(page)[0]._cells["what"].take_focus()
    page.resize(420, 900)
    qtbot.waitUntil(lambda: bool(cards(page)))
    assert in_focus() == "What?"
    page.resize(1280, 900)
    qtbot.waitUntil(lambda: bool(lines(page)))
    assert in_focus().startswith("What?, Something to do 1")
    assert all(isinstance(b, Cell) for b in page.blocks())


def test_keys_that_come_before_a_table_has_become_cards_are_written_where_they_were_meant(
    page: FormPage, qtbot: QtBot
) -> None:
    what = lines(page)[0]._cells["what"]
    path = what.path
    what.take_focus()
    rows(page).resize(420, 900)  # as where a scroll bar comes while somebody types
    for letter in "Ring the school":
        type_there(letter)
    page.resize(420, 900)
    qtbot.waitUntil(lambda: bool(cards(page)))
    assert in_focus() == "What?"
    assert page.filling.session.node(path).value == "Ring the school"
