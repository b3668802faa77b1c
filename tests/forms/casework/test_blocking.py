"""A court order keeps all paper from somebody, until a manager's decision that holds lifts it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from forms.casework.reader import HOME, Reader, Told
from forms.casework.readers import readers
from forms.records.answer import BLANK, Answer
from forms.records.change import CENTRE
from tests.forms.casework.conftest import Writing

MUM, EX = "0195802c-0000-7000-8000-000000000001", "0195802c-0000-7000-8000-000000000003"
ROW = "/relationships/orders/order[0195802c-0000-7000-8000-0000000000aa]"
NEXT = "/relationships/orders/order[0195802c-0000-7000-8000-0000000000bb]"
PERSON, DECISION = "/household/people/person", "/share_decision"


@pytest.fixture
def family(writing: Writing) -> Writing:
    for number, (one, name, lives) in enumerate(((MUM, "Dana", "here"), (EX, "Ray", "elsewhere"))):
        row = f"{PERSON}[{one}]"
        said = {"role": "parent", "given_name": name, "lives": lives, "relation": "mother"}
        answers = {f"{row}/{question}": value for question, value in said.items()}
        writing.write("household", "household", {row: f"{number:06}", **answers})
    order = {ROW: "000001", f"{ROW}/order_people": EX, f"{ROW}/order_says": "No contact"}
    writing.write("orders", "relationships", order)
    return writing


def reader(family: Writing, key: str = EX, acknowledged: Iterable[str] | None = None) -> Reader:
    every = {change.id for changes in family.changes.values() for change in changes}
    have = every if acknowledged is None else acknowledged
    told = Told(family.records, family.changes, frozenset(have), family.pack, date(2026, 11, 23))
    return next(one for one in readers(told) if one.key == key)


def finish(
    family: Writing, decision: str = "agreed", author: str = "manager", device: str = CENTRE
) -> None:
    """The worker finishes the decision, and a manager looks at it as it is then."""
    family.finalise("decision")
    seen = family.changes["decision"][-1].id
    told = {"about_record": "decision", "about_seen": seen, "view/decision": decision}
    answers = {f"/oversight/{name}": value for name, value in told.items()}
    family.write("note", "oversight", answers, author=author, device=device)
    family.finalise("note", author=author, device=device)


def decide(family: Writing, **other: str) -> None:
    said = {
        "lifted_for": EX,
        "in_view_of": " ".join(reader(family).in_view_of),
        "decision/decided": "share",
        "decision/rationale": "The order lets him know about school.",
        **{name.replace("__", "/"): value for name, value in other.items()},
    }
    answers = {f"{DECISION}/{name}": value for name, value in said.items()}
    family.write("decision", "share_decision", answers)


def test_whom_an_order_names_gets_nothing_and_may_be_decided_about(family: Writing) -> None:
    ray = reader(family)
    assert "court order" in ray.refused
    assert ray.lifted_by == "share_decision"
    assert reader(family, MUM).refused == ""


def test_a_finished_decision_that_the_centre_has_lifts_it(family: Writing) -> None:
    decide(family)
    finish(family)
    assert reader(family).refused == ""


def test_until_the_centre_has_the_decision_the_order_stands(family: Writing) -> None:
    before = [change.id for changes in family.changes.values() for change in changes]
    decide(family)
    finish(family)
    assert "court order" in reader(family, acknowledged=before).refused


@pytest.mark.parametrize(
    "other",
    [
        {"decision__decided": "not_share"},
        {"decision__rationale": "  "},
        {"lifted_for": MUM},
        {"in_view_of": ""},
        {"in_view_of": "change-0001"},
    ],
)
def test_a_decision_that_lacks_anything_lifts_nothing(
    family: Writing, other: dict[str, str]
) -> None:
    decide(family, **other)
    finish(family)
    assert "court order" in reader(family).refused


def test_a_decision_that_no_manager_agreed_to_lifts_nothing(family: Writing) -> None:
    decide(family)
    assert "court order" in reader(family).refused
    family.finalise("decision")
    assert "court order" in reader(family).refused
    finish(family, "not_agreed")
    assert "court order" in reader(family).refused


@pytest.mark.parametrize(
    "typed_by", [("manager", "device"), ("colleague", "device"), ("worker", CENTRE)]
)
def test_a_yes_that_somebody_typed_on_a_laptop_or_to_their_own_lifts_nothing(
    family: Writing, typed_by: tuple[str, str]
) -> None:
    decide(family)
    author, device = typed_by
    finish(family, author=author, device=device)
    assert "court order" in reader(family).refused


@pytest.mark.parametrize(
    "later",
    [
        {f"{ROW}/order_says": "No contact, and no papers"},
        {NEXT: "000002", f"{NEXT}/order_people": EX},
        {f"{PERSON}[{EX}]/contact_order": "Supervised only"},
    ],
)
def test_an_order_that_came_or_changed_later_stands(family: Writing, later: dict[str, str]) -> None:
    decide(family)
    finish(family)
    household = any(path.startswith(PERSON) for path in later)
    record = ("household", "household") if household else ("orders", "relationships")
    family.write(*record, later)
    assert "court order" in reader(family).refused


def test_a_second_decision_against_it_stops_it(family: Writing) -> None:
    decide(family)
    finish(family)
    family.write("decision", "share_decision", {f"{DECISION}/decision/decided": "not_share"})
    assert "court order" in reader(family).refused


def test_a_name_taken_out_still_counts_until_the_centre_has_the_reason(family: Writing) -> None:
    out = family.write("orders", "relationships", {f"{ROW}/order_people": BLANK})
    assert "court order" in reader(family).refused
    reason = Answer("", reason="The wrong Ray was chosen")
    gone = family.write("orders", "relationships", {f"{ROW}/order_people": reason})
    have = {change.id for changes in family.changes.values() for change in changes}
    assert "court order" in reader(family, acknowledged=have - {gone.id, out.id}).refused
    assert reader(family, acknowledged=have).refused == ""


def test_a_home_gets_no_copy_that_somebody_there_may_not_have(family: Writing) -> None:
    assert reader(family, HOME).refused == ""
    row = "/sharing/not/not_share[0195802c-0000-7000-8000-0000000000cc]"
    family.write("sharing", "sharing", {row: "000001", f"{row}/not_share_who": "Dana"})
    assert "lives in this home" in reader(family, HOME).refused
    assert reader(family, HOME).lifted_by == ""


KEPT = "/sharing/not/not_share[0195802c-0000-7000-8000-0000000000cc]"


@pytest.mark.parametrize(
    ("form", "row", "question"),
    [
        ("sharing", KEPT, "not_share_who"),
        ("household", "/household/homes/address[0195802c-0000-7000-8000-0000000000dd]", ""),
    ],
)
def test_who_must_not_see_or_learn_is_let_in_only_with_a_reason_that_the_centre_has(
    family: Writing, form: str, row: str, question: str
) -> None:
    path = f"{row}/{question or 'confidential_from'}"
    family.write(form, form, {row: "000001", path: "Dana, and her brother"})
    assert reader(family, MUM).refused
    family.write(form, form, {path: "her brother"})
    assert reader(family, MUM).refused, "nobody said why Dana may"
    family.write(form, form, {row: BLANK, path: BLANK})
    assert reader(family, MUM).refused, "nor where the whole row is gone"
    because = family.write(form, form, {path: Answer(reason="Ray says that she may know now")})
    have = {change.id for changes in family.changes.values() for change in changes}
    assert reader(family, MUM, acknowledged=have - {because.id}).refused
    assert reader(family, MUM, acknowledged=have).refused == ""
