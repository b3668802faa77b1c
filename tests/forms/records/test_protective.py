"""The cautious answer governs."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from forms.records.answer import BLANK, Answer
from forms.records.change import Change, Written
from forms.records.protective import Protective, governing

PAPER = Protective("safety_check", "/safety_check/safe_paper", ("no", "unsure", "yes"))
AT = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)


def says(name: str, value: str, base: tuple[str, ...] = (), reason: str = "") -> Change:
    written = {PAPER.path: Written(Answer(value, None, reason), base)}
    return Change(name, "r", "f", "safety_check", "1", "ada", "d1", 1, AT, "Europe/London", written)


def test_nobody_has_said_anything():
    assert governing(PAPER, [], set()) == BLANK


def test_tightening_works_offline_at_once():
    changes = [says("a", "yes"), says("b", "no", ("a",))]
    assert governing(PAPER, changes, set()).value == "no"


def test_loosening_needs_a_reason_and_the_centre():
    first = says("a", "no")
    bare = says("b", "yes", ("a",))
    reasoned = says("b", "yes", ("a",), "He has moved out. Priya Shah agreed.")
    assert governing(PAPER, [first, bare], {"a", "b"}).value == "no"
    assert governing(PAPER, [first, reasoned], {"a"}).value == "no"
    assert governing(PAPER, [first, reasoned], {"a", "b"}).value == "yes"


def test_a_loosening_does_not_hide_behind_a_second_save():
    changes = [says("a", "no"), says("b", "yes", ("a",)), says("c", "yes", ("b",))]
    assert governing(PAPER, changes, {"a", "b", "c"}).value == "no"


def test_the_safest_of_two_heads_governs():
    changes = [says("a", "yes"), says("b", "yes", ("a",)), says("c", "unsure", ("a",))]
    assert governing(PAPER, changes, {"a", "b", "c"}).value == "unsure"


@given(st.lists(st.tuples(st.sampled_from(["no", "unsure", "yes"]), st.booleans()), min_size=1))
def test_nothing_looser_than_the_last_word_ever_governs(said):
    changes: list[Change] = []
    base: tuple[str, ...] = ()
    for number, (value, reasoned) in enumerate(said):
        changes.append(says(f"c{number:02}", value, base, "why" if reasoned else ""))
        base = (f"c{number:02}",)
    governs = governing(PAPER, changes, {c.id for c in changes})
    assert PAPER.danger(governs) <= PAPER.danger(Answer(said[-1][0]))
