"""What is said on the first visit is there in the records that it belongs to, and asked once."""

from __future__ import annotations

import pytest

from desktop.services.filling import Filling
from desktop.services.opened_record import OpenedRecord
from forms.casework.people import household
from tests.desktop.services.making import Desk

VISIT = {
    "/first_visit/safety/harm_now": "no",
    "/first_visit/safety/safe_talk": "yes",
    "/first_visit/safety/safe_paper": "no",
    "/first_visit/told/told_how": "read_aloud",
    "/first_visit/told/told_language": "english",
    "/first_visit/people/family_name": "Osei family",
    "/first_visit/hopes_of_all/hope": "Mornings without shouting",
}
MUM = {
    "role": "parent", "given_name": "Ada", "last_name": "Osei", "lives": "here",
    "answer_of/told_understood": "yes", "answer_of/standing": "adult",
    "answer_of/answer": "agrees", "answer_of/method": "verbal", "answer_of/witness": "Jo Lee",
    "adult_hopes/hopes": "Somebody to talk to",
}  # fmt: skip
KOFI = {
    "role": "child", "given_name": "Kofi", "last_name": "Osei", "born": "2016-05-01",
    "lives": "here", "met/child_met": "yes", "met/heard": "drew",
    "met/words": "I like it when Mum laughs.", "met/share_ok": "no",
}  # fmt: skip
ESI = {"role": "child", "given_name": "Esi", "last_name": "Osei", "met/child_met": "no"}
PERSON = "/first_visit/people/person"


@pytest.fixture
def visited(desk: Desk) -> tuple[str, OpenedRecord, dict[str, str]]:
    """A finished first visit: its family, its record, and the rows of the people."""
    family = desk.families.begin()
    opened = desk.records.open(desk.records.begin(family, "first_visit"))
    filling = Filling(opened, desk.clock)
    for path, value in VISIT.items():
        filling.answer(path, value)
    rows = {}
    for person in (MUM, KOFI, ESI):
        first = filling.session.node(PERSON).children
        blank = [row.path for row in first if not row.children[0].value]
        row = blank[0] if blank else filling.add_row(PERSON)[0]
        rows[person["given_name"]] = row.rpartition("[")[2][:-1]
        for name, value in person.items():
            filling.answer(f"{row}/{name}", value)
    desk.records.seal(filling.freeze())
    desk.records.finish(desk.records.open(opened.record), {}, "Esi is at school")
    return family, opened, rows


def record_of(desk: Desk, family: str, form: str) -> str:
    (record,) = (row.id for row in desk.vault.records(family) if row.form == form)
    return record


def said(desk: Desk, family: str, form: str) -> dict[str, str]:
    filling = Filling(desk.records.open(record_of(desk, family, form)), desk.clock)
    return filling.session.answers()


def test_a_first_visit_comes_first_and_only_for_a_family_that_is_new(desk: Desk) -> None:
    family = desk.families.begin()
    assert desk.families.overview(family).steps[0].form == "first_visit"
    desk.records.begin(family, "safety_check")
    assert desk.families.overview(family).steps[0].form == "safety_check"


def test_finishing_begins_what_it_carries_to(
    desk: Desk, visited: tuple[str, OpenedRecord, dict[str, str]]
) -> None:
    family, _, rows = visited
    begun = sorted(row.form for row in desk.vault.records(family))
    assert begun == [
        "agreement", "child_voice", "first_visit", "household", "privacy_notice", "safety_check",
    ]  # fmt: skip
    assert said(desk, family, "safety_check")["/safety_check/talking/safe_paper"] == "no"
    at = f"/agreement/people/decision[{rows['Ada']}]"
    agreement = said(desk, family, "agreement")
    assert agreement[f"{at}/who"] == rows["Ada"]
    assert agreement[f"{at}/answer"] == "agrees"
    assert [p for p in agreement if p.endswith("]")] == [at]
    notice = said(desk, family, "privacy_notice")
    told = f"/privacy_notice/people/told[{rows['Ada']}]"
    assert notice[f"{told}/told_how"] == "read_aloud"
    voice = said(desk, family, "child_voice")
    assert voice["/child_voice/who/child"] == rows["Kofi"]
    assert voice["/child_voice/words_of_child/words"] == "I like it when Mum laughs."


def test_a_person_is_one_person_and_the_household_goes_on(
    desk: Desk, visited: tuple[str, OpenedRecord, dict[str, str]]
) -> None:
    family, _, rows = visited
    assert [p.name for p in desk.known.household(family)] == ["Ada Osei", "Kofi Osei", "Esi Osei"]
    filling = Filling(desk.records.open(record_of(desk, family, "household")), desk.clock)
    row = f"/household/people/person[{rows['Kofi']}]"
    filling.answer(f"{row}/preferred_name", "Kof")
    filling.remove_row(f"/household/people/person[{rows['Esi']}]")
    desk.records.seal(filling.freeze())
    assert [p.name for p in household(desk.known.of_family(family).known)] == [
        "Ada Osei",
        "Kof Osei",
    ]


def test_an_assessment_begun_later_has_what_was_hoped_for(
    desk: Desk, visited: tuple[str, OpenedRecord, dict[str, str]]
) -> None:
    family, _, rows = visited
    desk.records.begin(family, "assessment")
    answers = said(desk, family, "assessment")
    assert answers["/assessment/start/hope"] == "Mornings without shouting"
    view = f"/assessment/views/view[{rows['Ada']}]"
    assert answers[f"{view}/view_help"] == "Somebody to talk to"
    assert answers[f"{view}/view_who"] == rows["Ada"]


def test_finishing_again_begins_nothing_twice(
    desk: Desk, visited: tuple[str, OpenedRecord, dict[str, str]]
) -> None:
    family, opened, _ = visited
    before = len(desk.vault.records(family))
    desk.records.amend(desk.records.open(opened.record), "Esi was met")
    desk.records.finish(desk.records.open(opened.record), {}, "")
    assert len(desk.vault.records(family)) == before


def test_what_was_taken_up_is_asked_once_and_what_changes_after_counts_again(
    desk: Desk, visited: tuple[str, OpenedRecord, dict[str, str]]
) -> None:
    family, opened, _ = visited
    check = record_of(desk, family, "safety_check")
    permitted = desk.known.of_family(family).permission("talk", desk.packs)
    assert permitted.allowed
    assert permitted.record == check
    desk.records.amend(desk.records.open(opened.record), "She rang")
    visit = Filling(desk.records.open(opened.record), desk.clock)
    visit.answer("/first_visit/safety/safe_talk", "no")
    desk.records.seal(visit.freeze())
    permitted = desk.known.of_family(family).permission("talk", desk.packs)
    assert (permitted.allowed, permitted.record) == (False, opened.record)
