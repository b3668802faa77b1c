"""The family's plan."""

from __future__ import annotations

from datetime import date

from forms.casework.plan import family_plan
from tests.forms.casework.conftest import Writing

GOAL = "/plan/goals/goal[0192f3c0-0000-7000-8000-00000000000a]"
ACTION = GOAL + "/action[0192f3c0-0000-7000-8000-00000000000b]"
CHILD = "/plan/children/child_goal[0192f3c0-0000-7000-8000-00000000000c]"


def test_the_plan_says_who_does_what_by_when(hartleys: Writing) -> None:
    plan = family_plan(hartleys.records)
    assert plan is not None
    assert [len(goal.actions) for goal in plan.goals] == [2, 1]
    assert plan.goals[0].people == ("Ellie Hartley", "Alfie Hartley")
    assert (plan.goals[0].start_score, plan.goals[0].target_score) == (3, 8)
    assert [action.who for action in plan.actions] == [
        "Nana (Carol Hartley)",
        "Priya Nair",
        "Joanne Hartley",
    ]
    assert plan.actions[0].by_when == date(2026, 11, 25)
    assert plan.actions[0].is_open
    assert plan.next_review == date(2026, 12, 8)
    assert plan.lead == "Priya Nair"
    assert plan.if_worried.startswith("If a morning goes wrong")
    assert [(goal.name, goal.may_print) for goal in plan.child_goals] == [("Ellie Hartley", True)]
    assert plan.unsettled == 0


def test_no_plan_is_none_and_a_bare_one_is_empty(writing: Writing) -> None:
    assert family_plan(writing.records) is None
    writing.write("p", "plan", {"/plan/start/lead": "Priya Nair"})
    plan = family_plan(writing.records)
    assert plan is not None
    assert (plan.goals, plan.child_goals, plan.next_review) == ((), (), None)


def test_the_plan_begun_last_counts(hartleys: Writing) -> None:
    hartleys.write("later", "plan", {"/plan/start/lead": "Somebody else"})
    plan = family_plan(hartleys.records)
    assert plan is not None
    assert plan.lead == "Somebody else"


def test_an_action_outlives_a_goal_that_somebody_else_removed(writing: Writing) -> None:
    first = writing.write("p", "plan", {GOAL: "000010", GOAL + "/outcome": "Calm mornings"})
    writing.write("p", "plan", {ACTION: "000010", ACTION + "/what": "Ring the school"})
    base = {GOAL: (first.id,), GOAL + "/outcome": (first.id,)}
    writing.write("p", "plan", {GOAL: "", GOAL + "/outcome": ""}, base)
    plan = family_plan(writing.records)
    assert plan is not None
    assert [action.what for action in plan.actions] == ["Ring the school"]


def test_two_answers_to_one_action_are_marked(writing: Writing) -> None:
    who = ACTION + "/who"
    first = writing.write(
        "p", "plan", {GOAL: "000010", ACTION: "000010", ACTION + "/what": "Ring", who: "Ann"}
    )
    writing.write("p", "plan", {who: "Bob"}, {who: (first.id,)})
    writing.write("p", "plan", {who: "Cas"}, {who: (first.id,)})
    plan = family_plan(writing.records)
    assert plan is not None
    assert plan.actions[0].unsettled
    assert plan.unsettled == 1


def test_a_childs_goal_in_dispute_is_not_for_printing(writing: Writing) -> None:
    may = CHILD + "/goal_may_print"
    first = writing.write("p", "plan", {CHILD: "000010", CHILD + "/goal_words": "A dog", may: "no"})
    writing.write("p", "plan", {may: "yes"}, {may: (first.id,)})
    plan = family_plan(writing.records)
    assert plan is not None
    assert plan.child_goals[0].may_print
    writing.write("p", "plan", {may: "no", CHILD + "/goal_words": "A cat"}, {may: (first.id,)})
    plan = family_plan(writing.records)
    assert plan is not None
    assert not plan.child_goals[0].may_print


def test_a_score_that_is_no_number_is_none(writing: Writing) -> None:
    writing.write("p", "plan", {GOAL: "000010", GOAL + "/start_score": "lots"})
    plan = family_plan(writing.records)
    assert plan is not None
    assert plan.goals[0].start_score is None
