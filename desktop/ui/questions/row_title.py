"""What a row is called: the name of its repeat, and its number."""

from __future__ import annotations

from desktop.ui.look.emphasis import without_emphasis
from desktop.ui.words import tr
from forms.xforms import Node, NodeKind


def row_title(row: Node, number: int = 0) -> str:
    """``A person 2``, for a row; ``number`` among those that may be seen, if not all may."""
    label = row.parent.label if row.parent is not None else ""
    return tr("{what} {n}", what=without_emphasis(label) or tr("Row"), n=number or row.number)


def title_around(node: Node) -> str:
    """The title of the innermost row that a question is in; blank outside rows."""
    at = node.parent
    while at is not None:
        if at.kind is NodeKind.ROW:
            return row_title(at)
        at = at.parent
    return ""
