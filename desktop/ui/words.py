"""The words of the program itself. The text of a form belongs to the form, and never comes here."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

CONTEXT = "desktop.ui"


def tr(words: str, /, **values: object) -> str:
    """The words in the worker's language, with ``{names}`` in them filled in.

    Only ``words`` is searched for names: braces inside a value stay as they are.
    """
    translated = QCoreApplication.translate(CONTEXT, words)
    return translated.format(**values) if values else translated


def counted(number: int, one: str, many: str, /, **values: object) -> str:
    """``one`` or ``many`` with ``{n}`` in it: `counted(2, "{n} change", "{n} changes")`."""
    return tr(one if number == 1 else many, n=number, **values)


def listed(parts: list[str]) -> str:
    """Words for several things: "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return tr("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])


_LONGEST_WORD = 20
_MAY_BREAK = "\u200b"


def breakable(text: str) -> str:
    """What a person wrote, with places to wrap inside words that no line could hold."""
    return re.sub(rf"(\S{{{_LONGEST_WORD}}})(?=\S)", rf"\1{_MAY_BREAK}", text)
