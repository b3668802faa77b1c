"""Rows of repeats: which instance an expression means, counts, nesting and identity."""

from __future__ import annotations

import pytest

from forms.xforms import RowsAreCounted
from tests.forms.xforms.compiled import definition, session

NESTED = definition("""
    | survey |
    | | type | name | label | calculation | relevant |
    | | text | town | Town | | |
    | | begin_repeat | home | Home | | |
    | | text | street | Street | | |
    | | begin_repeat | person | Person | | |
    | | text | name | Name | | |
    | | calculate | at | | concat(${name}, ' of ', ${street}, ', ', ${town}) | |
    | | calculate | number | | position(..) | |
    | | calculate | whole | | concat(position(../..), '.', position(..)) | |
    | | end_repeat | | | | |
    | | calculate | names | | join(' and ', ${name}) | |
    | | calculate | many | | count(${person}) | |
    | | end_repeat | | | | |
    | | calculate | all | | count(${person}) | |
    | | calculate | second | | indexed-repeat(${name}, ${home}, 2, ${person}, 1) | |
    """)


def test_a_path_in_a_row_means_this_row() -> None:
    filling = session(NESTED)
    filling.set("/data/town", "Leeds")
    filling.set(filling.at("/data/home[1]/street").path, "Elm Row")
    filling.add(filling.at("/data/home[1]/person").path)
    filling.set(filling.at("/data/home[1]/person[1]/name").path, "Asha")
    filling.set(filling.at("/data/home[1]/person[2]/name").path, "Ben")
    filling.add("/data/home")
    filling.set(filling.at("/data/home[2]/street").path, "Oak Hill")
    if not filling.at("/data/home[2]/person").children:
        filling.add(filling.at("/data/home[2]/person").path)
    filling.set(filling.at("/data/home[2]/person[1]/name").path, "Cal")
    assert filling.at("/data/home[1]/person[2]/at").value == "Ben of Elm Row, Leeds"
    assert filling.at("/data/home[2]/person[1]/at").value == "Cal of Oak Hill, Leeds"
    assert filling.at("/data/home[1]/names").value == "Asha and Ben"
    assert filling.at("/data/home[2]/many").value == "1"
    assert filling.node("/data/all").value == "3"
    assert filling.node("/data/second").value == "Cal"
    assert filling.at("/data/home[2]/person[1]/whole").value == "2.1"


def test_removing_a_row_numbers_those_after_it_anew() -> None:
    filling = session(NESTED)
    repeat = filling.at("/data/home[1]/person").path
    filling.add(repeat)
    filling.add(repeat)
    third = filling.at("/data/home[1]/person[3]").path
    filling.remove(filling.at("/data/home[1]/person[1]").path)
    assert filling.node(f"{third}/number").value == "2"
    assert filling.at("/data/home[1]/many").value == "2"
    filling.undo()
    assert filling.node(f"{third}/number").value == "3"


def test_moving_a_row_keeps_its_name_and_its_answers() -> None:
    filling = session(NESTED)
    repeat = filling.at("/data/home[1]/person").path
    filling.add(repeat)
    last = filling.at("/data/home[1]/person[2]").path
    filling.set(f"{last}/name", "Ben")
    filling.move(last, "000001")
    assert filling.at("/data/home[1]/person[1]").path == last
    assert filling.node(f"{last}/number").value == "1"
    assert filling.at("/data/home[1]/names").value == "Ben and "
    again = session(NESTED, filling.answers())
    assert again.at("/data/home[1]/person[1]").path == last


COUNTED = definition("""
    | survey |
    | | type | name | label | repeat_count |
    | | integer | many | Many | |
    | | begin_repeat | child | Child | ${many} |
    | | integer | toys | Toys | |
    | | begin_repeat | toy | Toy | ${toys} |
    | | text | kind | Kind | |
    | | end_repeat | | | |
    | | end_repeat | | | |
    """)


def test_counts_inside_counted_rows() -> None:
    filling = session(COUNTED)
    filling.set("/data/many", "2")
    filling.set(filling.at("/data/child[2]/toys").path, "3")
    assert len(filling.at("/data/child[1]/toy").children) == 0
    assert len(filling.at("/data/child[2]/toy").children) == 3


def test_counted_rows_are_not_added_by_hand() -> None:
    filling = session(COUNTED)
    filling.set("/data/many", "1")
    with pytest.raises(RowsAreCounted) as refused:
        filling.add("/data/child")
    assert refused.value.message


def test_a_record_may_tell_its_counted_rows_and_count_in_any_order() -> None:
    uuid, place = "11111111-1111-4111-8111-111111111111", "000020"
    row = f"/data/child[{uuid}]"
    other = session(COUNTED)
    other.add("/data/child", row=uuid, place=place)
    assert row not in other.answers()
    other.set(f"{row}/toys", "1")
    assert other.answers()[row] == f"-{place}"
    other.move(row, place)
    other.set("/data/many", "1")
    assert other.at("/data/child[1]").path == row
    assert other.at("/data/child[1]/toys").value == "1"
    other.remove(row)
    assert row not in other.answers()
    assert len(other.node("/data/child").children) == 1
    other.undo()
    assert other.at("/data/child[1]").path == row


CHOSEN = definition("""
    | survey |
    | | type | name | label | choice_filter |
    | | begin_repeat | person | Person | |
    | | text | name | Name | |
    | | integer | age | Age | |
    | | end_repeat | | | |
    | | select_one ${name} | who | Who helps | ${age} > 17 |
    """)


def test_choices_come_from_rows() -> None:
    filling = session(CHOSEN)
    filling.add("/data/person")
    for number, (name, age) in enumerate((("Asha", "34"), ("Ben", "7")), 1):
        filling.set(filling.at(f"/data/person[{number}]/name").path, name)
        filling.set(filling.at(f"/data/person[{number}]/age").path, age)
    assert filling.node("/data/who").choice_names == ("Asha",)
    delta = filling.set(filling.at("/data/person[2]/age").path, "18")
    assert "/data/who" in delta.changed
    assert filling.node("/data/who").choice_names == ("Asha", "Ben")
