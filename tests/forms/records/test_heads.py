"""The rule of merging, against a plain statement of it, in any order and with any repeats."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from forms.records.answer import BLANK, Absent, Answer
from forms.records.answer_path import is_row, row_id, row_of, row_path, rows_of, schema_path
from forms.records.change import Change, Written
from forms.records.heads import Heads
from forms.records.sealing import differing

AT = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
ROW_ID = "0192f3c0-0000-7000-8000-000000000001"
ROW = row_path("/plan/action", ROW_ID)
PATHS = ["/plan/hope", ROW, f"{ROW}/what", f"{ROW}/who"]


def change(name: str, **answers: Written) -> Change:
    paths = {"hope": PATHS[0], "row": PATHS[1], "what": PATHS[2], "who": PATHS[3]}
    written = {paths[key]: value for key, value in answers.items()}
    return Change(name, "r", "f", "plan", "1", "ada", "d1", 1, AT, "Europe/London", written)


@st.composite
def histories(draw: st.DrawFn) -> list[Change]:
    """Changes, each naming some of what came before it as seen."""
    made: list[Change] = []
    for number in range(draw(st.integers(1, 12))):
        written = {}
        for path in draw(st.sets(st.sampled_from(PATHS), min_size=1)):
            earlier = [c.id for c in made if path in c.answers]
            base = draw(st.sets(st.sampled_from(earlier))) if earlier else set()
            answer = draw(
                st.sampled_from(
                    [BLANK, Answer("yes"), Answer("no"), Answer("", Absent.DECLINED, "not today")]
                )
            )
            written[path] = Written(answer, tuple(sorted(base)))
        made.append(
            Change(
                f"c{number:02}",
                "r",
                "f",
                "plan",
                "1",
                "ada",
                "d1",
                number,
                AT,
                "Europe/London",
                written,
            )
        )
    return made


@given(histories(), st.randoms(use_true_random=False))
def test_heads_do_not_depend_on_order_or_repetition(history, random):
    arrived = history + [c for c in history if random.random() < 0.5]
    random.shuffle(arrived)
    heads = Heads(arrived)
    for path in PATHS:
        named = {b for c in history if path in c.answers for b in c.answers[path].base}
        expected = {
            c.id: c.answers[path].answer for c in history if path in c.answers and c.id not in named
        }
        assert dict(heads.of(path)) == expected
        assert heads.in_conflict(path) == (len(set(expected.values())) > 1)


@given(histories())
def test_a_save_that_names_all_heads_settles_every_conflict(history):
    heads = Heads(history)
    last = Change(
        "zz",
        "r",
        "f",
        "plan",
        "1",
        "ada",
        "d1",
        99,
        AT,
        "Europe/London",
        {path: Written(Answer("agreed"), heads.base(path)) for path in PATHS},
    )
    heads.add(last)
    assert heads.conflicts() == ()
    assert all(heads.current(path) == Answer("agreed") for path in PATHS)


def test_two_people_who_did_not_see_each_other_are_both_kept():
    first = change("a", hope=Written(Answer("calmer mornings")))
    priya = change("b", hope=Written(Answer("Leo back at school"), ("a",)))
    sam = change("c", hope=Written(Answer("a calmer house"), ("a",)))
    heads = Heads([first, priya, sam])
    assert heads.conflicts() == ("/plan/hope",)
    assert set(heads.of("/plan/hope")) == {"b", "c"}
    assert heads.current("/plan/hope") == Answer("Leo back at school")


def test_an_edit_beats_a_removal_that_had_not_seen_it():
    made = change("a", row=Written(Answer("000010")), what=Written(Answer("ring school")))
    removed = change("b", row=Written(BLANK, ("a",)), what=Written(BLANK, ("a",)))
    edited = change("c", what=Written(Answer("ring school on Monday"), ("a",)))
    heads = Heads([made, removed])
    assert not heads.row_exists(ROW)
    assert heads.answers() == {}
    heads.add(edited)
    assert heads.row_exists(ROW)
    assert heads.in_conflict(f"{ROW}/what")
    assert heads.answers() == {ROW: Answer("0")}  # the row is shown, its answer in conflict


def test_a_row_kept_only_by_an_edit_inside_has_a_place():
    removed = change("b", row=Written(BLANK, ("a",)))
    edited = change("c", who=Written(Answer("Gran")))
    assert Heads([removed, edited]).answers() == {ROW: Answer("0"), f"{ROW}/who": Answer("Gran")}


@given(histories())
def test_sealing_keeps_exactly_what_says_something_new(history):
    *before, last = history
    heads = Heads(before)
    kept = differing(last, heads)
    for path, written in last.answers.items():
        named = {heads.of(path)[b] for b in written.base if b in heads.of(path)}
        unseen = bool(written.base)  # what they had on the screen is not here: it says something
        same = named == {written.answer} if named else written.answer == BLANK and not unseen
        assert (kept is not None and path in kept.answers) == (not same)


def test_paths_of_rows():
    inner = row_path(f"{ROW}/step", ROW_ID)
    assert is_row(ROW)
    assert not is_row(f"{ROW}/what")
    assert row_of(f"{ROW}/what") == ROW
    assert row_of(ROW) is None
    assert row_of(inner) == ROW
    assert rows_of(f"{inner}/who") == (ROW, inner)
    assert rows_of(inner) == (ROW,)
    assert row_id(ROW) == ROW_ID
    assert schema_path(f"{inner}/who") == "/plan/action/step/who"
