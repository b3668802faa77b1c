"""Undo restores what was there, and never touches somebody else's answer."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from forms.records.answer import Answer
from forms.records.change import Change, Written
from forms.records.heads import Heads
from forms.records.undo import in_order_of_making, undo_of_last
from tests.forms.records.test_heads import PATHS, ROW, change


@given(st.lists(st.sets(st.sampled_from(PATHS), min_size=1)))
def test_undoing_everything_step_by_step_comes_back_to_nothing(saves):
    changes: list[Change] = []
    states = []
    for number, said in enumerate(saves):
        heads = Heads(changes)
        states.append(heads.answers())
        written = {p: Written(Answer(f"said {number}"), heads.base(p)) for p in said}
        changes.append(replace(change(f"c{number:03}"), answers=written))
    for number, before in enumerate(reversed(states)):
        found = undo_of_last(changes, "ada")
        assert found is not None
        assert not found.taken_by
        heads = Heads(changes)
        written = {p: Written(a, heads.base(p)) for p, a in found.restored.items()}
        changes.append(replace(change(f"u{number:03}"), answers=written))
        assert Heads(changes).answers() == before
    assert undo_of_last(changes, "ada") is None


def test_an_answer_that_somebody_wrote_over_is_theirs():
    mine = change("a", hope=Written(Answer("calmer mornings")), who=Written(Answer("Gran")))
    theirs = replace(change("b", hope=Written(Answer("school"), ("a",))), author="priya")
    found = undo_of_last([mine, theirs], "ada")
    assert found is not None
    assert found.taken_by == {"/plan/hope": "priya"}
    assert set(found.restored) == {f"{ROW}/who"}


def test_finishing_is_not_undone_by_undo():
    mine = change("a", hope=Written(Answer("calmer mornings")))
    finished = replace(change("b"), answers={"@finalised": Written(Answer("{}"))})
    found = undo_of_last([mine, finished], "ada")
    assert found is not None
    assert found.change == "a"


def test_what_the_program_notes_of_a_record_is_not_undone_with_what_was_said():
    begun = replace(change("a"), answers={"/plan/meta/instanceID": Written(Answer("uuid:1"))})
    noted = {"@carried": Written(Answer("{}"))}
    said = {"/plan/hope": Written(Answer("calmer mornings"))}
    mine = replace(change("b"), answers={**noted, **said})
    found = undo_of_last([begun, mine], "ada")
    assert found is not None
    assert found.restored == {"/plan/hope": Answer()}
    undone = replace(change("c"), answers={"/plan/hope": Written(Answer(), ("b",))})
    assert undo_of_last([begun, mine, undone], "ada") is None


def test_rows_come_before_what_is_in_them_and_go_after():
    inner = f"{ROW}/step[{ROW[13:-1]}]"
    come = {inner: Answer("1"), f"{ROW}/what": Answer("x"), ROW: Answer("2")}
    assert [p for p, _ in in_order_of_making(come)] == [ROW, inner, f"{ROW}/what"]
    go = {ROW: Answer(), f"{ROW}/what": Answer(), inner: Answer()}
    assert [p for p, _ in in_order_of_making(go)] == [f"{ROW}/what", inner, ROW]
