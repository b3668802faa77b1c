"""A private note: written at a question, kept apart, found there again, and nowhere else."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.services.private_notes import PRIVATE_NOTE
from desktop.ui.pages.form import FormPage
from desktop.ui.questions.block import Block
from tests.desktop.services.making import Desk
from tests.desktop.test_bad_days import (  # noqa: F401  fixtures
    folder,
    made_once,
    start,
    words_of,
)
from tests.desktop.test_beside import (  # noqa: F401  fixture
    desk,
    everything_said,
    hand_over,
    program,
    settle,
)

NAME = "/household/family/family_name"
WORDS = "The neighbour at number 9 said that he comes back at night"


def household(program: Program) -> str:  # noqa: F811
    here = desk(program)
    return here.fill(here.families.begin(), "household", family__family_name="Rowan")


def form_of(program: Program, qtbot: QtBot, record: str) -> FormPage:  # noqa: F811
    assert program.unlocked is not None
    program.unlocked.open_record(record, "")
    qtbot.waitUntil(lambda: shown_record(program) == record)
    settle(program, qtbot)
    page = program.window.page
    assert isinstance(page, FormPage)
    return page


def shown_record(program: Program) -> str:  # noqa: F811
    page = program.window.page
    return page.filling.opened.record if isinstance(page, FormPage) else ""


def choose(block: Block, words: str) -> None:
    block.more.click()
    menu = block.findChild(QMenu)
    assert isinstance(menu, QMenu)
    action = next(action for action in menu.actions() if action.text() == words)
    menu.close()
    action.trigger()


def write_note(program: Program, qtbot: QtBot, record: str) -> FormPage:  # noqa: F811
    page = form_of(program, qtbot, record)
    block = page.block(NAME)
    assert block is not None
    choose(block, "Write a private note")
    qtbot.waitUntil(lambda: shown_record(program) not in ("", record))
    note = program.window.page
    assert isinstance(note, FormPage)
    assert note.filling.opened.form == PRIVATE_NOTE
    note.wishes.answered.emit("/private_note/note/kind", "safety")
    note.wishes.answered.emit("/private_note/note/words", WORDS)
    return note


def notes_of(here: Desk, record: str) -> list[str]:
    row = here.vault.record(record)
    assert row is not None
    return [one.id for one in here.vault.records(row.family) if one.form == PRIVATE_NOTE]


def test_a_note_is_its_own_record_points_at_the_answer_and_says_who_may_get_it(program, qtbot):  # noqa: F811
    record = household(program)
    note = write_note(program, qtbot, record)
    qtbot.waitUntil(lambda: "subject access request may reach this note" in words_of(note))
    assert note.filling.opened.title == "Private note"
    program.window.back()
    settle(program, qtbot)
    here = desk(program)
    (kept,) = notes_of(here, record)
    said = here.open(kept).session.answers()
    assert said["/private_note/about_record"] == record
    assert said["/private_note/about_path"] == NAME
    assert said["/private_note/note/words"] == WORDS
    assert said["/private_note/note/kind"] == "safety"
    assert WORDS not in str(here.vault.changes(record))


def test_the_question_leads_to_its_note_again(program, qtbot):  # noqa: F811
    record = household(program)
    first = write_note(program, qtbot, record).filling.opened.record
    program.window.back()
    program.window.back()
    settle(program, qtbot)
    page = form_of(program, qtbot, record)
    block = page.block(NAME)
    assert block is not None
    choose(block, "Open the private note")
    qtbot.waitUntil(lambda: shown_record(program) == first)
    assert notes_of(desk(program), record) == [first]


def test_a_note_is_nowhere_else(program, qtbot):  # noqa: F811
    record = household(program)
    write_note(program, qtbot, record)
    program.window.back()
    settle(program, qtbot)
    here = desk(program)
    row = here.vault.record(record)
    assert row is not None
    overview = here.families.overview(row.family)
    assert PRIVATE_NOTE not in [line.form for line in overview.records]
    assert PRIVATE_NOTE not in [step.form for step in (*overview.steps, *overview.begins)]
    assert [line.form for line in overview.notes] == [PRIVATE_NOTE]
    opened = here.records.open(notes_of(here, record)[0])
    assert (opened.for_family, opened.for_child) == (None, None)
    assert here.packs.newest.is_never_printed(PRIVATE_NOTE, "/private_note/note/words")
    program.window.back()
    page = hand_over(program, qtbot, record)
    said = everything_said(page)
    assert "note" not in said.lower()
    assert "number 9" not in said


def test_each_answer_has_a_note_of_its_own(program, qtbot):  # noqa: F811
    record = household(program)
    write_note(program, qtbot, record)
    program.window.back()
    settle(program, qtbot)
    here, notes = desk(program), program.unlocked.services.notes
    (first,) = notes_of(here, record)
    assert notes.open(record, NAME, "") == first
    assert notes.open(record, "/household/people", "") != first
    assert notes.noted(record) == {NAME, "/household/people"}
