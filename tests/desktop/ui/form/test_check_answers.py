"""The page of all answers: readable, each one a way back, and finishing never forced."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.services.filling import Filling
from desktop.ui.pages.check_answers import CheckAnswersPage
from desktop.ui.questions.stroke_picture import StrokePicture
from desktop.ui.questions.strokes import EXTENSION, Stroke, Strokes
from forms.records.answer import Absent
from tests.desktop.ui.filled_forms import Desk, definition_of
from tests.desktop.ui.pages.walk import click, cut_labels, find, said_on

VISIT = """
| survey |
| | type | name | label | required | relevant | constraint | constraint_message | appearance |
| | begin_group | visit | The visit | | | | | |
| | select_multiple who | seen | Who was there? | yes | | | | |
| | date | on | When was it? | yes | | | | |
| | integer | dogs | How many dogs? | | | . < 9 | Count the dogs again. | |
| | text | secret | What was whispered? | | ${dogs} = 3 | | | |
| | image | mark | Sign here please | | | | | signature |
| | end_group | | | | | | | |
| | begin_group | plans | Plans | | | | | |
| | begin_repeat | plan | A plan | | | | | |
| | text | what | What will happen? | yes | | | | |
| | end_repeat | | | | | | | |
| | end_group | | | | | | | |
| choices |
| | list_name | name | label |
| | who | mum | Mum |
| | who | nan | Nan |
| | who | dog | The dog |
"""
ASKS = """
| survey |
| | type | name | label | required | save_to |
| | select_one kind | kind | What do you ask for? | yes | request#kind |
| | dateTime | rung_at | When did you ring? | yes | request#rung_at |
| | text | more | What else? | yes | |
| choices |
| | list_name | name | label |
| | kind | level_4 | Level 4 |
| | kind | advice | Advice |
| entities |
| | list_name | label |
| | request | ${kind} |
"""
SEEN, ON, DOGS, MARK = (f"/data/visit/{name}" for name in ("seen", "on", "dogs", "mark"))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def filling(desk: Desk) -> Filling:
    return desk.filling(definition_of(VISIT))


@pytest.fixture
def page(desk: Desk, filling: Filling, qtbot: QtBot, look: None) -> CheckAnswersPage:
    page = CheckAnswersPage(filling, desk.fetch)
    qtbot.addWidget(page)
    page.resize(1000, 900)
    with qtbot.waitActive(page):
        page.show()
    return page


def test_answers_are_read_as_people_say_them(
    page: CheckAnswersPage, filling: Filling, desk: Desk
) -> None:
    filling.answer(SEEN, "mum nan dog")
    filling.answer(ON, "2026-03-09")
    filling.answer("/data/visit/secret", "should not show")
    strokes = Strokes(300, [Stroke("#000000", [(1.0, 2.0, 0.5), (9.0, 9.0, 0.5)])])
    filling.answer(MARK, desk.keep(strokes.written(), EXTENSION))
    row, _ = filling.add_row("/data/plans/plan")
    filling.answer(f"{row}/what", "Bread & <jam>")
    page.refresh()
    said = said_on(page)
    assert "Mum, Nan and The dog" in said
    assert "9 March 2026" in said
    assert "A plan 2" in said
    assert "Bread & <jam>" in said
    assert "should not show" not in said
    assert [picture.isVisible() for picture in page.findChildren(StrokePicture)] == [True]


def test_an_absence_is_an_answer_with_its_reason(page: CheckAnswersPage, filling: Filling) -> None:
    filling.set_absent(ON, Absent.NOT_KNOWN, "Nobody wrote it down")
    page.refresh()
    assert "Not known: Nobody wrote it down" in said_on(page)


def test_each_answer_and_each_gap_leads_to_its_question(
    page: CheckAnswersPage, filling: Filling
) -> None:
    filling.answer(SEEN, "mum")
    filling.answer(DOGS, "12")
    page.refresh()
    asked: list[str] = []
    page.change_asked.connect(asked.append)
    click(page, "Change Who was there?")
    click(page, "When was it?")
    click(page, "How many dogs? – Count the dogs again.")
    assert asked == [SEEN, ON, DOGS]


def test_a_gap_in_a_row_says_which_row(page: CheckAnswersPage, filling: Filling) -> None:
    filling.add_row("/data/plans/plan")
    page.refresh()
    said = said_on(page).splitlines()
    assert "A plan 1: What will happen?" in said
    assert "A plan 2: What will happen?" in said
    assert "A plan 1" not in said  # no heading over nothing


def test_what_is_no_number_and_no_date_is_named_with_what_to_do(
    page: CheckAnswersPage, filling: Filling
) -> None:
    """And the section with it is not said to be finished."""
    for path, value in ((SEEN, "mum"), (ON, "about 5/3/14"), (DOGS, "two")):
        filling.answer(path, value)
    page.refresh()
    said = said_on(page)
    assert "When was it? – There is no such date. Write it in figures, such as 27 3 2014" in said
    assert "How many dogs? – Write a whole number in figures, such as 12" in said
    assert not filling.outline.sections()[0].is_finished
    filling.answer(ON, "2014-03")
    filling.answer(DOGS, "2")
    page.refresh()
    assert filling.outline.sections()[0].is_finished


def test_finishing_with_gaps_asks_why_and_then_finishes(
    page: CheckAnswersPage, filling: Filling
) -> None:
    reasons: list[str] = []
    page.finish_asked.connect(reasons.append)
    click(page, "Finish")
    assert reasons == []
    assert page.summary.isVisible()
    assert page.name.startswith("Error: ")
    click(page, "Write why")
    assert page.reason.hasFocus()
    QTest.keyClicks(page.reason, "The family had to leave")
    QTest.keyClick(find(page, "Finish"), Qt.Key.Key_Space)
    assert reasons == ["The family had to leave"]
    assert page.name == "Check answers"


def test_finishing_with_nothing_missing_asks_nothing(
    page: CheckAnswersPage, filling: Filling
) -> None:
    filling.answer(SEEN, "mum")
    filling.answer(ON, "2026-03-09")
    row = next(n for n in filling.session.node("/data/plans/plan").children).path
    filling.answer(f"{row}/what", "Tea")
    page.refresh()
    reasons: list[str] = []
    page.finish_asked.connect(reasons.append)
    assert "Nothing is missing" in said_on(page)
    assert not page.reason.isVisible()
    click(page, "Finish")
    assert reasons == [""]


def test_one_may_go_back_without_finishing(page: CheckAnswersPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.back_asked, timeout=1000):
        click(page, "Not yet")


def test_a_finished_record_can_only_be_read(desk: Desk, qtbot: QtBot, look: None) -> None:
    filling = desk.filling(definition_of(VISIT), finalised=True)
    filling.answer(SEEN, "nan")
    page = CheckAnswersPage(filling, desk.fetch)
    qtbot.addWidget(page)
    page.show()
    said = said_on(page)
    assert "Nan" in said
    assert "Change" not in said
    assert "Finish" not in said.splitlines()
    assert cut_labels(page) == []


def test_a_level_4_request_is_refused_with_the_way_to_when_you_rang(
    desk: Desk, qtbot: QtBot, look: None
) -> None:
    filling = desk.filling(definition_of(ASKS))
    filling.answer("/data/kind", "level_4")
    page = CheckAnswersPage(filling, desk.fetch)
    qtbot.addWidget(page)
    page.show()
    page.reason.setText("There was no time.")
    with qtbot.assertNotEmitted(page.finish_asked):
        click(page, "Finish")
    with qtbot.waitSignal(page.change_asked) as asked:
        click(page, "Telephone first: write when you rang, and whom you spoke to")
    assert asked.args == ["/data/rung_at"]
    filling.answer("/data/rung_at", "2026-03-02T11:50:00.000+00:00")
    with qtbot.waitSignal(page.finish_asked):
        click(page, "Finish")


@pytest.mark.parametrize("is_whole", [False, True])
def test_a_plan_that_waits_for_the_hub_says_so_before_it_is_finished(
    desk: Desk, qtbot: QtBot, look: None, is_whole: bool
) -> None:
    begun = desk.filling(definition_of(VISIT))
    filling = Filling(replace(begun.opened, waits_for_hub=True), desk.clock)
    for missing in filling.outline.missing() if is_whole else ():
        filling.set_absent(missing.path, Absent.NOT_KNOWN, "Later")
    page = CheckAnswersPage(filling, desk.fetch)
    qtbot.addWidget(page)
    page.show()
    said = said_on(page)
    assert "The hub has not answered yet" in said
    assert "Ring the hub for its answer" in said
    assert ("questions to answer" in said) is not is_whole
    assert "You can finish without them" not in said
    assert "Ready" not in said


def test_an_answer_with_a_picture_is_as_wide_as_the_others(desk: Desk, qtbot: QtBot) -> None:
    filling = desk.filling(definition_of(VISIT))
    filling.answer(DOGS, "2")
    strokes = Strokes(300, [Stroke("#000000", [(1.0, 2.0, 0.5), (9.0, 9.0, 0.5)])])
    filling.answer(MARK, desk.keep(strokes.written(), EXTENSION))
    page = CheckAnswersPage(filling, desk.fetch)
    qtbot.addWidget(page)
    page.resize(1200, 900)
    page.show()
    qtbot.waitUntil(lambda: page.findChild(StrokePicture) is not None)
    changes = [find(page, f"Change {what}") for what in ("How many dogs?", "Sign here please")]
    assert len({button.mapTo(page, QPoint(0, 0)).x() for button in changes}) == 1
