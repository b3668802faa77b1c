"""Lists that say a column in several languages: ``label::Polski (pl)`` beside ``label``.

So an XLSForm says its own words; a list that comes with a form does it the same way.
"""

from __future__ import annotations

from forms.xforms.reading import column_name
from forms.xforms.tree import Element, Node

BETWEEN = "::"


def in_language(cell: Node, language: str) -> str:
    """What a cell of a list says in a language; as it stands where its row does not say it."""
    row = cell.parent
    if not language or not isinstance(cell, Element) or not isinstance(row, Element):
        return cell.string()
    return row.value_of(column_name(f"{cell.name}{BETWEEN}{language}")) or cell.string()
