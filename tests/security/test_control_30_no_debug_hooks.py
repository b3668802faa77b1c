"""Control 30: nothing in the program traces statements, prints values or opens a debugger."""

from __future__ import annotations

import ast
from pathlib import Path

import desktop

_ROOT = Path(desktop.__file__).parent.parent
_SOURCES = [p for room in ("desktop", "sync", "forms") for p in (_ROOT / room).rglob("*.py")]
_HOOKS = {
    "set_trace_callback",  # prints bound values in full
    "set_trace",
    "breakpoint",
    "settrace",
    "setprofile",
    "enable_load_extension",
    "debuglevel",
    "faulthandler",
}
_ENDS_A_LOCK = {"last_moment.py": {"faulthandler"}}
"""It is only its clock that is used there: what it writes, names of functions, goes nowhere
(`tests/desktop/test_last_moment.py`)."""


def _names(source: str) -> set[str]:
    return {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in ast.walk(ast.parse(source))
        if isinstance(node, (ast.Attribute, ast.Name))
    }


def test_no_source_names_a_hook() -> None:
    named = {path.name: _names(path.read_text("utf-8")) & _HOOKS for path in _SOURCES}
    assert {name: hooks for name, hooks in named.items() if hooks} == _ENDS_A_LOCK


def test_the_search_sees_a_hook() -> None:
    assert "set_trace_callback" in _names("connection.set_trace_callback(print)")
