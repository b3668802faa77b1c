"""The little markup that XLSForm allows in a question: bold, italics, line breaks.

Everything else is shown as it was written: whatever a form or a person puts in a text, it cannot
become a link, a picture or a script.
"""

from __future__ import annotations

import html
import re

_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_ITALIC = re.compile(r"(?<!\w)([*_])(?=\S)([^*_]+?)(?<=\S)\1(?!\w)", re.DOTALL)


def has_emphasis(text: str) -> bool:
    """True if any of the text would be shown bold or in italics."""
    return bool(_BOLD.search(text) or _ITALIC.search(text))


def as_rich_text(text: str) -> str:
    """HTML that shows the text with its emphasis and nothing else."""
    safe = html.escape(text)
    safe = _BOLD.sub(r"<b>\2</b>", safe)
    safe = _ITALIC.sub(r"<i>\2</i>", safe)
    return safe.replace("\n", "<br>")


def without_emphasis(text: str) -> str:
    """The words alone, for names that a screen reader says."""
    return _ITALIC.sub(r"\2", _BOLD.sub(r"\2", text))
