"""What an officer is shown about one person: what is about others, or harmful, is marked."""

from __future__ import annotations

from datetime import date

from forms.casework.subject_access import THIRD_PARTY, AccessDraft, access_draft
from forms.records.answer import Absent, Answer
from tests.forms.casework.conftest import Writing
from tests.forms.casework.telling import row_id

DAY = date(2026, 5, 4)
MUM, DAD, BEN = row_id("mum"), row_id("dad"), row_id("ben")
HOME = [
    {"id": MUM, "role": "parent", "given_name": "Grace", "last_name": "Hall"},
    {"id": DAD, "role": "parent", "given_name": "Daniel", "preferred_name": "Danny",
     "previous_names": "Daniel Frost", "last_name": "Okoro"},
    {"id": BEN, "role": "child", "given_name": "Ben", "last_name": "Hall"},
]  # fmt: skip


def draft(writing: Writing, person: str) -> AccessDraft:
    changes = {one.id: one for each in writing.changes.values() for one in each}
    rules = writing.pack.tables["subject_access"]
    return access_draft(writing.records, changes, person, rules)


def marks(writing: Writing, person: str) -> dict[str, set[str]]:
    return {line.words: set(line.marks) for line in draft(writing, person).lines}


def test_what_is_told_of_somebody_else_by_their_row_or_record_is_marked(writing: Writing) -> None:
    writing.tell("household", on=DAY, person=HOME)
    one, other = row_id("one"), row_id("other")
    views = "/assessment/views/view"
    writing.write(
        "a",
        "assessment",
        {
            f"{views}[{one}]/view_who": DAD,
            f"{views}[{one}]/view_worries": "I drink when she is out",
            f"{views}[{other}]/view_who": MUM,
            f"{views}[{other}]/view_worries": "The rent",
            "/assessment/sf08/sf08_needs_who": DAD,
            "/assessment/sf08/sf08_worries": "He fears his brother",
            "/assessment/start/reason": "The school asked",
        },
    )
    writing.tell("tool_used", on=DAY, tool_use={"person": DAD}, also={
        "/tool_used/result/means": "More than is good for him"})  # fmt: skip
    found = marks(writing, MUM)
    assert THIRD_PARTY in found["I drink when she is out"]
    assert THIRD_PARTY in found["He fears his brother"]
    assert THIRD_PARTY in found["More than is good for him"]
    assert THIRD_PARTY not in found["The rent"] | found["The school asked"]
    his = marks(writing, DAD)
    assert THIRD_PARTY in his["The rent"]
    assert THIRD_PARTY not in his["I drink when she is out"] | his["More than is good for him"]


def test_who_is_not_of_the_household_is_marked_with_their_number(writing: Writing) -> None:
    writing.tell("household", on=DAY, person=HOME)
    nurse, pat = row_id("nurse"), row_id("pat")
    at = f"/professionals/who/professional[{nurse}]"
    writing.write("p", "professionals", {
        f"{at}/professional_name": "Sarah Jones", f"{at}/works_with": MUM,
        f"{at}/professional_contact": "01942 000111"})  # fmt: skip
    near = f"/assessment/well/network[{pat}]"
    writing.write("a", "assessment", {
        f"{near}/network_who": "Auntie Pat", f"{near}/network_what": "has the key",
        "/assessment/your_story/story": "Pat took them in"})  # fmt: skip
    found = marks(writing, MUM)
    for words in ("01942 000111", "has the key", "Pat took them in"):
        assert THIRD_PARTY in found[words]


def test_every_name_that_somebody_has_or_had_is_looked_for(writing: Writing) -> None:
    writing.tell("household", on=DAY, person=HOME)
    said = ("Danny rang", "A letter for Daniel Frost", "Mr Okoro came", "Ms Hall came")
    for words in said:
        writing.tell("visit_note", on=DAY, visit={"purpose": words})
    found = marks(writing, MUM)
    assert [THIRD_PARTY in found[words] for words in said] == [True, True, True, False]
    unnamed = {"Mr Dunn may come": True, "A neighbour let us in": True, "Her ex waits": True,
               "Next Tuesday": False}  # fmt: skip
    for words in unnamed:
        writing.tell("visit_note", on=DAY, visit={"purpose": words})
    found = marks(writing, MUM)
    assert {words: THIRD_PARTY in found[words] for words in unnamed} == unnamed
    path = writing.definition("household").entities
    school = next(e for e in path if e.dataset == "person").properties["school"]
    within = school.replace("/person/", f"/person[{BEN}]/")
    writing.write("household-0", "household", {within: "Danny takes him to Mill Lane"})
    assert "Danny takes him to Mill Lane" in marks(writing, DAD)


def test_ones_own_row_is_ones_own_whoever_is_named_beside(writing: Writing) -> None:
    caring = {**HOME[0], "caring": "yes"}
    writing.tell("household", on=DAY, record="h", person=[caring, *HOME[1:]])
    at = f"/household/people/person[{MUM}]/caring_time"
    writing.write("h", "household", {f"{at}/caring_for": BEN, f"{at}/caring_hours": "30"})
    assert THIRD_PARTY not in marks(writing, MUM)["30"]


def test_why_nothing_was_said_and_why_it_was_loosened_is_there(writing: Writing) -> None:
    writing.tell("household", on=DAY, person=HOME)
    talk = "/safety_check/talking/safe_talk"
    writing.write("s", "safety_check", {
        talk: Answer("", Absent.NOT_ASKED, "Danny was in the room"),
        "/safety_check/talking/safe_paper": Answer("yes", None, "A locked drawer")})  # fmt: skip
    found = marks(writing, MUM)
    assert {"serious_harm", THIRD_PARTY} <= found["Danny was in the room"]
    assert "yes A locked drawer" in found
