"""A second person's word counts only from the centre, and only of what they looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date

import pytest

from forms.casework.approvals import APPROVED, WAITING, approvals
from forms.casework.closing import is_agreed
from forms.casework.completeness import completeness
from forms.casework.entities import entities
from forms.casework.measures.case import case_of
from forms.records.change import CENTRE
from forms.xforms import Session
from tests.forms.casework.conftest import NOW, Writing

DAY = date(2026, 3, 1)
CLOSED = {"on": DAY, "reason": "needs_met"}
AGREES = "/closure/manager/manager_agrees"
LEVEL_4 = {"kind": "level_4", "rung_at": "2026-03-01T09:00", "rung_who": "The duty worker"}


def standing(family: Writing) -> list[tuple[str, str]]:
    found = approvals(family.records, family.changes, family.pack.protective)
    return [(one.kind, one.standing) for one in found]


def to_agree(family: Writing) -> tuple[str, ...]:
    return case_of("family", family.records).closures_to_agree


def overseen(family: Writing) -> tuple[str, bool]:
    """What the audits' question says of oversight, and whether M32 has an entry to count."""
    asked = {one.question: one.answer for one in completeness(family.records, DAY)}
    return asked["oversight"], bool(case_of("family", family.records).oversight)


def close(family: Writing, author: str = "", device: str = CENTRE) -> None:
    """The worker finishes the closing; then somebody says yes to it, somewhere, and finishes it."""
    family.tell("closure", on=DAY, record="closure", closure=CLOSED)
    if author:
        family.write("closure", "closure", {AGREES: "yes"}, author=author, device=device)
        family.finalise("closure", author=author, device=device)


@pytest.mark.parametrize(
    ("author", "device"),
    [
        ("", ""),
        ("worker", "device"),
        ("colleague", "device"),
        ("manager", "device"),
        ("worker", CENTRE),
    ],
)
def test_no_closing_is_agreed_to_by_what_is_typed_on_a_laptop_or_by_oneself(
    writing: Writing, author: str, device: str
) -> None:
    close(writing, author, device)
    assert standing(writing) == [("closure", WAITING)]
    assert to_agree(writing) == ("closure",)


def test_a_manager_at_the_centre_agrees_to_a_closing(writing: Writing) -> None:
    close(writing, "manager")
    assert standing(writing) == []
    assert to_agree(writing) == ()


@pytest.mark.parametrize(
    ("author", "device", "is_second"),
    [("", "", False), ("colleague", "device", False), ("worker", CENTRE, False),
     ("manager", CENTRE, True)],
)  # fmt: skip
def test_an_older_form_that_asks_for_no_manager_does_not_close_without_one(
    writing: Writing, author: str, device: str, is_second: bool
) -> None:
    writing.tell("closure", on=DAY, record="closure", closure=CLOSED)
    if author:
        writing.amend("closure", "I agree.")
        writing.finalise("closure", author=author, device=device)
    record = writing.known("closure")
    (closure,) = entities([record], "closure")
    without = {name: path for name, path in closure.paths.items() if name != "manager_agrees"}
    assert is_agreed(replace(closure, paths=without), record) is is_second


def test_a_closing_that_is_written_on_after_the_yes_waits_again(writing: Writing) -> None:
    close(writing, "manager")
    writing.amend("closure", "The day was wrong")
    writing.write("closure", "closure", {"/closure/end/reason": "no_contact"})
    writing.finalise("closure")
    assert standing(writing) == [("closure", WAITING)]
    assert to_agree(writing) == ("closure",)


def test_a_no_that_nobody_has_settled_with_a_yes_is_no_yes(writing: Writing) -> None:
    close(writing)
    before = {AGREES: writing.known("closure").heads.base(AGREES)}
    writing.write("closure", "closure", {AGREES: "yes"}, before, author="manager", device=CENTRE)
    writing.write("closure", "closure", {AGREES: "no"}, before)
    writing.finalise("closure", author="manager", device=CENTRE)
    assert to_agree(writing) == ("closure",)


@pytest.mark.parametrize(("device", "waits"), [("device", True), (CENTRE, False)])
def test_a_hubs_answer_to_level_4_counts_from_the_hub_and_not_from_who_asked(
    writing: Writing, device: str, waits: bool
) -> None:
    writing.tell("request", on=DAY, record="request", request=LEVEL_4)
    author = "worker" if device == "device" else "coordinator"
    answer = {"/request/answer/decision": "accepted"}
    writing.write("request", "request", answer, author=author, device=device)
    writing.finalise("request", author=author, device=device)
    assert standing(writing) == ([("level_4", WAITING)] if waits else [])


@pytest.mark.parametrize(("device", "now"), [("device", WAITING), (CENTRE, APPROVED)])
def test_a_managers_note_counts_from_the_centre_and_not_from_a_laptop(
    writing: Writing, device: str, now: str
) -> None:
    writing.tell("share_decision", on=DAY, record="share", share_decision={"decided": "share"})
    seen = writing.changes["share"][-1].id
    told = {"about_record": "share", "about_seen": seen, "view/decision": "agreed"}
    answers = {f"/oversight/{name}": value for name, value in told.items()}
    writing.write("note", "oversight", answers, author="manager", device=device)
    writing.finalise("note", author="manager", device=device)
    assert standing(writing) == [("override", now)]
    writing.write("note", "oversight", {"/oversight/view/decision": "not_agreed"})
    writing.finalise("note")
    assert standing(writing) == [("override", WAITING)]


@pytest.mark.parametrize(("device", "found"), [("device", ("no", False)), (CENTRE, ("yes", True))])
def test_oversight_that_a_worker_typed_is_none(
    writing: Writing, device: str, found: tuple[str, bool]
) -> None:
    told = {"/oversight/seen/on": DAY.isoformat(), "/oversight/view/comments": "It goes well."}
    writing.write("note", "oversight", told, author="manager", device=device)
    writing.finalise("note", author="manager", device=device)
    assert overseen(writing) == found
    writing.amend("note", "The day was another")
    writing.write("note", "oversight", {"/oversight/seen/on": "2026-02-27"})
    writing.finalise("note")
    assert overseen(writing) == ("no", False)


@pytest.mark.parametrize(("device", "answer"), [("device", "no"), (CENTRE, "yes")])
def test_a_managers_note_on_a_review_is_the_managers(
    writing: Writing, device: str, answer: str
) -> None:
    writing.tell("review", on=DAY, record="review", review={"on": DAY})
    note = {"/review/decide/manager_note": "Go on."}
    writing.write("review", "review", note, author="manager", device=device)
    assert overseen(writing) == (answer, False)


def test_the_closing_form_asks_its_worker_for_no_agreement_of_a_manager(writing: Writing) -> None:
    session = Session(writing.definition("closure"), clock=lambda: NOW, zone=UTC)
    given = {n.name for n in session.node("/closure/manager").children if not n.readonly}
    assert given == {"manager_told", "manager_signature"}
    asked = [session.node(f"/closure/manager/manager_{name}") for name in ("name", "agrees")]
    assert not any(node.required for node in asked)
