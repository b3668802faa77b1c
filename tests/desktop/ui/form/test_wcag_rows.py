"""Rows of WCAG 2.2 that need a form with something in it: order, mistakes, messages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.look.link_row import LinkRow
from desktop.ui.pages.form import FormPage
from desktop.ui.questions.row_card import RowCard
from desktop.ui.questions.rows import Rows
from desktop.ui.questions.trouble_line import TroubleLine
from tests.desktop.ui.filled_forms import Desk, definition_of
from tests.desktop.ui.form.states import STATES
from tests.desktop.ui.form.test_form_page import OUR_WEEK, PET, ROOMS, block, choose, shown, write
from tests.desktop.ui.pages.pictures import in_window
from tests.desktop.ui.pages.walk import name_of, tab_stops


@pytest.fixture
def page(qtbot: QtBot, look: None) -> FormPage:
    desk = Desk()
    return shown(desk.page(desk.filling(definition_of(OUR_WEEK))), qtbot)


def in_the_tree(at: QAccessibleInterface) -> Iterator[object]:
    """What assistive technology meets, in its order."""
    yield at.object()
    for number in range(at.childCount()):
        inner = at.child(number)
        if inner is not None:
            yield from in_the_tree(inner)


def test_1_3_2_the_tree_has_the_questions_in_their_order_also_the_one_that_came(
    page: FormPage,
) -> None:
    choose(page, PET, "yes")
    QApplication.processEvents()
    asked = [control for one in page.blocks() for control in one.field.controls()]
    assert len(asked) > 3
    tree = list(in_the_tree(QAccessible.queryAccessibleInterface(page.section)))
    places = [tree.index(control) for control in asked]
    assert places == sorted(places)


def test_1_3_2_cards_are_read_out_as_they_are_shown_also_one_that_was_moved(
    page: FormPage,
) -> None:
    page.show_section("/data/people")
    rows = page.findChildren(Rows)[0]
    for _ in range(3):
        rows.add.click()
    first, second, third, *_ = rows.findChildren(RowCard)
    third.up.click()
    third.up.click()
    assert _in_reading_order(
        page, [third.toggle, third.remove, first.toggle, second.toggle, rows.add]
    )
    second.remove.click()
    rows.bring_back.click()
    back = rows.findChildren(RowCard)[-1]
    assert _in_reading_order(page, [rows.heading, third.toggle, first.toggle, rows.add])
    assert _in_reading_order(page, [third.toggle, back.toggle, rows.add])


def test_1_3_2_what_is_wrong_is_read_out_before_the_field_that_it_is_about(page: FormPage) -> None:
    write(page, ROOMS, "900")
    page.forward.click()
    asked = block(page, ROOMS)
    (line,) = asked.findChildren(TroubleLine)
    assert _in_reading_order(page, [asked.label, line, asked.field.controls()[0]])


def _in_reading_order(page: FormPage, wanted: list[QWidget]) -> bool:
    """Whether assistive technology meets these in this order, and they are shown in it."""
    QApplication.processEvents()
    tree = list(in_the_tree(QAccessible.queryAccessibleInterface(page.section)))
    told = [tree.index(one) for one in wanted]
    places = [one.mapTo(page, one.rect().topLeft()) for one in wanted]
    shown = [(place.y() // 30, place.x()) for place in places]
    return told == sorted(told) and shown == sorted(shown)


@pytest.mark.parametrize("width", [800, 1280])
def test_2_4_3_tab_goes_through_tools_search_and_what_it_found_as_they_stand(
    width: int, qtbot: QtBot, look: None
) -> None:
    window = in_window(STATES["form_found"](), width, 700)
    qtbot.addWidget(window)
    page = window.page
    assert isinstance(page, FormPage)
    assert page.search.links

    def turned(stops: list[QWidget]) -> list[tuple[int, int]]:
        places = [stop.mapTo(page, stop.rect().center()) for stop in stops]
        return [(place.y() // 30, place.x()) for place in places]

    stops = tab_stops(window)
    tools = [stop for stop in stops if page.header.isAncestorOf(stop)]
    assert len(tools) > 4
    assert turned(tools) == sorted(turned(tools)), [name_of(tool) for tool in tools]
    at = [stops.index(part) for part in (page.search.line, page.search.close_it)]
    at.append(stops.index(page.search.links[0]))
    assert at[1:] == [at[0] + 1, at[0] + 2]


def test_3_3_1_and_3_3_3_a_mistake_has_the_same_words_above_and_beside_and_they_say_what_to_do(
    page: FormPage,
) -> None:
    write(page, ROOMS, "900")
    page.forward.click()
    beside = block(page, ROOMS).words_of_trouble()
    assert beside == "That is too many rooms. Count again."
    assert beside in [link.words for link in page.summary.findChildren(LinkRow)]
    line = block(page, ROOMS).field.controls()[0]
    assert beside in line.accessibleDescription()


def test_4_1_3_what_comes_of_a_mistake_and_of_an_answer_is_announced(page: FormPage) -> None:
    said: list[str] = []
    page.announcer.said.connect(lambda words, _: said.append(words))
    choose(page, PET, "yes")
    assert any("What is the pet called?" in words for words in said)
