"""What pyxform lets through is named by sheet, row and column, with what to write instead."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from forms.authoring.check import check_form
from forms.authoring.mistakes import Mistake
from tests.forms.authoring.conftest import YES_NO, Book

ASKED = ("select_one yes_no", "well", "Is all well?")
OTHER = ("select_one yes_no", "safe", "Is it safe?")


def only(mistakes: tuple[Mistake, ...]) -> Mistake:
    assert len(mistakes) == 1, [str(mistake) for mistake in mistakes]
    return mistakes[0]


def test_nothing_is_found_in_a_good_form(book: Book) -> None:
    form = book([ASKED, ("text", "why", "Why not?", "${well} = 'no'")], YES_NO)
    assert check_form(form) == ()


def test_an_upgrade_under_a_wrong_column_would_lose_answers_and_is_named(book: Book) -> None:
    form = book([ASKED], YES_NO, upgrade=[("/visit/fine", "/visit/well", "Plainer.")])
    workbook = openpyxl.load_workbook(form)
    workbook["upgrade"]["B1"] = "now"
    workbook.save(form)
    found = [(one.sheet, one.row, one.column, one.says) for one in check_form(form)]
    assert found == [
        ("upgrade", 1, "is", "There is no column “is”."),
        ("upgrade", 1, "now", "Nothing is done with the column “now”."),
    ]


@pytest.mark.parametrize(
    ("relevant", "says", "instead"),
    [
        ("(${well} = 'no'", "1 opening brackets and 0 closing", "Add 1 “)”"),
        ("${well} = 'no')", "0 opening brackets and 1 closing", "Add 1 “(”"),
        ("${well} = 'no", "begins with a quote", "second quote"),
        ("${well} >> 1", "“>>” means nothing", "Write “>”"),
        ("${well} == 'no'", "“==” means nothing", "Write “=”"),
        ("${well} = ‘no’", "Quotes must be straight", "Write '"),
        ("selectd(${well}, 'no')", "no function selectd()", "Write selected() instead"),
        ("${wel} = 'no'", "no question “wel”", "Write ${well} instead"),
        ("${well} = 'nope'", "cannot be “nope”", "Write 'no' instead"),
        ("selected(${well}, 'maybe')", "cannot be “maybe”", "It has: no, yes"),
        ("${well} = 'no' and", "", ""),
    ],
)
def test_a_bad_condition_is_placed_and_explained(
    book: Book, relevant: str, says: str, instead: str
) -> None:
    form = book([ASKED, ("text", "why", "Why not?", relevant)], YES_NO)
    found = only(check_form(form))
    assert (found.sheet, found.row, found.column) == ("survey", 3, "relevant")
    assert says in found.says
    assert instead in found.instead


def test_a_value_that_is_not_offered_is_found_in_a_constraint_and_a_default(book: Book) -> None:
    form = book([("select_one yes_no", "well", "Well?", "", ". != 'never'", "", "maybe")], YES_NO)
    assert {(m.row, m.column) for m in check_form(form)} == {(2, "constraint"), (2, "default")}


def test_a_cycle_names_its_questions_and_rows(book: Book) -> None:
    survey = [
        ("calculate", "one", "", "", "", "${two} + 1"),
        ("calculate", "two", "", "", "", "${one} + 1"),
    ]
    found = only(check_form(book(survey)))
    assert found.row == 2
    assert "one (row 2)" in found.says
    assert "two (row 3)" in found.says


def test_names_are_unique(book: Book) -> None:
    survey = [
        ("begin_group", "well", "Well-being"),
        ASKED,
        ("end_group", ""),
    ]
    found = check_form(book(survey, [*YES_NO, ("yes_no", "no", "No, again")]))
    assert [(m.sheet, m.row, m.column) for m in found if m.weight == "mistake"] == [
        ("survey", 3, "name"),
        ("choices", 4, "name"),
    ]


def test_a_list_that_is_not_there_and_one_that_nobody_uses(book: Book) -> None:
    found = check_form(book([("select_one yesno", "well", "Well?")], YES_NO))
    assert [(m.sheet, m.row, m.weight) for m in found] == [
        ("survey", 2, "mistake"),
        ("choices", 2, "warning"),
    ]
    assert "yes_no" in found[0].instead


@pytest.mark.parametrize(
    ("outer", "inner", "says"),
    [
        ("", "${well} = 'yes' and ${well} = 'no'", "never be true"),
        ("", "false()", "never be true"),
        ("", "${well} = 'yes' and ${well} != 'yes'", "never be true"),
        ("", "${why} != ''", "only once it has been answered"),
        ("${well} = 'yes'", "${well} = 'no'", "contradicts the condition of the group “more”"),
    ],
)
def test_a_question_that_is_never_asked(book: Book, outer: str, inner: str, says: str) -> None:
    survey = [
        ASKED,
        OTHER,
        ("begin_group", "more", "More", outer),
        ("text", "why", "Why?", inner),
        ("end_group", ""),
    ]
    found = [m for m in check_form(book(survey, YES_NO)) if m.row == 5]
    assert says in found[0].says


@pytest.mark.parametrize(
    "condition",
    [
        "${well} = 'yes' or ${well} = 'no'",
        "(${well} = 'yes' or ${safe} = 'yes') and ${well} = 'no'",
        "${well} = 'yes' and ${safe} = 'no'",
        "not(${well} = 'yes')",
        "${well} = 'yes' and count-selected(${safe}) = 1",
    ],
)
def test_a_question_that_can_be_asked_is_left_alone(book: Book, condition: str) -> None:
    form = book([ASKED, OTHER, ("text", "why", "Why?", condition)], YES_NO)
    assert check_form(form) == ()


def test_missing_translations_are_warnings_by_language(book: Book) -> None:
    columns = ("type", "name", "label::English (en)", "label::Polski (pl)")
    survey = [("text", "why", "Why?", "Dlaczego?"), ("text", "how", "How?", "")]
    form = book(survey, columns=columns, default_language="English (en)")
    found = only(check_form(form))
    assert (found.row, found.column, found.weight) == (3, "label::Polski (pl)", "warning")


def test_a_question_without_words(book: Book) -> None:
    assert only(check_form(book([("text", "why", "")]))).column == "label"


def test_a_misspelt_column_is_named(book: Book) -> None:
    columns = ("type", "name", "label", "relevent")
    form = book([ASKED, ("text", "why", "Why?", "${well} = 'no'")], YES_NO, columns=columns)
    found = only(check_form(form))
    assert (found.row, found.column, found.instead) == (1, "relevent", "Write relevant instead.")


def test_a_filter_by_a_column_that_is_not_there(book: Book) -> None:
    columns = ("type", "name", "label", "choice_filter")
    form = book([("select_one yes_no", "well", "Well?", "kind = 'a'")], YES_NO, columns=columns)
    found = only(check_form(form))
    assert (found.column, "kind" in found.says) == ("choice_filter", True)


def test_settings_are_whole_and_the_root_is_named_as_the_form(book: Book) -> None:
    found = check_form(book([("text", "why", "Why?")], version="", name="data"))
    assert {(m.sheet, m.column) for m in found} == {("settings", "version"), ("settings", "name")}


@pytest.mark.parametrize(
    ("type_", "instead"), [("txt", "Write text instead."), ("geopoint", "Use another type")]
)
def test_a_type_that_is_not_asked(book: Book, type_: str, instead: str) -> None:
    found = only(check_form(book([(type_, "why", "Why?")])))
    assert (found.sheet, found.row, found.column) == ("survey", 2, "type")
    assert instead in found.instead


def test_what_pyxform_refuses_is_placed(book: Book) -> None:
    found = only(check_form(book([("text", "why not", "Why?")])))
    assert (found.sheet, found.row) == ("survey", 2)
    assert "why not" in found.says or "name" in found.column


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"<html>no</html>"])
def test_a_file_that_is_no_spreadsheet_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "visit.xlsx"
    file.write_bytes(content)
    assert "save it as an Excel workbook" in only(check_form(file)).instead


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "not a spreadsheet" in only(check_form(tmp_path / "none.xlsx")).says
