"""What a row is called: the name of its repeat, its number, and whom or what it is about."""

from __future__ import annotations

from collections.abc import Callable

from desktop.ui.look.emphasis import without_emphasis
from desktop.ui.questions.telling import everything
from desktop.ui.words import tr
from forms.xforms import Node, NodeKind

LONGEST_NAME = 40


def row_title(row: Node, number: int = 0, sees: Callable[[str], bool] = everything) -> str:
    """``A person 2: Isla Rowan``, for a row; ``number`` among those that may be seen."""
    label = row.parent.label if row.parent is not None else ""
    title = tr("{what} {n}", what=without_emphasis(label) or tr("Row"), n=number or row.number)
    named = _name(row, sees)
    return tr("{title}: {name}", title=title, name=named) if named else title


def title_around(node: Node) -> str:
    """The title of the innermost row that a question is in; blank outside rows."""
    at = node.parent
    while at is not None:
        if at.kind is NodeKind.ROW:
            return row_title(at)
        at = at.parent
    return ""


def _name(row: Node, sees: Callable[[str], bool]) -> str:
    """A person's own names, or else the first words or the first person chosen in the row."""
    asked = [n for n in row.children if n.kind is NodeKind.QUESTION and n.relevant and sees(n.path)]
    said = {n.name: " ".join(n.value.split()) for n in asked if n.value}
    given = said.get("preferred_name") or said.get("given_name", "")
    whole = " ".join(part for part in (given, said.get("last_name", "")) if part)
    if not whole:
        whole = next((words for n in asked if (words := _words(n))), "")
    return whole if len(whole) <= LONGEST_NAME else whole[: LONGEST_NAME - 1].rstrip() + "…"


def _words(node: Node) -> str:
    if node.control == "input" and node.type in ("", "string"):
        return " ".join(node.value.split())
    if node.control == "select1" and _is_uuid(node.value):
        return next((c.label for c in node.choices if c.name == node.value), "")
    return ""


def _is_uuid(value: str) -> bool:
    return len(value) == 36 and value.count("-") == 4
