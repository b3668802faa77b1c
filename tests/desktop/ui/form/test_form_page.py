"""The form page: what people do on it, and what follows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop.services.filling import Filling
from desktop.services.opened_record import NewerForm
from desktop.ui.look.menu import Menu
from desktop.ui.pages.form import FormPage
from desktop.ui.questions.block import Block
from desktop.ui.questions.row_card import RowCard
from desktop.ui.questions.rows import Rows
from desktop.ui.questions.text import Text
from forms.records.answer import Absent, Answer
from forms.records.change import Change, Written
from forms.records.naming import Naming
from forms.records.protective import Protective
from tests.desktop.ui.filled_forms import NOW, RECORD, Desk, answers_of, definition_of
from tests.desktop.ui.pages.walk import said_on

OUR_WEEK = """
| survey |
| | type | name | label | hint | required | relevant | constraint | constraint_message |
| | begin_group | home | At home | | | | | |
| | select_one yn | pet | Is there a pet? | Any animal | yes | | | |
| | text | pet_name | What is the pet called? | | | ${pet} = 'yes' | | |
| | integer | rooms | How many rooms? | | yes | | . < 50 | That is too many rooms. Count again. |
| | end_group | | | | | | | |
| | begin_group | people | Who is here | | | | | |
| | begin_repeat | person | A person | | | | | |
| | text | name | Name | | yes | | | |
| | select_one yn | child | Is this a child? | | | | | |
| | end_repeat | | | | | | | |
| | end_group | | | | | | | |
| | begin_group | last | Anything else | | | | | |
| | text | else | What else? | | | | | |
| | end_group | | | | | | | |
| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
"""
PET, PET_NAME, ROOMS = "/data/home/pet", "/data/home/pet_name", "/data/home/rooms"


@pytest.fixture
def desk() -> Desk:
    return Desk()


def shown(page: FormPage, qtbot: QtBot) -> FormPage:
    qtbot.addWidget(page)
    page.resize(1280, 900)
    with qtbot.waitActive(page):
        page.show()
    page.blocks()  # builds what is not built yet
    return page


def test_a_form_that_the_council_changed_says_what_changed_and_offers_the_way(
    desk: Desk, qtbot: QtBot, look: None
) -> None:
    filling = desk.filling(definition_of(OUR_WEEK))
    assert not shown(desk.page(filling), qtbot).changed.isVisible()
    newer = NewerForm("2", ("“Rooms” is new.",), ("Pet", "Garden"))
    filling.opened = replace(filling.opened, newer=newer)
    strip = shown(desk.page(filling), qtbot).changed
    assert strip.isVisible()
    QTest.mouseClick(strip.show_them, Qt.MouseButton.LeftButton)
    assert [line.text() for line in strip.lines] == [
        "“Rooms” is new.",
        "What is written here under “Pet” and “Garden” is kept, and is not shown in the new form.",
    ]
    qtbot.waitUntil(strip.lines[0].isVisible)
    assert strip.go_on.hasFocus()
    with qtbot.waitSignal(strip.version_asked) as asked:
        QTest.mouseClick(strip.go_on, Qt.MouseButton.LeftButton)
    assert asked.args == ["2"]
    QTest.mouseClick(strip.put_away, Qt.MouseButton.LeftButton)
    assert not strip.isVisible()


def test_going_on_in_a_new_form_can_be_taken_back_until_it_is_finished(
    desk: Desk, qtbot: QtBot, look: None
) -> None:
    filling = desk.filling(definition_of(OUR_WEEK))
    filling.opened = replace(filling.opened, went_on_from="1")
    page = shown(desk.page(filling), qtbot)
    assert not page.changed.go_on.isVisible()
    with qtbot.waitSignal(page.changed.version_asked) as asked:
        QTest.mouseClick(page.changed.go_back, Qt.MouseButton.LeftButton)
    assert asked.args == ["1"]
    filling.opened = replace(filling.opened, finalised=True)
    finished = shown(desk.page(filling), qtbot)
    assert not finished.changed.isVisible()
    filling.opened = replace(filling.opened, newer=NewerForm("3"))
    since = shown(desk.page(filling), qtbot).changed
    assert since.isVisible()  # says that new records have the new questions
    assert not since.go_on.isVisible()
    assert not since.go_back.isVisible()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, look: None) -> FormPage:
    return shown(desk.page(desk.filling(definition_of(OUR_WEEK))), qtbot)


def block(page: FormPage, path: str) -> Block:
    found = page.block(path)
    assert found is not None, f"not on the page: {path}"
    return found


def choose(page: FormPage, path: str, option: str) -> None:
    row = block(page, path).field.rows[option]  # type: ignore[attr-defined]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)


def write(page: FormPage, path: str, text: str) -> None:
    line = block(page, path).field.controls()[0]
    line.setFocus()
    QTest.keyClicks(line, text)


def rows(page: FormPage) -> Rows:
    return page.findChildren(Rows)[0]


def row_cards(page: FormPage) -> dict[str, RowCard]:
    return {path: c for path, c in rows(page)._cards.items() if isinstance(c, RowCard)}


def from_menu(page: FormPage, path: str, words: str) -> None:
    block(page, path).more.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, Menu)
    action = next(a for a in menu.actions() if a.text() == words)
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    page.activateWindow()  # the offscreen platform does not give it back after a menu
    QApplication.processEvents()


def test_only_the_section_shown_is_built(page: FormPage) -> None:
    assert [b.path for b in page.blocks()] == [PET, ROOMS]
    assert [row.accessibleName() for row in page.sections.rows.values()] == [
        "At home, 2 to answer, on the screen now",
        "Who is here, 1 to answer",
        "Anything else, Nothing written yet",
    ]


def test_a_question_that_follows_appears_in_its_place_and_is_announced(page: FormPage) -> None:
    said: list[str] = []
    page.announcer.said.connect(lambda words, urgent: said.append(words))
    choose(page, PET, "yes")
    assert [b.path for b in page.blocks()] == [PET, PET_NAME, ROOMS]
    assert said == ["1 more question: What is the pet called? (optional)"]
    write(page, PET_NAME, "Biscuit")
    choose(page, PET, "no")
    assert [b.path for b in page.blocks()] == [PET, ROOMS]
    choose(page, PET, "yes")
    assert block(page, PET_NAME).field.value() == "Biscuit"


def test_typing_keeps_focus_and_cursor(page: FormPage) -> None:
    choose(page, PET, "yes")
    write(page, PET_NAME, "Bscuit")
    field = block(page, PET_NAME).field
    assert isinstance(field, Text)
    field.line.setCursorPosition(1)
    QTest.keyClicks(field.line, "i")
    assert field.line.text() == "Biscuit"
    assert field.line.cursorPosition() == 2
    assert field.line.hasFocus()


def test_leaving_a_question_saves_it_and_says_so(page: FormPage, desk: Desk) -> None:
    choose(page, PET, "yes")
    write(page, PET_NAME, "Biscuit")
    block(page, ROOMS).take_focus()
    assert any(PET_NAME in change.answers for change in desk.sealed)
    assert page.header.saved.text() == "Saved 14:02"


def test_not_saved_is_said_at_once_with_what_to_do(page: FormPage, desk: Desk) -> None:
    class DiskFull(Exception):
        title = "The disk is full"
        message = "Free some space, then try again."

    said: list[tuple[str, bool]] = []
    page.announcer.said.connect(lambda words, urgent: said.append((words, urgent)))
    desk.failure = DiskFull()
    choose(page, PET, "yes")
    page.saving.write_now()
    assert page.header.saved.text() == "Not saved"
    assert page.header.failure.isVisible()
    assert "Free some space" in page.header.failure.text
    assert said[-1][1] is True
    desk.failure = None
    page.header.try_again.click()
    assert page.header.saved.text() == "Saved 14:02"
    assert not page.header.failure.isVisible()


def test_an_absence_is_said_in_one_quiet_menu_with_a_reason(page: FormPage, desk: Desk) -> None:
    from_menu(page, ROOMS, "Not known")
    assert page.filling.standing(ROOMS).answer == Answer("", Absent.NOT_KNOWN, "")
    reason = QApplication.focusWidget()
    assert reason is not None
    QTest.keyClicks(reason, "They move next week")
    assert page.filling.standing(ROOMS).answer.reason == "They move next week"
    assert [one.path for one in page.filling.outline.missing()][:1] == [PET]
    answer = next(
        s for s in block(page, ROOMS).stops() if s.accessibleName().startswith("Answer it")
    )
    QTest.mouseClick(answer, Qt.MouseButton.LeftButton)
    assert page.filling.standing(ROOMS).answer.absent is None
    write(page, ROOMS, "4")
    assert answers_of(page.filling)["rooms"] == "4"


def test_an_answer_is_cleared_from_the_menu(page: FormPage) -> None:
    choose(page, PET, "yes")
    from_menu(page, PET, "Clear the answer")
    assert block(page, PET).field.value() == ""
    assert page.filling.session.node(PET).value == ""


def test_what_does_not_fit_is_said_beside_the_question_on_leaving_it(page: FormPage) -> None:
    write(page, ROOMS, "900")
    assert block(page, ROOMS).words_of_trouble() == ""
    page.forward.setFocus()
    assert block(page, ROOMS).words_of_trouble() == "That is too many rooms. Count again."
    line = block(page, ROOMS).field.controls()[0]
    assert line.accessibleDescription().startswith("Error: That is too many rooms")
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert block(page, ROOMS).words_of_trouble() == ""


def test_continue_tells_of_mistakes_once_and_never_blocks(page: FormPage) -> None:
    write(page, ROOMS, "many")
    page.forward.click()
    assert page.shown_section == "/data/home"
    assert page.summary.isVisible()
    assert page.name == "Error: Our week"
    assert page.summary.heading.hasFocus()
    page.summary.chosen.emit(ROOMS)
    assert block(page, ROOMS).field.controls()[0].hasFocus()
    page.forward.click()
    assert page.shown_section == "/data/people"
    assert page.name == "Our week"
    assert page.heading.hasFocus()


def test_sections_are_walked_to_the_end_and_back(page: FormPage, qtbot: QtBot) -> None:
    page.forward.click()
    page.forward.click()
    assert page.forward.words == "Check answers"
    with qtbot.waitSignal(page.check_asked, timeout=1000):
        page.forward.click()
    page.backward.click()
    assert page.shown_section == "/data/people"
    QTest.mouseClick(page.sections.rows["/data/home"], Qt.MouseButton.LeftButton)
    assert page.shown_section == "/data/home"


def test_rows_are_added_removed_and_brought_back(page: FormPage) -> None:
    page.show_section("/data/people")
    cards = rows(page)
    assert cards.add.words == "Add another: A person"
    cards.add.click()
    assert len(row_cards(page)) == 2
    (name,) = (b for b in page.blocks() if b.path.endswith("/name"))
    assert name.field.controls()[0].hasFocus()
    QTest.keyClicks(name.field.controls()[0], "Noah")
    second = row_cards(page)[name.path.rpartition("/")[0]]
    assert second.title.text() == "A person 2: Noah"
    QTest.mouseClick(second.remove, Qt.MouseButton.LeftButton)
    assert len(row_cards(page)) == 1
    assert cards.removed.isVisible()
    assert "A person 2" in cards.removed.accessibleName()
    QTest.mouseClick(cards.bring_back, Qt.MouseButton.LeftButton)
    assert not cards.removed.isVisible()
    assert "Noah" in page.filling.session.answers().values()


def test_rows_move_up_and_down_and_undo_brings_them_back(page: FormPage) -> None:
    page.show_section("/data/people")
    cards = rows(page)
    for name in ("Mia", "Noah"):
        if name == "Noah":
            cards.add.click()
        line = next(b for b in page.blocks() if b.path.endswith("/name")).field.controls()[0]
        line.setFocus()
        QTest.keyClicks(line, name)

    def order() -> list[str]:
        page.section.refresh(None)
        return [card.title.text() for card in row_cards(page).values()]

    assert order() == ["A person 1: Mia", "A person 2: Noah"]
    first, second = row_cards(page).values()
    assert not first.up.isVisible()
    assert not second.down.isVisible()
    second.up.click()
    assert order() == ["A person 1: Noah", "A person 2: Mia"]
    assert list(row_cards(page).values()) == [second, first]
    page.acts.undo()
    assert order() == ["A person 1: Mia", "A person 2: Noah"]


def test_the_way_back_from_removing_is_gone_after_the_next_step(page: FormPage) -> None:
    page.show_section("/data/people")
    cards = rows(page)
    cards.add.click()
    next(iter(row_cards(page).values())).remove.click()
    assert cards.removed.isVisible()
    name = next(b for b in page.blocks() if b.path.endswith("/name"))
    QTest.keyClicks(name.field.controls()[0], "x")
    assert not cards.removed.isVisible()


def test_undoing_a_row_that_one_is_writing_in(page: FormPage) -> None:
    page.show_section("/data/people")
    rows(page).add.click()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Name"
    page.acts.undo()
    QApplication.processEvents()
    assert len(row_cards(page)) == 1
    page.acts.redo()
    assert len(row_cards(page)) == 2


def test_a_closed_card_says_what_is_in_it(page: FormPage) -> None:
    page.show_section("/data/people")
    name = next(b for b in page.blocks() if b.path.endswith("/name"))
    QTest.keyClicks(name.field.controls()[0], "Mia")
    card = row_cards(page)[name.path.rpartition("/")[0]]
    card.toggle.click()
    assert card.summary.text() == "Mia"
    assert page.blocks() == []
    page.jump_to(name.path)
    assert QApplication.focusWidget() in [
        c for b in page.blocks() if b.path == name.path for c in b.field.controls()
    ]


def test_undo_and_redo(page: FormPage) -> None:
    choose(page, PET, "yes")
    write(page, PET_NAME, "Rex")
    block(page, ROOMS).take_focus()
    page.header.undo.click()
    assert block(page, PET_NAME).field.value() == ""
    page.header.redo.click()
    assert block(page, PET_NAME).field.value() == "Rex"


def test_the_next_unanswered_question_is_one_press_away(page: FormPage, qtbot: QtBot) -> None:
    choose(page, PET, "no")
    page.header.unanswered.click()
    assert block(page, ROOMS).field.controls()[0].hasFocus()
    write(page, ROOMS, "3")
    page.header.unanswered.click()
    assert page.shown_section == "/data/people"

    def is_there() -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and focused.accessibleName() == "Name"

    qtbot.waitUntil(is_there)


def change(number: int, author: str, value: str, base: tuple[str, ...] = ()) -> Change:
    return Change(
        id=f"018f3c00-0000-7000-8000-00000000010{number}",
        record=RECORD,
        family="f",
        form="data",
        version="",
        author=author,
        device=f"device {author}",
        number=number,
        at=NOW,
        zone="Europe/London",
        answers={PET: Written(Answer(value), base)},
    )


def test_two_different_answers_are_shown_and_settled(desk: Desk, qtbot: QtBot, look: None) -> None:
    both = (change(1, "kim", "yes"), change(2, "ash", "no"))
    page = shown(desk.page(desk.filling(definition_of(OUR_WEEK), both)), qtbot)
    buttons = [s for s in block(page, PET).stops() if s.accessibleName().startswith("Keep ")]
    assert [b.accessibleName() for b in buttons] == [
        "Keep Kim’s answer 14:02",
        "Keep Ash’s answer 14:02",
    ]
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert not page.filling.standing(PET).in_conflict
    assert page.filling.standing(PET).answer.value == "yes"
    page.leave()
    assert set(desk.sealed[-1].answers[PET].base) == {both[0].id, both[1].id}


def test_a_less_careful_answer_asks_who_agreed(desk: Desk, qtbot: QtBot, look: None) -> None:
    careful = change(1, "kim", "no")
    protective = (Protective("data", PET, ("no", "yes")),)
    filling = desk.filling(definition_of(OUR_WEEK), (careful,), protective=protective)
    page = shown(desk.page(filling), qtbot)
    choose(page, PET, "yes")
    assert page.filling.standing(PET).answer.value == "no"
    reason = QApplication.focusWidget()
    assert reason is not None
    save = next(s for s in block(page, PET).stops() if s.accessibleName().startswith("Save this"))
    assert not save.isEnabled()
    QTest.keyClicks(reason, "Jo Marsh, team manager: dog rehomed")
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    answer = page.filling.standing(PET).answer
    assert (answer.value, answer.reason) == ("yes", "Jo Marsh, team manager: dog rehomed")


def test_a_less_careful_answer_is_given_up(desk: Desk, qtbot: QtBot, look: None) -> None:
    protective = (Protective("data", PET, ("no", "yes")),)
    filling = desk.filling(
        definition_of(OUR_WEEK), (change(1, "kim", "no"),), protective=protective
    )
    page = shown(desk.page(filling), qtbot)
    choose(page, PET, "yes")
    keep = next(s for s in block(page, PET).stops() if s.accessibleName().startswith("Keep it"))
    QTest.mouseClick(keep, Qt.MouseButton.LeftButton)
    assert block(page, PET).field.value() == "no"
    assert page.filling.standing(PET).answer == Answer("no")


ROW = "/data/people/person[0195802c-0000-7000-8000-0000000000cc]"


def named(desk: Desk) -> Filling:
    """Ray is named where those stand who must not know."""
    answers = {path: Written(Answer(value)) for path, value in ((ROW, "1"), (f"{ROW}/name", "Ray"))}
    naming = (Naming("data", "/data/people/person/name", "names"),)
    said = replace(change(1, "kim", "no"), answers=answers)
    return desk.filling(definition_of(OUR_WEEK), (said,), naming=naming, place="/data/people")


def pressed(page: FormPage, words: str) -> None:
    buttons = [one for one in page.findChildren(QPushButton) if one.isVisible()]
    button = next(one for one in buttons if one.accessibleName().startswith(words))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_name_written_over_is_saved_and_asked_about(desk: Desk, qtbot: QtBot, look: None) -> None:
    page, path = shown(desk.page(named(desk)), qtbot), f"{ROW}/name"
    line = block(page, path).field.controls()[0]
    line.setFocus()
    QTest.keyClicks(line, "mond")
    assert page.filling.standing(path).lacks_reason
    assert line.hasFocus(), "who types is not interrupted"
    pressed(page, "Keep it")
    assert page.filling.standing(path).answer == Answer("Ray")
    QTest.keyClicks(line, "mond")
    asking = next(s for s in block(page, path).stops() if "why is it safe" in s.accessibleName())
    QTest.keyClicks(asking, "Kim: his name is Raymond")
    pressed(page, "Save this")
    assert page.filling.standing(path).answer == Answer("Raymond", None, "Kim: his name is Raymond")
    assert not page.filling.standing(path).lacks_reason


def test_a_row_that_names_somebody_is_removed_with_a_reason(
    desk: Desk, qtbot: QtBot, look: None
) -> None:
    page = shown(desk.page(named(desk)), qtbot)
    pressed(page, "Remove")
    assert page.filling.standing(f"{ROW}/name").answer.value == "Ray"
    pressed(page, "Keep it")
    pressed(page, "Remove")
    reason = QApplication.focusWidget()
    assert reason is not None
    QTest.keyClicks(reason, "Dana says that he may know")
    pressed(page, "Save this")
    assert page.filling.standing(f"{ROW}/name").answer == Answer(
        "", None, "Dana says that he may know"
    )


def test_a_finished_record_is_read_and_not_changed(desk: Desk, qtbot: QtBot, look: None) -> None:
    filling = desk.filling(definition_of(OUR_WEEK), (change(1, "kim", "no"),), finalised=True)
    page = shown(desk.page(filling), qtbot)
    assert page.finished.isVisible()
    choose(page, PET, "yes")
    assert page.filling.standing(PET).answer.value == "no"
    block(page, PET).more.click()
    (menu,) = page.findChildren(QMenu)
    offered = [action.text() for action in menu.actions()]
    menu.close()
    assert offered == ["Who wrote this, and when"]


def test_what_arrived_after_finishing_is_said_and_opens_nothing(
    desk: Desk, qtbot: QtBot, look: None
) -> None:
    filling = desk.filling(definition_of(OUR_WEEK), (change(1, "kim", "no"),), finalised=True)
    filling.opened = replace(filling.opened, arrived_from=("Kim Osei",))
    page = shown(desk.page(filling), qtbot)
    assert "Kim Osei wrote here without having seen that it was finished" in said_on(page.finished)
    choose(page, PET, "yes")
    assert page.filling.standing(PET).answer.value == "no"


def test_it_opens_where_the_worker_was(desk: Desk, qtbot: QtBot, look: None) -> None:
    filling = desk.filling(definition_of(OUR_WEEK), place="/data/last")
    page = shown(desk.page(filling), qtbot)
    assert page.shown_section == "/data/last"


def test_the_title_of_the_window_names_no_answer(page: FormPage) -> None:
    page.show_section("/data/people")
    QTest.keyClicks(page.blocks()[0].field.controls()[0], "Mia Hartley")
    assert page.name == "Our week"


def test_leaving_the_page_loses_nothing(page: FormPage, desk: Desk) -> None:
    write(page, ROOMS, "7")
    page.leave()
    assert desk.sealed[-1].answers[ROOMS].answer.value == "7"
    assert not page.filling.is_unsaved
