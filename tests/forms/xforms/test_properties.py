"""What holds after any sequence of acts, whatever the form."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.records.answer_path import is_row, rows_of
from forms.xforms import Definition, Delta, Node, NodeKind, Session
from tests.forms.xforms.compiled import session
from tests.forms.xforms.property_forms import ALL

VALUES = (
    "",
    "0",
    "1",
    "2",
    "3",
    "17",
    "130",
    "yes",
    "no",
    "north",
    "south",
    "oak",
    "sleep food",
    "x",
)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(("set",) * 6 + ("add", "remove", "move", "undo", "redo", "language")),
        st.integers(0, 1000),
        st.integers(0, 1000),
    ),
    max_size=25,
)
FORMS = pytest.mark.parametrize("form", ALL.values(), ids=ALL.keys())


def perform(filling: Session, act: tuple[str, int, int]) -> Delta | None:
    """Do one act, choosing what it is about by number; None if there is nothing to do it to."""
    what, where, how = act
    nodes = list(filling.root.walk())
    match what:
        case "undo":
            return filling.undo()
        case "redo":
            return filling.redo()
        case "language":
            languages = filling.definition.languages or ("",)
            return filling.set_language(languages[where % len(languages)])
        case "set":
            asked = [node for node in nodes if node.kind is NodeKind.QUESTION]
            return filling.set(asked[where % len(asked)].path, VALUES[how % len(VALUES)])
        case "add":
            repeats = [n for n in nodes if n.kind is NodeKind.REPEAT and not n.count_is_fixed]
            return filling.add(repeats[where % len(repeats)].path) if repeats else None
    rows = [node for node in nodes if node.kind is NodeKind.ROW and not node.count_is_fixed]
    if not rows:
        return None
    row = rows[where % len(rows)].path
    return filling.remove(row) if what == "remove" else filling.move(row, f"{how:06d}")


def seen(filling: Session) -> dict[str, tuple[Any, ...]]:
    """Everything that a page could show, by path."""
    return {node.path: _seen(node) for node in filling.root.walk()}


def _seen(node: Node) -> tuple[Any, ...]:
    return (
        node.relevant,
        node.value,
        node.readonly,
        node.required,
        node.violation,
        node.choices,
        node.kept,
        node.label,
        node.number,
    )


def outermost(paths: Set[str]) -> set[str]:
    """The rows among the paths that are not inside another of them."""
    return {path for path in paths if is_row(path) and not set(rows_of(path)) & paths}


def reopened(form: Definition, filling: Session) -> Session:
    return session(form, filling.answers(), language=filling.language)


@FORMS
@settings(max_examples=30, deadline=None)
@given(acts=ACTS)
def test_the_state_is_that_of_a_fresh_session_with_the_same_answers(
    form: Definition, acts: list[tuple[str, int, int]]
) -> None:
    filling = session(form)
    for act in acts:
        perform(filling, act)
    again = reopened(form, filling)
    assert again.answers() == filling.answers()
    assert again.calculated() == filling.calculated()
    assert seen(again) == seen(filling)


@FORMS
@settings(max_examples=30, deadline=None)
@given(acts=ACTS)
def test_a_delta_names_all_that_changed(form: Definition, acts: list[tuple[str, int, int]]) -> None:
    filling = session(form)
    before = seen(filling)
    for act in acts:
        delta = perform(filling, act)
        after = seen(filling)
        if delta is not None:
            missed = {
                path for path in before.keys() & after.keys() if before[path] != after[path]
            } - delta.changed
            assert not missed
            assert outermost(after.keys() - before.keys()) <= delta.added
            assert outermost(before.keys() - after.keys()) <= delta.removed
        before = after


@FORMS
@settings(max_examples=30, deadline=None)
@given(acts=ACTS)
def test_undoing_everything_is_as_if_nothing_was_said(
    form: Definition, acts: list[tuple[str, int, int]]
) -> None:
    filling = session(form)
    first = filling.answers()
    for act in acts:
        if act[0] not in ("undo", "redo", "language"):
            perform(filling, act)
    last, shown = filling.answers(), seen(filling)
    while filling.can_undo:
        filling.undo()
    assert filling.answers() == first
    while filling.can_redo:
        filling.redo()
    assert filling.answers() == last
    assert seen(filling) == shown
