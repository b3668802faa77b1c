"""WCAG 2.5.1, 2.5.4, 2.5.7: what is drawn, moved or turned can be said or moved without it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from forms.xforms import Question
from tests.desktop.every_form import FORMS, definition_of

WINDOWS = Path(__file__).parents[3] / "desktop" / "ui"
FOLLOWS_THE_POINTER = {
    "mouseMoveEvent",
    "tabletEvent",
    "dragEnterEvent",
    "dragMoveEvent",
    "dropEvent",
}
NEEDS_DRAGGING = {"QSlider", "QDial", "QSplitter", "setDragEnabled", "setAcceptDrops", "QDrag"}
GESTURES = {"grabGesture", "QPinchGesture", "QSwipeGesture", "QScroller", "QTiltSensor"}


def test_2_5_7_only_the_paper_for_drawing_follows_the_pointer() -> None:
    """Signing may be typed or witnessed: ``test_a_name_is_typed_or_an_agreement_witnessed…``.

    Rows and what is ranked move by buttons: ``test_rows_move_up_and_down…``,
    ``test_things_are_put_in_order_by_buttons``.
    """
    follows, needs = set(), set()
    for file in WINDOWS.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name in FOLLOWS_THE_POINTER:
                follows.add(file.name)
            named = getattr(node, "id", "") or getattr(node, "attr", "")
            if named in NEEDS_DRAGGING | GESTURES:
                needs.add(f"{file.name}: {named}")
    assert follows == {"stroke_pad.py"}
    assert needs == set()


def test_2_5_7_where_something_is_drawn_it_may_be_written_instead() -> None:
    """A drawing is drawn; who cannot or will not says it instead, in the same form."""
    found = list(drawings())
    assert len(found) >= 4
    for question, others in found:
        beside = [other for other in others if other.control == "input" and other.type == "string"]
        assert beside, question.path


def drawings() -> Iterator[tuple[Question, list[Question]]]:
    for form in FORMS:
        questions = list(definition_of(form).questions)
        for question in questions:
            if question.control == "upload" and "draw" in question.appearance.split():
                yield question, questions
