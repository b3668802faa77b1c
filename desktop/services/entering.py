"""What may be entered: any letter of any script; what no page could show is replaced, visibly."""

from __future__ import annotations

import regex

REPLACED = "\ufffd"
_LINE_ENDS = regex.compile(r"\r\n?|\u2028|\u2029|\x85")
_NOT_TEXT = regex.compile(r"[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}--[\n\t]]", regex.V1)


def enterable(words: str) -> str:
    """`words` with each control, NUL, lone surrogate and noncharacter as U+FFFD, which shows.

    They come in by pasting; no page could show them, and no store or wire need carry them.
    """
    entered: str = _NOT_TEXT.sub(REPLACED, _LINE_ENDS.sub("\n", words))
    return entered
