"""What follows from an answer (domain.md 1.26), one test a row, in the real engine."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from forms.casework.people import PEOPLE_LIST, Person, people_csv
from forms.xforms import Session, Violation, load_definition
from tests.resources.shipped import pack

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
MUM = Person("p1", "h", "Ada Osei", "parent", born=date(1990, 1, 1))
TEN = Person("p2", "h", "Kofi Osei", "child", born=date(2016, 5, 1))
BABY = Person("p3", "h", "Esi Osei", "child", born=date(2024, 5, 1))
UNBORN = Person("p4", "h", "Unborn baby Osei", "unborn")
SIXTEEN = Person("p5", "h", "Yaw Osei", "child", born=date(2010, 11, 23))
ROW = "[0192f3c0-0000-7000-8000-00000000000a]"


def opened(form: str, *people: Person) -> Session:
    lists = {**pack().lists, PEOPLE_LIST: people_csv(people)}
    return Session(load_definition(pack().form(form), lists), clock=lambda: NOW, zone=UTC)


def asked(session: Session, path: str) -> bool:
    return session.node(path).relevant


def must(session: Session, path: str) -> bool:
    return session.node(path).violation is Violation.REQUIRED


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_harm_shows_whom_to_ring_and_asks_why_there_is_no_agreement(answer: str) -> None:
    session = opened("safety_check")
    assert not asked(session, "/safety_check/now/ring_first")
    session.set("/safety_check/now/harm_now", answer)
    note = session.node("/safety_check/now/ring_first")
    assert note.relevant
    for number in ("999", "01632 960100", "01632 960101"):
        assert number in note.label
    assert asked(session, "/safety_check/now/no_agreement_reason")
    session.set("/safety_check/now/harm_now", "no")
    assert not asked(session, "/safety_check/now/ring_first")


@pytest.mark.parametrize(
    ("people", "young"), [((MUM, TEN), False), ((MUM, BABY), True), ((MUM, UNBORN), True)]
)
def test_little_ones_bring_early_years_questions(people: tuple[Person, ...], young: bool) -> None:
    session = opened("assessment", *people)
    assert must(session, "/assessment/sf02/sf02_relevant")
    for question in ("two_year_review", "immunisations", "little_ones_registered"):
        assert asked(session, f"/assessment/sf02/{question}") is young


@pytest.mark.parametrize(("child", "older"), [(TEN, False), (SIXTEEN, True)])
def test_sixteen_brings_work_and_training(child: Person, older: bool) -> None:
    session = opened("assessment", MUM, child)
    assert asked(session, "/assessment/sf10/in_work_or_training") is older


@pytest.mark.parametrize(
    ("standing", "reasoned"),
    [("adult", False), ("sixteen", False), ("understands", True), ("parent_decides", True)],
)
def test_a_young_persons_own_agreement_is_reasoned(standing: str, reasoned: bool) -> None:
    session = opened("agreement", MUM, TEN)
    row = session.add("/agreement/people/decision")
    at = next(path for path in row.added if path.endswith("]"))
    session.set(f"{at}/standing", standing)
    assert asked(session, f"{at}/capacity_reason") is reasoned


def test_a_young_carer_is_offered_a_referral() -> None:
    session = opened("assessment", MUM, TEN)
    session.set("/assessment/sf05/sf05_relevant", "yes")
    assert must(session, "/assessment/sf05/young_carer")
    session.set("/assessment/sf05/young_carer", "yes")
    assert asked(session, "/assessment/sf05/young_carer_prompt")


@pytest.mark.parametrize(
    ("section", "need", "follows"),
    [
        ("sf08", "SF08_1", ("dash_prompt", "address_secret")),
        ("sf06", "SF06_1", ("neglect_prompt",)),
        ("sf06", "SF06_3", ("exploitation_prompt",)),
        ("sf06", "SF06_4", ("exploitation_prompt",)),
    ],
)
def test_a_ticked_need_prompts_its_tool(section: str, need: str, follows: tuple[str, ...]) -> None:
    session = opened("assessment", MUM, TEN)
    at = f"/assessment/{section}"
    session.set(f"{at}/{section}_relevant", "yes")
    assert not any(asked(session, f"{at}/{one}") for one in follows)
    session.set(f"{at}/{section}_needs", need)
    assert all(asked(session, f"{at}/{one}") for one in follows)
    session.set(f"{at}/{section}_relevant", "no_issues")
    assert not any(asked(session, f"{at}/{one}") for one in follows)


@pytest.mark.parametrize("level", ["1", "2", "3", "4"])
def test_the_level_says_what_must_be_there(level: str) -> None:
    session = opened("assessment", MUM, TEN)
    at = "/assessment/level_of_need"
    session.set(f"{at}/level", level)
    for question in ("first_taf", "lead", "written_agreement", "contingency"):
        assert must(session, f"{at}/{question}") is (level == "3")
    assert asked(session, f"{at}/level_4_ring") is (level == "4")
    if level == "4":
        assert "01632 960100" in session.node(f"{at}/level_4_ring").label


def test_the_familys_level_is_at_least_its_childrens() -> None:
    session = opened("assessment", MUM, TEN)
    added = session.add("/assessment/meaning/child_analysis").added
    row = next(path for path in added if path.endswith("]"))
    session.set("/assessment/level_of_need/level", "2")
    session.set(f"{row}/child_level", "3")
    assert session.node("/assessment/level_of_need/level").violation is Violation.CONSTRAINT
    session.set("/assessment/level_of_need/level", "3")
    assert session.node("/assessment/level_of_need/level").violation is None


def test_three_needs_say_that_the_programme_may_count() -> None:
    session = opened("assessment", MUM, TEN)
    for section, needs in (("sf01", "SF01_1 SF01_4"), ("sf09", "SF09_2")):
        session.set(f"/assessment/{section}/{section}_relevant", "yes")
        assert not asked(session, "/assessment/meaning/programme_prompt")
        session.set(f"/assessment/{section}/{section}_needs", needs)
    assert asked(session, "/assessment/meaning/programme_prompt")
    assert session.node("/assessment/meaning/programme_prompt").label.startswith("3 needs")


def test_another_language_asks_for_the_interpreter_by_name() -> None:
    session = opened("privacy_notice", MUM)
    added = session.add("/privacy_notice/people/told").added
    row = next(path for path in added if path.endswith("]"))
    session.set(f"{row}/told_language", "english")
    assert not asked(session, f"{row}/told_interpreter")
    session.set(f"{row}/told_language", "polish")
    assert must(session, f"{row}/told_interpreter")


@pytest.mark.parametrize(
    ("form", "repeat"),
    [
        ("agreement", "/agreement/changes/withdrawal"),
        ("safety_check", "/safety_check/now/call"),
        ("assessment", "/assessment/sign/contributor"),
        ("plan", "/plan/agreed/signed"),
    ],
)
def test_what_may_stay_empty_begins_empty_and_takes_rows(form: str, repeat: str) -> None:
    session = opened(form, MUM, TEN)
    assert session.node(repeat).children == ()
    session.add(repeat)
    assert len(session.node(repeat).children) == 1
    assert session.node(repeat).children[0].children


def test_a_plan_begins_with_a_goal_and_an_action_to_fill() -> None:
    session = opened("plan", MUM, TEN)
    (goal,) = session.node("/plan/goals/goal").children
    assert len(session.node(f"{goal.path}/action").children) == 1


def test_no_issues_is_one_tick() -> None:
    session = opened("assessment", MUM, TEN)
    for number in range(1, 11):
        section = f"sf{number:02}"
        session.set(f"/assessment/{section}/{section}_relevant", "no_issues")
        group = session.node(f"/assessment/{section}")
        waiting = [n.path for n in group.children if n.violation is Violation.REQUIRED]
        assert waiting == []


def test_a_person_is_asked_what_fits_them() -> None:
    session = opened("household")
    added = session.add("/household/people/person").added
    row = next(path for path in added if path.endswith("]") and path.count("[") == 1)
    expected = {
        "child": {"born", "lives", "school_time/school"},
        "parent": {"born", "lives", "relation", "parental_responsibility", "included"},
        "unborn": {"due"},
    }
    every = set().union(*expected.values())
    for role, questions in expected.items():
        session.set(f"{row}/role", role)
        assert {q for q in every if asked(session, f"{row}/{q}")} == questions


def test_a_role_alone_is_nobody_responsible() -> None:
    session = opened("plan", MUM, TEN)
    goal = next(p for p in session.add("/plan/goals/goal").added if p.endswith("]"))
    action = next(p for p in session.add(f"{goal}/action").added if p.endswith("]"))
    for who, wrong in (("HV", True), ("School", True), ("Mrs Dunn, school", False)):
        session.set(f"{action}/who", who)
        assert (session.node(f"{action}/who").violation is Violation.CONSTRAINT) is wrong


def test_the_sender_stays_responsible_until_a_named_person_accepts() -> None:
    session = opened("request", MUM, TEN)
    at = "/request/answer"
    assert session.node(f"{at}/responsible_text").label.endswith("**the worker who asked**.")
    session.set(f"{at}/decision", "accepted")
    assert session.node(f"{at}/responsible_text").label.endswith("**the worker who asked**.")
    assert must(session, f"{at}/accepted_by")
    session.set(f"{at}/accepted_by", "Tom Ali, Start Well")
    assert session.node(f"{at}/responsible_text").label.endswith("**Tom Ali, Start Well**.")
    assert must(session, f"{at}/referrer_told")


def test_a_safety_plan_is_offered_while_the_hub_decides() -> None:
    session = opened("request", MUM, TEN)
    session.set("/request/ask/kind", "level_4")
    assert asked(session, "/request/meanwhile/safety_plan_note")
    assert not pack().is_never_printed("safety_plan", "/safety_plan/doing/step")


def test_a_worry_stays_open_until_a_senior_manager_decides() -> None:
    session = opened("not_engaging", MUM, TEN)
    session.set("/not_engaging/weighing/risk_level", "high")
    assert asked(session, "/not_engaging/weighing/ring_first")
    assert asked(session, "/not_engaging/weighing/alert")
    session.set("/not_engaging/manager_part/manager_decision", "step_up")
    assert not asked(session, "/not_engaging/weighing/alert")


def test_quick_help_never_ends_with_nothing() -> None:
    session = opened("quick_help", MUM)
    outcome = session.node("/quick_help/end/outcome")
    assert outcome.required
    assert not {"nothing", "nfa", "no_further_action"} & {c.name for c in outcome.choices}
    session.set("/quick_help/start/on", "2026-11-02")
    session.set("/quick_help/end/outcome", "met")
    for question in ("changed", "who_next"):
        assert must(session, f"/quick_help/end/{question}")
    session.set("/quick_help/end/ended_on", "2026-11-12")
    assert not asked(session, "/quick_help/end/late_why")
    session.set("/quick_help/end/ended_on", "2026-11-13")
    assert must(session, "/quick_help/end/late_why")


@pytest.mark.parametrize(
    ("count", "judged", "allowed"),
    [
        ("9", "standard", True),
        ("9", "high", True),
        ("10", "standard", False),
        ("13", "medium", True),
        ("14", "medium", False),
        ("14", "high", True),
    ],
)
def test_judgement_may_raise_what_a_dash_counts_and_never_lower_it(
    count: str, judged: str, allowed: bool
) -> None:
    session = opened("dash_summary", MUM)
    session.set("/dash_summary/result/count", count)
    session.set("/dash_summary/result/band", judged)
    broken = session.node("/dash_summary/result/band").violation is Violation.CONSTRAINT
    assert broken is not allowed
    assert pack().is_never_printed("dash_summary", "/dash_summary/result/band")
    roles = {row["form"]: row["roles"] for row in pack().tables["audiences"]}
    assert roles["dash_summary"] == "worker manager"


def test_a_referral_is_chased_and_offers_what_is_there_today() -> None:
    session = opened("referral", MUM, TEN)
    assert session.node("/referral/sent/chase_on").value == "2026-12-07"
    session.set("/referral/to/kind", "family_hub")
    offered = {choice.name for choice in session.node("/referral/to/service").choices}
    assert offered == {"demo_hub_north", "demo_hub_leigh"}  # not the group that has ended
