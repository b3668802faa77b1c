"""WCAG 1.3.3, 1.4.2, 2.2.2, 2.3.1, 2.4.4: nothing needs an eye, sounds, moves, or leads nowhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

WINDOWS = Path(__file__).parents[3] / "desktop" / "ui"
BY_THE_EYE = re.compile(
    r"\b(on|to|at) (the|your) (right|left)\b|\b(right|left)-hand\b"
    r"|\b(the|a) (red|green|blue|yellow|grey|orange|round|square) (\w+ )?"
    r"(button|box|mark|line|row|field|card|circle|icon)\b",
    re.IGNORECASE,
)
SAYS_NOWHERE = {"here", "click here", "read more", "this", "link", "go"}


def words_of_the_program() -> Iterator[str]:
    """The first argument of every ``tr`` and both forms of every ``counted``."""
    for file in sorted(WINDOWS.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            for text in node.args if node.func.id in ("tr", "counted") else ():
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield text.value


def test_no_words_point_by_side_shape_or_colour() -> None:
    words = list(words_of_the_program())
    assert len(words) > 500
    assert [text for text in words if BY_THE_EYE.search(text)] == []


@pytest.mark.parametrize(
    "text", ["Choose the box on the right", "Press the green button", "the left-hand list"]
)
def test_words_for_the_eye_are_known(text: str) -> None:
    assert BY_THE_EYE.search(text)


def test_no_words_are_a_link_to_nowhere() -> None:
    found = {text.strip(" .…").lower() for text in words_of_the_program()}
    assert found & SAYS_NOWHERE == set()


def test_1_4_2_and_2_2_2_and_2_3_1_nothing_sounds_moves_or_flashes() -> None:
    loud = re.compile(r"QtMultimedia|\bbeep\(|QPropertyAnimation|QMovie|QTimeLine|QGraphicsEffect")
    files = sorted(WINDOWS.rglob("*.py"))
    assert len(files) > 100
    assert [file.name for file in files if loud.search(file.read_text("utf-8"))] == []
