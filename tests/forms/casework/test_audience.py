"""Who may have a record: the pack's rules and the family's choices, the cautious answer first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.casework.audience import (
    AudienceRules,
    FormAudience,
    Reader,
    Sharing,
    Story,
    is_restricted,
    may_have,
    sharing,
)
from forms.records.answer import Answer
from forms.records.change import Change, Written
from forms.records.protective import Protective

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ROW = "0195a1f0-7777-7000-8000-0000000000a1"
WITHDRAWN = f"/agreement/changes/withdrawal[{ROW}]/who"
NOT_SEE = f"/sharing/not[{ROW}]/who"
NAMED = f"/sharing/named[{ROW}]"
SCHOOL = "/sharing/school"
RULES = AudienceRules(
    forms={
        "plan": FormAudience(frozenset({"worker", "manager"}), "basic"),
        "review": FormAudience(frozenset({"worker", "manager"}), "more"),
        "voice": FormAudience(frozenset({"worker", "manager"}), "more"),
        "worry": FormAudience(frozenset({"manager"}), "never"),
    },
    choices={"school": Protective("sharing", SCHOOL, ("no", "ask", "yes"))},
    agreement=(
        Protective("agreement", "/agreement/answer", ("declines", "not_asked", "part", "agrees")),
    ),
    rules={
        "level": Protective("sharing", "/sharing/which", ("basic", "more")),
        "named_who": Protective("sharing", "/sharing/named/who", ()),
        "named_share": Protective("sharing", "/sharing/named/share", ("no", "ask", "yes")),
        "must_not_see": Protective("sharing", "/sharing/not/who", ()),
        "withdrawn": Protective("agreement", "/agreement/changes/withdrawal/who", ()),
        "decided": Protective("decision", "/decision/decided", ("not_share", "share")),
    },
    own_word={"voice": (Protective("voice", "/voice/share_ok", ("no", "some", "yes")),)},
)
JO = Reader("jo", "contributor", "school", ("Jo Bell", "St Anne's", "School"))
PRIYA = Reader("priya", "worker")
ANN = Reader("ann", "manager")


def story(
    form: str,
    *said: Mapping[str, str],
    bases: Sequence[Sequence[int]] = (),
    reason: str = "",
    record: str = "",
) -> Story:
    """A record with one change for each of ``said``; ``bases[n]`` are the numbers that it saw."""
    changes = []
    for number, answers in enumerate(said):
        base = tuple(f"{form}-{n}" for n in (bases[number] if bases else ()))
        changes.append(
            Change(
                id=f"{form}-{number}",
                record=record or form,
                family="f",
                form=form,
                version="1",
                author="priya",
                device="d",
                number=number,
                at=AT,
                zone="Europe/London",
                answers={p: Written(Answer(v, None, reason), base) for p, v in answers.items()},
            )
        )
    return Story(record or form, form, changes)


AGREED = story("agreement", {"/agreement/answer": "agrees"})
YES = story("sharing", {SCHOOL: "yes", "/sharing/which": "more"})


def chosen(*stories: Story) -> Sharing:
    return sharing(RULES, stories, {c.id for s in stories for c in s.changes})


def gives(*stories: Story, reader: Reader = JO) -> str:
    return chosen(*stories).gives(reader)


def test_a_contributor_gets_what_the_family_chose() -> None:
    assert gives(AGREED, YES) == "more"
    assert gives(AGREED, story("sharing", {SCHOOL: "yes"})) == "basic"


@pytest.mark.parametrize(
    "stories",
    [
        (YES,),
        (AGREED,),
        (AGREED, story("sharing", {SCHOOL: "no"})),
        (AGREED, story("sharing", {SCHOOL: "ask"})),
        (AGREED, story("sharing", {SCHOOL: "yes"}, {SCHOOL: "no"})),
        (AGREED, YES, story("sharing", {SCHOOL: "no"}, record="dad's")),
        (AGREED, YES, story("sharing", {NOT_SEE: "The neighbour"}, record="dad's")),
        (AGREED, story("sharing", {SCHOOL: "no"}, {SCHOOL: "yes"}, bases=[[], [0]])),
        (story("agreement", {"/agreement/answer": "declines"}), YES),
        (story("agreement", {"/agreement/answer": "not_asked"}), YES),
        (AGREED, story("agreement", {"/agreement/answer": "declines"}, record="dad's"), YES),
        (AGREED, story("agreement", {WITHDRAWN: "Mum"}, record="later"), YES),
        (
            AGREED,
            YES,
            story(
                "sharing",
                {f"{NAMED}/who": "Mrs Bell", f"{NAMED}/share": "no"},
                record="named",
            ),
        ),
    ],
    ids=[
        "nobody agreed",
        "nobody asked",
        "no",
        "ask me first",
        "in conflict",
        "one of two says no",
        "somebody must not see",
        "loosened without a reason",
        "declined",
        "not asked",
        "one of two declines",
        "withdrawn",
        "named",
    ],
)
def test_the_cautious_answer_governs(stories: tuple[Story, ...]) -> None:
    assert gives(*stories) == ""


def test_loosened_with_a_reason_it_is_shared() -> None:
    loosened = story(
        "sharing", {SCHOOL: "no"}, {SCHOOL: "yes"}, bases=[[], [0]], reason="Mum rang me."
    )
    assert gives(AGREED, loosened) == "basic"


def test_an_agency_without_a_question_is_shared_with_only_if_named() -> None:
    faith = Reader("sam", "contributor", "faith", ("Sam Hill", "St Anne's"))
    assert gives(AGREED, YES, reader=faith) == ""
    named = {f"{NAMED}/who": "sam hill", f"{NAMED}/share": "yes"}
    assert gives(AGREED, YES, story("sharing", named, record="named"), reader=faith) == "more"


def test_somebody_cleared_is_not_who_must_not_see() -> None:
    told = chosen(AGREED, YES, story("sharing", {NOT_SEE: "The neighbour"}, record="dad's"))
    assert told.must_not_see == ("The neighbour",)
    assert told.gives(JO, cleared=True) == "more"


FINAL = {"@finalised": "{}"}


@pytest.mark.parametrize(
    ("record", "level", "expected"),
    [
        (story("plan", FINAL), "basic", True),
        (story("plan", {"/plan/x": "draft"}), "more", False),
        (story("review", FINAL), "basic", False),
        (story("review", FINAL), "more", True),
        (story("worry", FINAL), "more", False),
        (story("unknown", FINAL), "more", False),
        (story("voice", FINAL, {"/voice/share_ok": "yes"}), "more", True),
        (story("voice", FINAL, {"/voice/share_ok": "some"}), "more", False),
        (story("plan", FINAL, {"@restricted": "yes"}), "more", False),
        (story("plan", FINAL), "", False),
    ],
)
def test_a_contributor_has_finished_records_of_their_level(
    record: Story, level: str, expected: bool
) -> None:
    have = {change.id for change in record.changes}
    assert may_have(RULES, JO, record, level, have) is expected


def test_the_team_has_what_its_role_has() -> None:
    worry = story("worry", {"/worry/x": "!"})
    theirs = replace(worry, changes=[replace(c, author="tom") for c in worry.changes])
    assert not may_have(RULES, PRIYA, theirs, "", set())
    assert may_have(RULES, ANN, theirs, "", set())
    assert may_have(RULES, PRIYA, worry, "", set()), "its author has it"


def test_a_restriction_is_loosened_only_with_a_reason() -> None:
    first, second = {"@restricted": "yes"}, {"@restricted": "no"}
    plain = story("plan", first, second, bases=[[], [0]])
    said = story("plan", first, second, bases=[[], [0]], reason="It was put there by mistake.")
    have = {change.id for change in said.changes}
    assert is_restricted(plain.changes, have)
    assert not is_restricted(said.changes, have)
    assert is_restricted(said.changes, set()), "the EHM has not got the loosening"


@given(
    before=st.lists(st.sampled_from(["no", "ask", "yes"]), max_size=4),
    after=st.sampled_from(["no", "ask"]),
)
def test_one_more_no_never_gives_more(before: list[str], after: str) -> None:
    heads = [{SCHOOL: value} for value in before]
    assert gives(AGREED, story("sharing", *heads, {SCHOOL: after})) == ""
