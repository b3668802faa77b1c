"""Paths of answers: ``/plan/action[0192f3c0-…]/what``.

A repeat instance is named by its UUID, never by its position. The instance itself has a path of
its own, ``/plan/action[0192f3c0-…]``, whose value is its place among its siblings: rows exist and
are ordered by being answered, so adding, moving and removing rows merge as answers do.
"""

from __future__ import annotations

import re

_ROW = re.compile(r"\[([0-9a-f-]{36})\]")


def row_path(repeat: str, row: str) -> str:
    """The path of the instance ``row`` (a UUID) of the repeat at ``repeat``."""
    return f"{repeat}[{row}]"


def is_row(path: str) -> bool:
    """True if the path names a repeat instance and not a question in it."""
    return path.endswith("]")


def row_of(path: str) -> str | None:
    """The path of the innermost instance that holds this path, or None outside repeats."""
    end = path.rfind("]", 0, len(path) - 1 if is_row(path) else None)
    return None if end < 0 else path[: end + 1]


def rows_of(path: str) -> tuple[str, ...]:
    """The paths of every instance that holds this path, outermost first."""
    return tuple(path[: found.end()] for found in _ROW.finditer(path) if found.end() < len(path))


def row_id(path: str) -> str:
    """The UUID of the instance that ``path`` names."""
    found = _ROW.search(path, path.rfind("["))
    if found is None or not is_row(path):
        raise ValueError("not the path of a row")
    return found.group(1)


def schema_path(path: str) -> str:
    """The path in the form's definition: without the rows."""
    return _ROW.sub("", path)


def beside(path: str, schema: str) -> str:
    """The path of the question ``schema`` in the rows that ``path`` is in, as far as they agree."""
    found = schema
    for row in rows_of(path + "/"):
        plain = schema_path(row)
        if schema == plain or schema.startswith(plain + "/"):
            found = row + schema[len(plain) :]
    return found
