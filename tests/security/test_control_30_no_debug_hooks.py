"""Control 30: nothing in the program traces statements, prints values or opens a debugger."""

from __future__ import annotations

import ast

from tests.security.sources import sources_with

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


def _names(source: ast.Module) -> set[str]:
    return {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in ast.walk(source)
        if isinstance(node, (ast.Attribute, ast.Name))
    }


def test_no_source_names_a_hook() -> None:
    named = {path.name: _names(source) & _HOOKS for path, source in sources_with(_HOOKS)}
    assert {name: hooks for name, hooks in named.items() if hooks} == _ENDS_A_LOCK


def test_the_search_sees_a_hook() -> None:
    assert "set_trace_callback" in _names(ast.parse("connection.set_trace_callback(print)"))
