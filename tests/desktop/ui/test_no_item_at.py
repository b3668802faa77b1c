"""No layout of Qt's is asked for its items.

PySide keeps what ``itemAt`` gave beside the layout, and is not told when Qt deletes it. What is
made at its place in memory afterwards is then taken for it: an action of a menu came as a layout's
item, and measuring such a thing ends the process.
"""

from __future__ import annotations

import ast
from pathlib import Path

import desktop

ASKS = {"itemAt", "itemAtPosition"}


def test_no_layout_is_asked_for_its_items() -> None:
    (folder,) = desktop.__path__
    asking = {
        f"{file.name}: {node.lineno}"
        for file in Path(folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ASKS
    }
    assert asking == set()
