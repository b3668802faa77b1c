"""A meeting of the team, held at the real window over a real vault, and its notes on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.services.case_views import TaskLine
from desktop.ui.pages.form import FormPage
from desktop.ui.pages.meeting import MeetingPage
from desktop.ui.pages.print_preview import PrintPage
from desktop.ui.pages.standing_card import MEETING
from desktop.ui.questions.conflict import Conflict
from forms.casework.meetings import meetings
from forms.casework.plan import family_plan
from forms.records.answer import Answer
from forms.records.change import Written
from tests.desktop.services.making import Desk, desk_of
from tests.desktop.test_bad_days import folder, made_once, start, unlock  # noqa: F401  fixtures
from tests.desktop.ui.pages.walk import press, said_on, wait_until_whole, write
from tests.desktop.vault.making import an_id


@pytest.fixture
def program(start, qtbot):  # noqa: F811
    program = start()
    unlock(program, qtbot)
    qtbot.waitUntil(lambda: not program.vault_lane.busy)
    return program


def desk(program: Program) -> Desk:
    assert program.unlocked is not None
    return desk_of(program.unlocked.services)


def with_a_plan(here: Desk) -> str:
    family = here.families.begin()
    home = here.open(here.records.begin(family, "household"))
    home.answer("/household/family/family_name", "Rowan")
    person = "/household/people/person"
    home.add_row(person, {f"{person}/role": "parent", f"{person}/given_name": "Dana"})
    here.records.seal(home.freeze())
    helps = here.open(here.records.begin(family, "professionals"))
    row = "/professionals/who/professional"
    told = {"professional_name": "Ruth Bell", "professional_role": "Teacher", "in_team": "yes"}
    helps.add_row(row, {f"{row}/{name}": value for name, value in told.items()})
    here.records.seal(helps.freeze())
    plan = here.open(here.records.begin(family, "plan"))
    goal = plan.session.node("/plan/goals/goal").children[0].path
    plan.answer(f"{goal}/outcome", "Mornings are calmer")
    plan.remove_row(plan.session.node(f"{goal}/action").children[0].path)
    action = "/plan/goals/goal/action"
    told = {"what": "Ring the school", "who": "Dana Rowan", "by_when": "2026-11-30"}
    plan.add_row(f"{goal}/action", {f"{action}/{name}": value for name, value in told.items()})
    here.records.seal(plan.freeze())
    here.fill(family, "safety_check", talking__safe_paper="yes")
    return family


def hold(program: Program, qtbot: QtBot, family: str) -> MeetingPage:
    assert program.unlocked is not None
    program.unlocked._casework.open_of_family(family, MEETING)
    qtbot.waitUntil(lambda: isinstance(program.window.page, MeetingPage))
    return shown(program)


def shown(program: Program) -> MeetingPage:
    page = program.window.page
    assert isinstance(page, MeetingPage)
    return page


def choose(page: MeetingPage, box: object, key: str) -> None:
    """Choose in a list as a keyboard does: its first letters."""
    box.setFocus()  # type: ignore[attr-defined]
    QTest.keyClicks(box, key)  # type: ignore[arg-type]


def answer(page: MeetingPage, path: str, value: str) -> None:
    page.meeting.wishes.answered.emit(path, value)


def saved(program: Program, page: MeetingPage, qtbot: QtBot) -> None:
    page.leave()
    qtbot.waitUntil(lambda: all(part.saving.unsaved is None for part in page.parts))
    qtbot.waitUntil(lambda: not program.vault_lane.busy)


def test_a_meeting_is_written_as_people_speak_into_its_own_record_and_the_plan(program, qtbot):
    here = desk(program)
    family = with_a_plan(here)
    page = hold(program, qtbot, family)
    assert "Team Around the Family meeting" in said_on(page)
    assert [row.title.text() for row in page.who.rows.values()] == ["Ruth Bell"]
    page.add_person("Dana", "parent or carer")
    page.add_person()
    write("Amina Noor")  # came unasked
    (action,) = page.plan_panel.rows.values()
    choose(page, action.choice.box, "Something")
    asked = next(action.blocks())
    QTest.keyClicks(asked.field.controls()[0], "No answer on the telephone")
    page.plan_panel.add_action(page.plan_panel._goals()[0][0])
    for words in ("Write to the school", "Ruth Bell"):
        write(words)
        wait_until_whole(page)
        press(Qt.Key.Key_Tab)
    page.write_how_it_goes()
    answer(page, "/team_meeting/meeting/held", "2026-11-23T11:00:00.000+00:00")
    saved(program, page, qtbot)
    known = here.known.of_family(family).known
    (held,) = meetings(known)
    came = {one.name: one.came for one in held.invited if one.name}
    assert came == {"Ruth Bell": "", "Dana": "attended", "Amina Noor": "attended"}
    plan = family_plan(known)
    assert plan is not None
    assert [(a.what, a.who, a.progress) for a in plan.actions] == [
        ("Ring the school", "Dana Rowan", "blocked"),
        ("Write to the school", "Ruth Bell", "not_started"),
    ]
    meeting = next(record for record in known if record.form == "team_meeting")
    goes = meeting.answer("/team_meeting/talk/plan_review").value
    assert "Ring the school (Dana Rowan, by 30 November 2026): Something is in the way" in goes


def test_a_meeting_asked_for_twice_is_one_page(program, qtbot):
    page = program.window.page
    assert program.unlocked is not None
    casework, family = program.unlocked._casework, with_a_plan(desk(program))
    casework.open_of_family(family, MEETING)
    casework.open_of_family(family, MEETING)
    qtbot.waitUntil(lambda: not program.vault_lane.busy)
    qtbot.waitUntil(lambda: isinstance(program.window.page, MeetingPage))
    program.window.back()
    assert program.window.page is page


def test_a_meeting_that_is_due_is_held_from_the_task(program, qtbot):
    here = desk(program)
    family = with_a_plan(here)
    assert program.unlocked is not None
    due = TaskLine(
        "first_meeting", date(2026, 11, 30), "soon", family, "Rowan", form="team_meeting"
    )
    program.unlocked._casework._take(due)
    qtbot.waitUntil(lambda: isinstance(program.window.page, MeetingPage))
    assert len([row for row in here.vault.records(family) if row.form == "team_meeting"]) == 1


def test_what_two_people_said_differently_is_settled_at_the_table_and_not_unawares(program, qtbot):
    here = desk(program)
    family = with_a_plan(here)
    record = next(row.id for row in here.vault.records(family) if row.form == "plan")
    plan = here.open(record)
    goal = plan.session.node("/plan/goals/goal").children[0].path
    row = plan.session.node(f"{goal}/action").children[0].path
    mine = here.vault.changes(record)[-1]
    for said in ({"progress": "done", "who": "Amina Noor"}, {"progress": "blocked", "who": "Sam"}):
        base = here.vault.changes(record)[0].id
        told = {f"{row}/{name}": Written(Answer(value), (base,)) for name, value in said.items()}
        theirs = replace(mine, id=an_id(), author=an_id(), device=an_id(), number=0)
        here.vault.write(replace(theirs, answers=told))
        here.vault.seal(record)
    page = hold(program, qtbot, family)
    (action,) = page.plan_panel.rows.values()
    wait_until_whole(page)
    clash, who = sorted(
        action.findChildren(Conflict), key=lambda each: "Amina Noor" in each.notice.text
    )
    assert "Something is in the way" in clash.notice.text
    assert "Done" in clash.notice.text
    assert "A colleague" not in said_on(page), "somebody at the table is named for it"
    assert "Amina Noor" in who.notice.text, "what else they said differently is opened"
    assert [button for button in clash.notice.buttons if button in list(action.stops())]
    clash.notice.buttons[0].click()
    saved(program, page, qtbot)
    assert action.choice.value() in {"done", "blocked"}
    plan = here.open(record)
    assert not plan.standing(f"{row}/progress").in_conflict
    assert plan.standing(f"{row}/who").in_conflict, "nobody has settled who does it"


def test_undo_takes_back_the_last_step_whichever_record_it_was_in(program, qtbot):
    here = desk(program)
    page = hold(program, qtbot, with_a_plan(here))
    page.add_person("Dana", "parent or carer")
    (action,) = page.plan_panel.rows.values()
    choose(page, action.choice.box, "Done")
    assert action.choice.value() == "done"
    assert len(page.who.rows) == 2
    page.header.undo.click()
    assert (action.choice.value(), len(page.who.rows)) == ("not_started", 2)
    page.header.undo.click()
    assert len(page.who.rows) == 1  # the whole person, in one step
    assert not page.header.undo.isEnabled()


def test_a_finished_plan_is_changed_only_when_somebody_says_so(program, qtbot):
    here = desk(program)
    family = with_a_plan(here)
    record = next(row.id for row in here.vault.records(family) if row.form == "plan")
    opened = here.records.open(record)
    here.records.finish(opened, {}, "agreed aloud")
    page = hold(program, qtbot, family)
    (action,) = page.plan_panel.rows.values()
    assert not action.choice.isEnabled()
    page.plan_reopened.emit()
    qtbot.waitUntil(lambda: program.window.page is not page)
    (action,) = shown(program).plan_panel.rows.values()
    assert action.choice.isEnabled()
    history = [change.answers for change in here.vault.changes(record)]
    assert any("@amended" in answers for answers in history)


def test_everybody_at_the_table_sees_only_what_the_family_may(program, qtbot):
    here = desk(program)
    family = with_a_plan(here)
    page = hold(program, qtbot, family)
    page.add_person("Kim")
    said = said_on(page)
    assert "Kim" in said
    for words in ("Who wrote this", "private note", "optional", "More ways", "needs settling"):
        assert words not in said
    assert "Rowan" not in program.window.windowTitle()


def test_a_choice_made_while_the_whole_form_is_being_read_is_not_one_it_does_not_know(
    program, qtbot
):
    page = hold(program, qtbot, with_a_plan(desk(program)))
    wait_until_whole(page)
    kinds = next(b for b in page.meeting.blocks() if b.path == "/team_meeting/meeting/kind")
    first, second, *_ = kinds.field.controls()
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    gate = Event()
    program.vault_lane.submit(gate.wait)
    page.header.form.click()
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    gate.set()
    qtbot.waitUntil(lambda: isinstance(program.window.page, FormPage))
    qtbot.waitUntil(lambda: not program.vault_lane.busy)
    shown_there = program.window.page.filling.session.answers()
    kept = desk(program).open(page.meeting.filling.opened.record).session.answers()
    assert shown_there == kept
    assert kept[kinds.path] == page.meeting.filling.session.answers()[kinds.path]


def test_the_notes_are_printed_and_the_whole_form_is_one_press_away(program, qtbot):
    here = desk(program)
    family = with_a_plan(here)
    page = hold(program, qtbot, family)
    answer(page, "/team_meeting/updates/child_update", "Maya: it is quieter now")
    page.header.form.click()
    qtbot.waitUntil(lambda: isinstance(program.window.page, FormPage))
    program.window.back()
    qtbot.waitUntil(lambda: program.window.page is not page)  # read again: the form may differ
    again = shown(program)
    again.header.print.click()
    qtbot.waitUntil(lambda: isinstance(program.window.page, PrintPage))
    qtbot.waitUntil(lambda: "Who is this copy for?" in said_on(program.window.page))
