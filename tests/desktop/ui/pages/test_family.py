"""A family and its plan: what is said, and where each press leads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services.views import FamilyOverview, NextStep, PlanLine
from desktop.ui.pages.family import FamilyPage
from desktop.ui.pages.plan import PlanPage
from desktop.ui.window import Window
from tests.desktop.ui.pages import examples
from tests.desktop.ui.pages.pictures import family, plan
from tests.desktop.ui.pages.walk import (
    click,
    find,
    for_worker,
    name_of,
    press,
    said_on,
    tab_stops,
    wait_until_whole,
)

pytestmark = pytest.mark.usefixtures("look")


def shown_in_window(page: FamilyPage | PlanPage, qtbot: QtBot) -> Window:
    window = Window(lambda: None)
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.start(page)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return window


@pytest.fixture
def page(qtbot: QtBot) -> FamilyPage:
    made = family()
    assert isinstance(made, FamilyPage)
    shown_in_window(made, qtbot)
    return made


@pytest.fixture
def plan_page(qtbot: QtBot) -> PlanPage:
    made = plan()
    assert isinstance(made, PlanPage)
    shown_in_window(made, qtbot)
    return made


def test_who_what_is_next_what_was_written_and_the_plan_are_said(page: FamilyPage) -> None:
    said = said_on(page)
    for words in (
        "Okafor-Bell family",
        "Reference YF-7Q4K-2M · 12 changes wait to be sent.",
        "Daniel Bell",
        "father, 34; here half of the week",
        "Each child is heard before the plan is agreed.",
        "Draft, 3 answers to come · last written 13:37",
        "Finished · last written yesterday 14:02 by Hannah Lowe",
        "Draft, ready to finish",
        "2 goals, 3 actions. Agreed Tue 10 Mar. Review on Tue 21 Apr.",
    ):
        assert words in said


def test_unsafe_to_leave_paper_is_said_with_the_way_to_the_check(
    page: FamilyPage, qtbot: QtBot
) -> None:
    assert "Do not leave paper in this home" not in said_on(page)
    click(page, "Read what is for you alone")
    assert "Do not leave paper in this home" in said_on(page)
    with qtbot.waitSignal(page.record_chosen) as chosen:
        click(page, "Open the safety check")
    assert chosen.args == ["safety-1"]


def test_what_is_safe_makes_no_fuss(page: FamilyPage) -> None:
    page.show_family(replace(examples.OVERVIEW, paper=examples.SAFE))
    click(page, "Read what is for you alone")
    assert "leave paper" not in said_on(page)


def test_after_the_end_nothing_is_next_and_the_way_back_is_said(page: FamilyPage) -> None:
    page.show_family(replace(examples.OVERVIEW, steps=(), has_ended=True))
    said = said_on(page)
    assert "Help for this family has ended. If they ask for help again" in said
    assert said.index("What is next") < said.index("Help for this family has ended")


def test_what_is_for_the_worker_alone_is_closed_again_when_the_page_is_left(
    page: FamilyPage, qtbot: QtBot
) -> None:
    with_note = replace(examples.OVERVIEW, notes=(examples.NOTE,))
    page.show_family(with_note)
    closed = said_on(page)
    for words in ("not safe", "Do not leave", "settling", "differ", "Private note", "conflict"):
        assert words not in closed
    click(page, "Read what is for you alone")
    with qtbot.waitSignal(page.record_chosen) as chosen:
        click(page, "Private note")
    assert chosen.args == [examples.NOTE.record]
    page.leave()
    assert said_on(page) == closed


def test_the_first_step_is_the_primary_button_and_carries_its_step(
    page: FamilyPage, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.step_chosen) as chosen:
        click(page, "Begin What I want you to know: Tobi")
    step = chosen.args[0]
    assert isinstance(step, NextStep)
    assert (step.form, step.person, step.record) == ("voice", "p3", None)


def test_a_later_step_opens_by_key(page: FamilyPage, qtbot: QtBot) -> None:
    find(page, "Our family plan").setFocus()
    with qtbot.waitSignal(page.step_chosen) as chosen:
        press(Qt.Key.Key_Space)
    assert chosen.args[0].record == "plan-1"


def test_a_record_and_an_answer_to_settle_open(page: FamilyPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.record_chosen) as chosen:
        click(page, "Your Family assessment")
    assert chosen.args == ["r1"]
    click(page, "Read what is for you alone")
    with qtbot.waitSignal(page.answer_chosen) as settled:
        click(page, "Who is in the family: Tobi's school")
    assert settled.args == ["r3", "/household/school"]


def test_the_plan_opens_and_prints_from_here(page: FamilyPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.plan_asked):
        click(page, "See the plan")
    with qtbot.waitSignal(page.print_asked) as asked:
        click(page, "Print the plan")
    assert asked.args == ["standard"]
    with qtbot.waitSignal(page.print_asked) as asked:
        click(page, "Large print of the plan")
    assert asked.args == ["large"]


def test_a_family_of_a_minute_ago_says_what_to_do(page: FamilyPage) -> None:
    first = NextStep("safety", "Safety check", "Safe to talk, and safe to leave paper?")
    page.show_family(FamilyOverview(examples.FAMILY, "YF-1", steps=(first,)))
    said = said_on(page)
    for words in ("A new family", "Nobody is written down yet.", "There is no plan yet."):
        assert words in said
    assert "Okafor" not in said


def test_focus_stays_on_what_it_was_on_when_the_family_is_shown_anew(page: FamilyPage) -> None:
    find(page, "Agreement to early help").setFocus()
    page.show_family(replace(examples.OVERVIEW, waiting=0))
    wait_until_whole(page)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert name_of(focused).startswith("Agreement to early help")


def test_in_two_columns_tab_goes_down_the_first_and_then_the_second(page: FamilyPage) -> None:
    find(page, "Begin What I want").setFocus()
    names = [name_of(stop) for stop in tab_stops(page)]
    assert names.index("Request for support") < names.index("See the plan")


def test_the_plan_says_who_does_what_by_when(plan_page: PlanPage) -> None:
    said = said_on(plan_page)
    for words in (
        "Mornings are calmer and Tobi is at school on time",
        "Lay out clothes and bags together every evening",
        "Grace and Tobi · by Mon 16 Mar · started",
        "This plan is a draft",
    ):
        assert words in said


def test_the_plan_can_be_changed_and_printed(plan_page: PlanPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plan_page.edit_asked):
        click(plan_page, "Change the plan")
    with qtbot.waitSignal(plan_page.print_asked) as asked:
        click(plan_page, "Large print of the plan")
    assert asked.args == ["large"]


def test_a_finished_plan_is_no_draft_and_unsettled_answers_are_said(plan_page: PlanPage) -> None:
    plan_page.show_plan(replace(examples.PLAN, finished=True, unsettled=2))
    said = said_on(plan_page)
    assert "This plan is a draft" not in said
    assert "2 answers differ between two people." in said


def test_an_empty_plan_says_so(plan_page: PlanPage) -> None:
    plan_page.show_plan(PlanLine("plan-1"))
    assert "Nothing has been agreed yet." in said_on(plan_page)
    assert find(plan_page, "Write the plan").isEnabled()


def test_a_merged_family_says_that_everything_of_both_is_kept(page: FamilyPage) -> None:
    page.show_family(examples.MERGED)
    said = said_on(page)
    assert "This family was begun more than once" in said
    assert "YF-7Q4K-2M and EH-000112" in said
    assert "under EH-000112" in said
    page.show_family(examples.OVERVIEW)
    assert "begun more than once" not in said_on(page)


def test_that_a_coordinator_will_ring_is_for_the_worker_alone(page: FamilyPage) -> None:
    page.show_family(replace(examples.OVERVIEW, notice="A coordinator will ring you."))
    assert "coordinator" not in said_on(page)
    for_worker(page).toggle.click()
    assert "A coordinator will ring you." in said_on(page)
