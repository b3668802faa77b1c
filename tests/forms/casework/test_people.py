"""Who is in the family, as the household form says."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from forms.casework.people import family_name, household, people_csv, read_date
from tests.forms.casework.conftest import Writing

PERSON = "/household/people/person"
ONE = "0192f3c0-0000-7000-8000-000000000001"
TWO = "0192f3c0-0000-7000-8000-000000000002"


def person(row: str, place: str, **said: str) -> dict[str, str]:
    at = f"{PERSON}[{row}]"
    return {at: place, **{f"{at}/{name}": value for name, value in said.items()}}


def test_everybody_is_there_in_order(hartleys: Writing) -> None:
    people = household(hartleys.records)
    assert [p.name for p in people] == [
        "Joanne Hartley",
        "Martin Hartley",
        "Ellie Hartley",
        "Alfie Hartley",
    ]
    assert [p.is_child for p in people] == [False, False, True, True]
    assert people[3].nights == "Friday and Saturday with Dad in Leigh"
    assert people[1].relation == "father"
    assert people[2].school == "Bluebell Primary School"
    assert family_name(hartleys.records) == "Hartley family"


def test_a_family_without_records_has_no_name_and_nobody(writing: Writing) -> None:
    assert family_name(writing.records) == ""
    assert household(writing.records) == []


def test_places_order_people_and_a_moved_row_moves(writing: Writing) -> None:
    writing.write("h", "household", person(ONE, "000020", role="parent", given_name="Ada"))
    writing.write("h", "household", person(TWO, "000010", role="child", given_name="Ben"))
    assert [p.given_name for p in household(writing.records)] == ["Ben", "Ada"]
    writing.write("h", "household", {f"{PERSON}[{TWO}]": "000030"})
    assert [p.given_name for p in household(writing.records)] == ["Ada", "Ben"]


def test_an_unborn_baby_has_a_due_date_and_once_born_a_birthday(writing: Writing) -> None:
    due = person(ONE, "000010", role="unborn", last_name="Osei", due="2027-01-09")
    writing.write("h", "household", due)
    (baby,) = household(writing.records)
    assert (baby.name, baby.due, baby.born) == ("Unborn baby Osei", date(2027, 1, 9), None)
    assert baby.age(date(2026, 12, 1)) is None
    born = person(ONE, "000010", role="child", given_name="Kofi", born="2027-01-04")
    writing.write("h", "household", born)
    (baby,) = household(writing.records)
    assert (baby.name, baby.due, baby.born) == ("Kofi Osei", None, date(2027, 1, 4))


def test_what_is_not_asked_reads_as_blank_and_comes_back(writing: Writing) -> None:
    child = person(ONE, "000010", role="child", given_name="Mia", born="2015-02-01")
    writing.write("h", "household", {**child, f"{PERSON}[{ONE}]/school_time/school": "Oak School"})
    assert household(writing.records)[0].school == "Oak School"
    writing.write("h", "household", {f"{PERSON}[{ONE}]/role": "parent"})
    assert household(writing.records)[0].school == ""
    writing.write("h", "household", {f"{PERSON}[{ONE}]/role": "child"})
    assert household(writing.records)[0].school == "Oak School"


def test_a_question_asked_under_either_head_is_asked(writing: Writing) -> None:
    child = person(ONE, "000010", role="child", given_name="Mia", born="2015-02-01")
    first = writing.write(
        "h", "household", {**child, f"{PERSON}[{ONE}]/school_time/school": "Oak School"}
    )
    role = f"{PERSON}[{ONE}]/role"
    writing.write("h", "household", {role: "parent"}, {role: (first.id,)})
    writing.write("h", "household", {role: "other_child"}, {role: (first.id,)})
    (mia,) = household(writing.records)
    assert mia.role == "parent"
    assert mia.school == "Oak School"
    assert mia.unsettled == {"role"}


def test_a_removed_person_is_gone_and_an_unseen_edit_keeps_them(writing: Writing) -> None:
    added = writing.write("h", "household", person(ONE, "000010", role="child", given_name="Mia"))
    gone = dict.fromkeys(added.answers, "")
    writing.write("h", "household", gone)
    assert household(writing.records) == []
    name = f"{PERSON}[{ONE}]/given_name"
    writing.write("h", "household", {name: "Amelia"}, {name: (added.id,)})
    assert [p.given_name for p in household(writing.records)] == [""]


@pytest.mark.parametrize(
    ("on", "age"),
    [
        (date(2026, 3, 8), 10),
        (date(2026, 3, 9), 11),
        (date(2015, 3, 9), 0),
        (date(2015, 3, 8), None),
    ],
)
def test_age_turns_on_the_birthday(hartleys: Writing, on: date, age: int | None) -> None:
    assert household(hartleys.records)[2].age(on) == age


def test_the_list_for_pickers_names_people_by_id(hartleys: Writing) -> None:
    people = household(hartleys.records)
    rows = list(csv.DictReader(io.StringIO(people_csv(people).decode())))
    assert [(row["name"], row["label"]) for row in rows] == [(p.id, p.name) for p in people]
    assert rows[2]["born"] == "2015-03-09"
    assert people_csv(()).decode() == "name,label,role,born,lives,included\n"


def test_what_is_no_date_is_none() -> None:
    assert read_date("2026-02-30") is None
    assert read_date("soon") is None
    assert read_date("2026-11-05T15:30:00.000+00:00") == date(2026, 11, 5)
