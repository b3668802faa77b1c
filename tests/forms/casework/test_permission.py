"""Paper and talk: the cautious answer governs, and the worker is told why."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from forms.casework.permission import Permission, permission
from forms.records.answer import Absent, Answer
from tests.forms.casework.conftest import Writing

PAPER = "/safety_check/talking/safe_paper"


def asked(writing: Writing, acknowledged: Collection[str] = ()) -> Permission:
    return permission("paper", writing.records, writing.pack, writing.changes, acknowledged)


def test_not_asked_is_refused_and_leads_to_the_question(writing: Writing) -> None:
    refused = asked(writing)
    assert (refused.allowed, refused.reason, refused.record) == (False, "not_asked", None)
    assert (refused.form, refused.path) == ("safety_check", PAPER)
    assert "Ask first" in refused.words
    writing.write("s", "safety_check", {"/safety_check/now/harm_now": "no"})
    refused = asked(writing)
    assert (refused.allowed, refused.reason, refused.record) == (False, "not_asked", "s")


@pytest.mark.parametrize(
    ("answer", "allowed", "reason"),
    [
        (Answer("yes"), True, "yes"),
        (Answer("no"), False, "no"),
        (Answer("unsure"), False, "unsure"),
        (Answer("perhaps"), False, "not_asked"),
        (Answer("", Absent.DECLINED, "would not say"), False, "not_known"),
        (Answer("", Absent.NOT_ASKED, "he was there"), False, "not_asked"),
    ],
)
def test_only_yes_allows(writing: Writing, answer: Answer, allowed: bool, reason: str) -> None:
    writing.write("s", "safety_check", {PAPER: answer})
    found = asked(writing)
    assert (found.allowed, found.reason) == (allowed, reason)
    assert found.words == writing.pack.words[f"paper.{reason}"]


def test_loosening_waits_for_a_reason_and_the_centre(writing: Writing) -> None:
    writing.write("s", "safety_check", {PAPER: "no"})
    loosened = writing.write(
        "s", "safety_check", {PAPER: Answer("yes", None, "She moved out. Agreed by A. Manager")}
    )
    assert (asked(writing).allowed, asked(writing).reason) == (False, "waiting")
    assert asked(writing, {loosened.id}).allowed


def test_loosening_without_a_reason_never_holds(writing: Writing) -> None:
    writing.write("s", "safety_check", {PAPER: "no"})
    loosened = writing.write("s", "safety_check", {PAPER: "yes"})
    assert not asked(writing, {loosened.id}).allowed


def test_tightening_holds_at_once(writing: Writing) -> None:
    writing.write("s", "safety_check", {PAPER: "yes"})
    writing.write("s", "safety_check", {PAPER: "no"})
    assert (asked(writing).allowed, asked(writing).reason) == (False, "no")


def test_while_two_people_differ_the_safer_answer_governs(writing: Writing) -> None:
    writing.write("s", "safety_check", {PAPER: "yes"})
    writing.write("s", "safety_check", {PAPER: "no"}, {PAPER: ()})
    assert (asked(writing).allowed, asked(writing).reason) == (False, "conflict")


def test_every_safety_check_of_the_family_must_say_yes(writing: Writing) -> None:
    writing.write("s", "safety_check", {PAPER: "yes"})
    writing.write("t", "safety_check", {PAPER: "no"})
    refused = asked(writing)
    assert (refused.allowed, refused.record) == (False, "t")


def test_talking_is_judged_by_its_own_question(writing: Writing) -> None:
    writing.write("s", "safety_check", {"/safety_check/talking/safe_talk": "not_all"})
    found = permission("talk", writing.records, writing.pack, writing.changes, ())
    assert (found.allowed, found.reason) == (False, "not_all")
    assert "alone" in found.words
