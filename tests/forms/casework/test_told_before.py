"""The story is told once: what is known is carried, shown as carried, and corrected once."""

from __future__ import annotations

from datetime import date
from itertools import count

from forms.casework.told_before import is_carried, is_place, told_before
from tests.forms.casework.conftest import Writing
from tests.forms.casework.telling import row_id
from tests.forms.casework.test_episodes import BEN, MAY, MIA

STORY = "/assessment/your_story/story"


def test_the_story_is_carried_into_the_next_assessment_and_corrected_once(
    writing: Writing,
) -> None:
    rules = writing.pack.tables["told_before"]
    first = writing.tell("assessment", on=MAY, assessment={"story": "We came in 2019."})
    found = told_before("assessment", rules, writing.records, str)
    assert [(c.path, c.value, c.record, c.on) for c in found] == [
        (STORY, "We came in 2019.", first, MAY)
    ]
    begun = {c.path: c.answer("the assessment") for c in found}
    writing.write("second", "assessment", begun)
    stands = writing.known("second").heads.current(STORY)
    assert is_carried(stands)
    assert stands.reason == "Carried from the assessment, 4 May 2026"
    writing.write("second", "assessment", {STORY: "We came in 2018."})
    assert not is_carried(writing.known("second").heads.current(STORY))
    third = told_before("assessment", rules, writing.records, str)
    assert [c.value for c in third] == ["We came in 2018."]
    assert writing.known(first).heads.current(STORY).value == "We came in 2019."


def test_a_disputed_answer_is_not_carried_as_if_it_were_known(writing: Writing) -> None:
    writing.tell("assessment", on=MAY, record="one", assessment={"story": "We came in 2019."})
    writing.write("one", "assessment", {STORY: "We came in 2012."}, {STORY: ()})
    assert told_before("assessment", writing.pack.tables["told_before"], writing.records, str) == ()


def test_what_a_child_wants_comes_into_the_plan_only_if_the_child_said_so(
    writing: Writing,
) -> None:
    for child, words, may in ((MIA, "See Nan", "yes"), (BEN, "A night light", "no")):
        told = {"child": child, "on": MAY, "want": words, "goal_in_plan": may}
        writing.tell("child_voice", on=MAY, record=f"voice-{child}", voice=told)
    ids = (row_id("new", n) for n in count())
    rules = writing.pack.tables["told_before"]
    found = told_before("plan", rules, writing.records, lambda: next(ids))
    assert [c.value for c in found if not is_place(c)] == [MIA, "See Nan"]
    writing.write("plan", "plan", {c.path: c.answer("what Mia said") for c in found})
    assert not writing.known("plan").heads.conflicts()
    assert writing.known("plan").answer(found[1].path).value == MIA


def test_what_one_child_said_is_carried_to_nobody_else(writing: Writing) -> None:
    told = {"child": MIA, "on": MAY, "want": "See Nan"}
    writing.tell("child_voice", on=MAY, voice=told)
    rules = writing.pack.tables["told_before"]
    assert told_before("child_voice", rules, writing.records, str, BEN) == ()
    (again,) = told_before("child_voice", rules, writing.records, str, MIA)
    assert (again.value, again.on) == ("See Nan", date(2026, 5, 4))
