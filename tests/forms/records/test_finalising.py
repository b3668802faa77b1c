"""Finalising names exact heads."""

from __future__ import annotations

from dataclasses import replace

from forms.records.answer import Answer
from forms.records.change import Written
from forms.records.finalising import (
    FINALISED,
    arrived_after,
    finalised_state,
    finalising_answer,
    is_final,
)
from forms.records.heads import Heads
from tests.forms.records.test_heads import change


def test_what_came_unseen_is_said_to_have_arrived_after():
    first = change("a", hope=Written(Answer("calmer mornings")))
    second = change("b", hope=Written(Answer("calmer evenings"), ("a",)))
    heads = Heads([first, second])
    answer = finalising_answer(heads, {"/plan/count": "3"}, "Leo was asleep")
    final = replace(change("c"), answers={FINALISED: Written(answer)})
    heads.add(final)
    state = finalised_state(heads)
    assert state is not None
    assert state.heads == {"/plan/hope": ("b",)}
    assert state.calculated == {"/plan/count": "3"}
    assert state.unfinished_because == "Leo was asleep"
    assert is_final(heads)
    late = change("d", hope=Written(Answer("school"), ("a",)))
    assert arrived_after(state, [first, second, final]) == ()
    assert arrived_after(state, [first, second, final, late]) == (late,)
    heads.add(late)
    assert not is_final(heads)


def test_a_draft_is_not_finalised_and_the_hash_tells_versions_apart():
    first = Heads([change("a", hope=Written(Answer("calmer mornings")))])
    assert finalised_state(first) is None
    second = Heads([change("b", hope=Written(Answer("calmer mornings")))])
    hashes = set()
    for heads in (first, second):
        written = Written(finalising_answer(heads, {}))
        heads.add(replace(change("z"), answers={FINALISED: written}))
        state = finalised_state(heads)
        assert state is not None
        hashes.add(state.version_hash)
    assert len(hashes) == 2
