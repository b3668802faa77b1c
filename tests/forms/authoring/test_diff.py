"""What a new version does to records already begun: nothing is lost in silence."""

from __future__ import annotations

import pytest

from forms.authoring.compile import compile_form
from forms.authoring.diff import Difference, compare_forms
from tests.forms.authoring.conftest import YES_NO, Book, Rows

WELL = ("select_one yes_no", "well", "Is all well?")
WHY = ("text", "why", "Why not?")


def differences(
    book: Book, new: Rows, choices: Rows = YES_NO, upgrade: Rows = (), version: str = "2"
) -> tuple[Difference, ...]:
    old = book([WELL, WHY], YES_NO, file="old.xlsx")
    return compare_forms(old, book(new, choices, upgrade=upgrade, version=version, file="new.xlsx"))


def losses(found: tuple[Difference, ...]) -> list[str]:
    return [difference.path for difference in found if difference.weight == "loss"]


def test_nothing_changes_but_the_version(book: Book) -> None:
    assert differences(book, [WELL, WHY]) == ()


def test_a_removed_question_is_a_loss_until_the_map_says_so(book: Book) -> None:
    assert losses(differences(book, [WELL])) == ["/visit/why"]
    found = differences(book, [WELL], upgrade=[("/visit/why", "", "Nobody answered it")])
    assert losses(found) == []
    assert "its answers stay with their records" in found[0].says


def test_a_renamed_question_is_a_loss_that_says_what_it_probably_is(book: Book) -> None:
    renamed = ("text", "reason", "Why not?")
    found = differences(book, [WELL, renamed])
    assert losses(found) == ["/visit/why"]
    assert "/visit/reason" in found[0].says
    found = differences(book, [WELL, renamed], upgrade=[("/visit/why", "/visit/reason", "clearer")])
    assert losses(found) == []


def test_a_choice_that_goes_is_a_loss_until_it_is_mapped(book: Book) -> None:
    choices = [("yes_no", "yes", "Yes"), ("yes_no", "never", "Never")]
    assert losses(differences(book, [WELL, WHY], choices)) == ["/visit/well"]
    mapped = [("/visit/well=no", "/visit/well = never", "")]
    found = differences(book, [WELL, WHY], choices, mapped)
    assert [(one.weight, one.says, one.is_seen) for one in found] == [
        ("change", "“Is all well?”: where “No” was chosen, the new form says “Never”.", True)
    ]


def test_a_choice_in_other_words_is_said_once_and_one_that_ends_in_its_words(book: Book) -> None:
    choices = [("yes_no", "yes", "Yes, mostly")]
    also = ("select_one yes_no", "safe", "Is it safe?")
    ends = [("/visit/well = no", "", "Nobody chose it"), ("/visit/safe = no", "", "Nor here")]
    old = book([WELL, also], YES_NO, file="old.xlsx")
    new = book([WELL, also], choices, upgrade=ends, version="2", file="new.xlsx")
    assert [one.says for one in compare_forms(old, new)] == [
        "“Is all well?” no longer offers “No”; where it was chosen it stays.",
        "“Is it safe?” no longer offers “No”; where it was chosen it stays.",
        "The choice “Yes” now reads “Yes, mostly”.",
    ]


def test_another_kind_of_answer_is_a_loss(book: Book) -> None:
    found = differences(book, [WELL, ("date", "why", "Why not?")])
    assert losses(found) == ["/visit/why"]
    assert "asked for text and now asks for a date" in found[0].says


@pytest.mark.parametrize(
    "new", [[WELL, ("text", "why", "Why is that?")], [WELL, WHY, ("text", "more", "More?")]]
)
def test_new_words_and_new_questions_are_no_loss(book: Book, new: Rows) -> None:
    found = differences(book, new)
    assert len(found) == 1
    assert losses(found) == []


def test_a_change_without_a_new_version_is_refused(book: Book) -> None:
    found = differences(book, [WELL, WHY, ("text", "more", "More?")], version="1")
    assert [d.weight for d in found] == ["change", "loss"]
    assert "Give the new one a new version" in found[-1].says


def test_a_map_that_leads_nowhere_is_a_mistake(book: Book) -> None:
    found = differences(book, [WELL], upgrade=[("/visit/why", "/visit/reason", "")])
    assert "/visit/why" in losses(found)
    assert any("the new form does not have" in d.says for d in found)


def test_an_xform_can_be_the_old_one(book: Book) -> None:
    old = book([WELL, WHY], YES_NO, file="old.xlsx")
    old.with_suffix(".xml").write_bytes(compile_form(old))
    new = book([WELL], YES_NO, version="2", file="new.xlsx")
    assert losses(compare_forms(old.with_suffix(".xml"), new)) == ["/visit/why"]
