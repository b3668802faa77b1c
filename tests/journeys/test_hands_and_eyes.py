"""The journey's hands and eyes do what a person's would, proved on a small window."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.form_page import under
from tests.journeys.person import NotOnScreenError, Person
from tests.journeys.program import Program, ProgramGoneError
from tests.journeys.record import Record
from tests.journeys.tree import named

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "name.txt"


@pytest.fixture
def person(file: Path) -> Iterator[Person]:
    with Program("tests.journeys.sample_window", [str(file)], OFFSCREEN) as program:
        person = Person(program)
        person.see("Nothing yet")
        yield person


def test_writes_where_the_label_says_and_reads_it_back(person: Person, file: Path) -> None:
    person.write_in("First name", "Zoë O’Neill")
    person.program.key("Tab")
    person.see("Saved Zoë O’Neill")
    assert file.read_text("utf-8") == "Zoë O’Neill"


def test_writes_several_lines(person: Person) -> None:
    person.press("EditableText", "In their words")
    person.type("I like\nmy nan’s house.")
    told = person.one("EditableText", "In their words")
    assert told.value == "I like\nmy nan’s house."


def test_scrolls_to_an_option_and_chooses_it_under_its_question(person: Person) -> None:
    answer = under("Is it safe?", "RadioButton", "No")
    hidden = answer(person.program.read())
    assert hidden is not None
    assert hidden.in_view.is_empty
    person.choose("No", answer)
    chosen = [one for one in person.program.read().find("RadioButton") if "checked" in one.states]
    assert [(one.name, one.parent.name) for one in chosen if one.parent] == [("No", "Is it safe?")]


def test_reaches_a_button_by_tab_alone_and_answers_a_dialog(person: Person) -> None:
    person.tab_to("Button", "Open the question")
    person.program.key("Space")
    person.press("Button", "Understood")
    person.see("Asked and answered")


def test_draws_with_the_mouse(person: Person) -> None:
    board = person.bring_into_view("the board", named("Client", "Board"))
    x, y = board.in_view.middle
    person.program.stroke([(x + step, y) for step in range(0, 30, 3)])
    person.see("Drew 10 points")


def test_what_was_not_left_is_lost_by_a_kill_and_what_was_said_to_be_saved_is_not(
    person: Person, file: Path
) -> None:
    person.write_in("First name", "Amara")
    person.program.key("Tab")
    person.see("Saved Amara")
    person.press("EditableText", "First name")
    person.type(" and then")
    person.program.kill()
    assert file.read_text("utf-8") == "Amara"
    with pytest.raises(ProgramGoneError):
        person.program.read()


def test_says_what_is_on_the_screen_when_something_is_not(person: Person) -> None:
    with pytest.raises(NotOnScreenError, match=r"(?s)Not seen: the words 'Goodbye'.*First name"):
        person.see("Goodbye", patience=0.1)


def test_takes_a_picture(person: Person, tmp_path: Path) -> None:
    person.picture(tmp_path / "window.png")
    assert (tmp_path / "window.png").read_bytes().startswith(b"\x89PNG")


def test_the_record_keeps_a_failed_check_and_an_error(tmp_path: Path) -> None:
    record = Record(tmp_path / "journey.json")
    with record.step("One") as step:
        step.check("two and two are four", 2 + 2 == 4)
    assert record.passed
    with record.step("Two") as step:
        step.check("the door is shut", False, "open")
    with pytest.raises(ZeroDivisionError), record.step("Three") as step:
        step.check("a whole number", 1 // 0)
    told = json.loads((tmp_path / "journey.json").read_text("utf-8"))
    assert [step["passed"] for step in told] == [True, False, False]
    assert told[1]["checked"] == [{"what": "the door is shut", "passed": False, "found": "open"}]
    assert told[2]["problem"].startswith("ZeroDivisionError")
    assert not record.passed
