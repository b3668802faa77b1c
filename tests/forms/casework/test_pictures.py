"""The family tree and the map of helpers: everybody is there, and nobody stands on another."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.casework.genogram import ecomap, genogram
from forms.casework.people import Person, household
from forms.casework.relationships import Relationship, relationships
from tests.forms.casework.conftest import Writing
from tests.forms.casework.test_episodes import BEN, DAD, FOUR, MAY, MIA, MUM, person

TODAY = date(2026, 11, 23)
ROLES = st.sampled_from(["child", "other_child", "parent", "other_adult", "elsewhere", "unborn"])
KINDS = st.sampled_from(["mother", "father", "grandparent", "sibling", "step", "other"])


def test_parents_stand_over_children_and_the_eldest_child_first(writing: Writing) -> None:
    nan = person(
        "0192f3c0-0000-7000-8000-0000000000aa", "elsewhere", "Efua", relation="grandparent"
    )
    writing.tell("household", on=MAY, person=[*FOUR[:2], FOUR[3], FOUR[2], nan])
    found = genogram(household(writing.records), relationships(writing.records), TODAY)
    at = {place.person: (place.row, place.column) for place in found.places}
    assert at[str(nan["id"])][0] == 0
    assert at[MUM][0] == at[DAD][0] == 1
    assert at[MIA][0] == at[BEN][0] == 2
    assert at[MIA][1] < at[BEN][1]
    assert {(line.person, line.other, line.kind) for line in found.lines} >= {
        (MUM, MIA, "mother"),
        (DAD, BEN, "father"),
    }
    assert found.width == 2


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(ROLES, st.dates(date(1950, 1, 1), TODAY)), max_size=14),
    st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13), KINDS), max_size=20),
)
def test_nobody_is_left_out_and_no_two_share_a_place(
    drawn: list[tuple[str, date]], pairs: list[tuple[int, int, str]]
) -> None:
    people = [Person(str(n), "r", f"P{n}", role, born=born) for n, (role, born) in enumerate(drawn)]
    related = [Relationship(str(a), str(b), kind) for a, b, kind in pairs]
    found = genogram(people, related, TODAY)
    assert {place.person for place in found.places} == {p.id for p in people}
    places = [(place.row, place.column) for place in found.places]
    assert len(set(places)) == len(places)
    assert min((row for row, _ in places), default=0) == 0
    drawn_ids = {p.id for p in people}
    assert all({line.person, line.other} <= drawn_ids for line in found.lines)
    assert genogram(people, list(reversed(related)), TODAY).lines == found.lines


def test_helpers_stand_around_the_family_and_those_who_left_do_not(writing: Writing) -> None:
    told = [{"agency": "school", "person_name": "Ruth Bell", "in_team": "yes"},
            {"agency": "housing", "person_name": "Al Khan", "to": "2026-01-01"}]  # fmt: skip
    writing.tell("professionals", on=MAY, professional=told)
    network = [{"person_name": "Nan Efua", "relation": "grandmother", "agreed": "yes"}]
    writing.tell("assessment", on=MAY, network=network)
    found = ecomap(writing.records, TODAY)
    assert [(h.name, h.strength) for h in found] == [
        ("Nan Efua", "strong"),
        ("Ruth Bell", "strong"),
    ]
    assert all(abs(h.x**2 + h.y**2 - 1) < 0.001 for h in found)
    assert found[0].y == -1
