"""The families of a worker, and what one family's page says."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from desktop.services.paper_safety import NotSafe
from desktop.services.papers.family_plan import plan_sheet
from desktop.services.print_views import CopyFate
from desktop.services.views import RecordState
from tests.desktop.services.making import Desk


@pytest.fixture
def family(desk: Desk) -> str:
    """A family with a household, a safety check and a plan."""
    family = desk.families.begin()
    record = desk.records.begin(family, "household")
    filling = desk.open(record)
    filling.answer("/household/family/family_name", "The Sandersons")
    for name, role in (("Maya", "child"), ("Dana", "parent")):
        row, _ = filling.add_row("/household/people/person")
        filling.answer(f"{row}/role", role)
        filling.answer(f"{row}/given_name", name)
        filling.answer(f"{row}/last_name", "Sanderson")
        filling.answer(f"{row}/included", "yes")
    desk.records.seal(filling.freeze())
    plan = desk.open(desk.records.begin(family, "plan"))
    goal, _ = plan.add_row("/plan/goals/goal")
    plan.answer(f"{goal}/outcome", "Calmer mornings")
    action, _ = plan.add_row(f"{goal}/action")
    plan.answer(f"{action}/what", "Lay out clothes the night before")
    plan.answer(f"{action}/who", "Dana")
    plan.answer(f"{action}/by_when", "2026-04-01")
    desk.records.seal(plan.freeze())
    return family


def test_a_family_is_found_by_name_by_reference_and_by_what_was_said(desk, family):
    other = desk.families.begin()
    found = {line.family for line in desk.families.list()}
    assert found == {family, other}
    assert [line.family for line in desk.families.list("sander")] == [family]
    reference = desk.families.list("sander")[0].reference
    assert [line.family for line in desk.families.list(reference.lower())] == [family]
    assert [line.family for line in desk.families.list("mornings")] == [family]
    assert desk.families.list("nobody of that name") == []


def test_the_page_of_a_family_says_what_stands(desk, family):
    page = desk.families.overview(family)
    assert page.name == "The Sandersons"
    assert {person.name for person in page.people} == {"Maya Sanderson", "Dana Sanderson"}
    assert page.steps[0].form == "safety_check"
    assert [s.about for s in page.steps if s.form == "child_voice"] == ["Maya Sanderson"]
    assert page.plan is not None
    assert page.plan.goals[0].actions[0].what == "Lay out clothes the night before"
    assert page.paper is None
    assert {line.state for line in page.records} == {RecordState.DRAFT}
    assert page.waiting == 2


def test_nothing_is_printed_before_anybody_asked(desk, family):
    counter = desk.paper.plan_desk(family)
    assert not counter.offer().paper.safe
    with pytest.raises(NotSafe):
        counter.prepare("household", "standard")


def test_a_plan_is_printed_when_paper_is_safe_and_each_copy_is_told(desk, family):
    desk.fill(family, "safety_check", talking__safe_paper="yes")
    counter = desk.paper.plan_desk(family)
    prepared = counter.prepare("household", "standard")
    assert prepared.draft
    assert "Calmer mornings" in "".join(prepared.text)
    number = counter.requested(prepared, "Front room")
    counter.became(number, CopyFate.GIVEN)
    told = [(entry.event.kind, number in entry.event.detail) for entry in desk.vault.audit()]
    assert told[-2:] == [("print requested", True), ("copy given", True)]
    assert counter.prepare("household", "large").file_name != prepared.file_name


def test_paper_that_became_unsafe_stops_a_prepared_print(desk, family):
    record = desk.fill(family, "safety_check", talking__safe_paper="yes")
    counter = desk.paper.plan_desk(family)
    prepared = counter.prepare("household", "standard")
    filling = desk.open(record)
    filling.answer("/safety_check/talking/safe_paper", "no")
    change = filling.take_unsaved()
    assert change is not None
    desk.records.write(change)  # not even sealed
    with pytest.raises(NotSafe):
        counter.requested(prepared, "Front room")
    with pytest.raises(NotSafe):
        counter.save_copy(prepared, "/nowhere/plan.pdf")


def test_a_finished_plan_is_not_a_draft_until_it_is_written_on(desk, family):
    desk.fill(family, "safety_check", talking__safe_paper="yes")
    line = desk.families.overview(family).plan
    assert line is not None
    opened = desk.records.open(line.record)
    desk.records.finish(opened, {}, "The review day is not agreed yet")
    assert desk.records.open(line.record).finalised
    finished = desk.families.overview(family).plan
    assert finished is not None
    assert finished.finished
    assert not desk.paper.plan_desk(family).prepare("household", "standard").draft
    desk.records.amend(opened, "Gran can help on Fridays")
    assert not desk.records.open(line.record).finalised
    assert desk.paper.plan_desk(family).prepare("household", "standard").draft
    desk.records.finish(opened, {}, "")
    assert desk.records.open(line.record).finalised


def test_what_arrives_late_leaves_a_record_finished_everywhere(desk, family):
    """A colleague who had not seen the finishing wrote on: all pages say so, and what came."""
    desk.fill(family, "safety_check", talking__safe_paper="yes")
    line = desk.families.overview(family).plan
    assert line is not None
    late = desk.open(line.record)
    desk.records.finish(desk.records.open(line.record), {}, "")
    late.answer("/plan/start/strengths", "We laugh a lot.")
    desk.records.seal(late.freeze())
    opened = desk.records.open(line.record)
    assert opened.finalised
    assert len(opened.arrived_from) == 1
    page = desk.families.overview(family)
    (of_plan,) = [record for record in page.records if record.record == line.record]
    assert of_plan.state is RecordState.FINISHED
    assert of_plan.arrived_from == page.plan.arrived_from == opened.arrived_from
    assert page.plan.finished
    assert page.plan.agreed is not None
    assert line.record not in {step.record for step in page.steps}
    assert desk.paper.plan_desk(family).prepare("household", "standard").draft  # nobody agreed it
    desk.records.amend(opened, "We read it together")
    assert desk.families.overview(family).plan.arrived_from == ()
    desk.records.finish(desk.records.open(line.record), {}, "")
    page = desk.families.overview(family)
    assert (page.plan.finished, page.plan.arrived_from) == (True, ())
    assert not desk.paper.plan_desk(family).prepare("household", "standard").draft


def test_what_a_family_has_once_is_a_draft_again_with_each_word(desk, family):
    household = desk.records.begin(family, "household")
    desk.records.finish(desk.records.open(household), {}, "")

    def state():
        records = desk.families.overview(family).records
        return next(one.state for one in records if one.record == household)

    assert state() is RecordState.FINISHED
    people = desk.open(household)
    row, _ = people.add_row("/household/people/person")
    people.answer(f"{row}/given_name", "Noor")
    desk.records.seal(people.freeze())
    assert not desk.records.open(household).finalised
    assert state() is RecordState.DRAFT


def test_a_safety_check_with_nothing_missing_is_no_longer_next(desk, family):
    desk.fill(family, "safety_check", talking__safe_paper="yes")
    steps = {step.form: step for step in desk.families.overview(family).steps}
    assert "safety_check" in steps
    desk.fill(
        family, "safety_check", now__harm_now="no", now__adult_risk="none", talking__safe_talk="yes"
    )
    page = desk.families.overview(family)
    assert "safety_check" not in {step.form for step in page.steps}
    assert [r.missing for r in page.records if r.form == "safety_check"] == [0]


def test_paper_is_refused_while_a_safety_check_cannot_be_read(desk, family):
    desk.fill(family, "safety_check", talking__safe_paper="yes")
    desk.paper.plan_desk(family).prepare("household", "standard")
    begun, unread = desk.clock.now(), desk.clock.new_id()
    desk.vault.begin_record(unread, family, "safety_check", "2099.1", begun)
    paper = desk.families.overview(family).paper
    assert paper is not None
    assert (paper.safe, paper.record) == (False, unread)
    assert "cannot read" in paper.words
    with pytest.raises(NotSafe):
        desk.paper.plan_desk(family).prepare("household", "standard")


def test_a_signature_has_the_day_it_was_given_not_the_day_it_is_printed(desk, family, clock):
    record = next(row.id for row in desk.vault.records(family) if row.form == "plan")
    filling = desk.open(record)
    drawn = {"width": 100, "height": 40, "strokes": [{"points": [[1, 1, 1], [50, 20, 1]]}]}
    row, _ = filling.add_row("/plan/agreed/signed")
    filling.answer(
        f"{row}/signature", desk.records.keep(json.dumps(drawn).encode(), "strokes.json")
    )
    desk.records.seal(filling.freeze())
    signed_on = clock().date()
    clock.advance(timedelta(days=9))
    desk.fill(family, "safety_check", talking__safe_paper="yes")
    sheet = plan_sheet(desk.paper.plan_desk(family).gather("household", "standard").reading())
    assert sheet is not None
    assert [one.day for one in sheet.signed] == [signed_on]
    assert sheet.made_on == signed_on + timedelta(days=9)


def test_a_signature_in_words_is_on_paper(desk, family):
    desk.fill(family, "safety_check", talking__safe_paper="yes")
    line = desk.families.overview(family).plan
    assert line is not None
    plan = desk.open(line.record)
    who = {person.name: person.person for person in desk.families.overview(family).people}
    for name, words in (
        ("Dana Sanderson", "typed: D. Sanderson"),
        ("Maya Sanderson", "witnessed: Priya Shah"),
    ):
        row, _ = plan.add_row("/plan/agreed/signed")
        plan.answer(f"{row}/signed_who", who[name])
        plan.answer(f"{row}/signature", words)
    desk.records.seal(plan.freeze())
    text = " ".join(
        " ".join(desk.paper.plan_desk(family).prepare("household", "standard").text).split()
    )
    assert "Dana Sanderson, who typed “D. Sanderson” to sign" in text
    assert "Maya Sanderson, who agreed by word (Priya Shah)" in text
