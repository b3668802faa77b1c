"""A family's course and a worker's day, over a real vault and the shipped forms."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desktop.services.casework import Casework
from desktop.services.clock import Clock
from desktop.vault import Event
from forms.casework.directory import Wanted
from tests.desktop.services.making import Desk


@pytest.fixture
def casework(desk: Desk) -> Casework:
    return Casework(desk.vault, desk.packs, desk.known, desk.clock)


@pytest.fixture
def today(desk: Desk) -> date:
    return desk.clock.now().astimezone(ZoneInfo(desk.clock.zone)).date()


@pytest.fixture
def family(desk: Desk, today: date) -> str:
    family = desk.families.begin()
    desk.fill(
        family,
        "safety_check",
        now__harm_now="no",
        talking__safe_talk="not_all",
        visiting__worker_safety="dogs",
        contact__safe_contact="Text before you ring",
    )
    home = desk.open(desk.records.begin(family, "household"))
    home.answer("/household/family/family_name", "The Sandersons")
    address, _ = home.add_row("/household/homes/address")
    for name, value in (("home_kind", "main"), ("line_1", "1 Mill Lane"), ("confidential", "no")):
        home.answer(f"{address}/{name}", value)
    for first, role, born in (("Dana", "parent", "1990-01-01"), ("Maya", "child", "2018-05-05")):
        row, _ = home.add_row("/household/people/person")
        for name, value in (("role", role), ("given_name", first), ("born", born)):
            home.answer(f"{row}/{name}", value)
        if role == "parent":
            parent = row[row.index("[") + 1 : -1]
    desk.records.seal(home.freeze())
    agreed = desk.open(desk.records.begin(family, "agreement"))
    row, _ = agreed.add_row("/agreement/people/decision")
    told = (("who", parent), ("answer", "agrees"), ("method", "verbal"), ("agreed_on", str(today)))
    for name, value in told:
        agreed.answer(f"{row}/{name}", value)
    desk.records.seal(agreed.freeze())
    note = desk.open(desk.records.begin(family, "visit_note"))
    note.answer("/visit_note/when/purpose", "To say hello")
    note.answer("/visit_note/after/next_visit", f"{today}T16:00:00.000+00:00")
    note.answer("/visit_note/when/happened", f"{today - timedelta(days=3)}T10:00:00.000+00:00")
    desk.records.seal(note.freeze())
    return family


def test_a_level_keeps_the_words_of_its_scheme(desk: Desk, casework: Casework, family: str) -> None:
    review = desk.open(desk.records.begin(family, "review"))
    level = next(q.path for q in review.opened.definition.questions if q.path.endswith("/level"))
    review.answer(level, "3")
    desk.records.seal(review.freeze())
    told = review.session.calculated()
    (words,) = (path for path in told if path.endswith("/level_words"))
    assert told[words] == "3 Early Help"
    desk.records.finish(desk.open(review.opened.record).opened, {**told, words: "As it was"}, "")
    found = casework.standing(family)
    assert (found.level, found.level_code, found.level_words) == (3, "3", "As it was")


def test_how_a_family_stands(casework: Casework, family: str, today: date) -> None:
    found = casework.standing(family)
    assert (found.level, found.begun, found.agreed) == (None, today, ("Dana",))
    assert found.home.startswith("1 Mill Lane")
    assert found.lead == casework.vault.worker.name
    assert ("gp", "Maya") in found.prompts
    asked = {question: answer for question, answer, _ in found.asked}
    assert asked["agreed"] == "yes"
    assert asked["each_child_heard"] == "no"
    assert [task.kind for task in found.tasks] == ["visit", "written_agreement"]


def test_todays_visit_says_what_to_know_before_the_door(
    casework: Casework, family: str, today: date
) -> None:
    work = casework.work()
    (visit,) = work.visits
    assert (visit.at, visit.name, visit.where) == ("16:00", "The Sandersons", "1 Mill Lane")
    assert "Dogs" in visit.before
    assert "Text before you ring" in visit.before
    assert any("not safe to talk here with everyone" in words for words in visit.before)
    assert [task.kind for task in work.tasks] == ["visit", "written_agreement"]
    assert work.today == today
    assert casework.vault.audit()[-1].event == Event("opened", family=family, detail="visit")


def test_what_happened_is_told_with_names_and_the_record(casework: Casework, family: str) -> None:
    found = casework.chronology(family)
    kinds = {line.kind for line in found.lines}
    assert {"agreement", "visit", "born", "begun"} <= kinds
    agreed = next(line for line in found.lines if line.kind == "agreement")
    assert agreed.names == ("Dana",)
    assert agreed.record in {row.id for row in casework.vault.records(family)}


def test_the_board_and_the_pictures_follow_the_plan(
    casework: Casework, desk: Desk, family: str
) -> None:
    assert casework.board(family).actions == ()
    plan = desk.open(desk.records.begin(family, "plan"))
    goal, _ = plan.add_row("/plan/goals/goal")
    action, _ = plan.add_row(f"{goal}/action")
    plan.answer(f"{action}/what", "Support Maya")
    desk.records.seal(plan.freeze())
    board = casework.board(family)
    (shown,) = board.actions
    assert board.advice == ()
    assert shown.path == f"{action}/progress"
    assert {kind for kind, _ in shown.advice} == {"no_measure", "no_name", "no_date", "vague"}
    for n in range(8):
        more, _ = plan.add_row(f"{goal}/action")
        plan.answer(f"{more}/what", f"Thing {n}")
    empty, _ = plan.add_row("/plan/goals/goal")
    plan.answer(f"{empty}/outcome", "Calm mornings")
    desk.records.seal(plan.freeze())
    assert casework.board(family).advice == (
        ("many_actions", "9"),
        ("goal_without", "Calm mornings"),
    )
    pictures = casework.pictures(family)
    assert {place.name for place in pictures.tree.places} == {"Dana", "Maya"}


def test_services_are_found_without_a_network(casework: Casework) -> None:
    casework.clock = Clock(lambda: datetime(2026, 11, 23, 10, tzinfo=UTC))
    everything = casework.directory(Wanted())
    assert everything.total == len(everything.found) > 5
    assert all("ended" not in service.what for service in everything.found)
    near = casework.directory(Wanted(need="SF02", area="Leigh"))
    assert [service.name for service in near.found] == ["Leigh Family Hub (demo)"]
    assert "Central Wigan" in everything.areas  # a neighbourhood of the council's table
    assert casework.directory(Wanted(area="Wigan North")).found[0].key == "demo_hub_north"
