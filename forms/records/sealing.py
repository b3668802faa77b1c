"""What of an open change is worth keeping when it is sealed."""

from __future__ import annotations

from dataclasses import replace

from forms.records.change import Change, Written
from forms.records.heads import Heads


def differing(change: Change, heads: Heads) -> Change | None:
    """The change without the answers that say what was there already; None if nothing is left.

    ``heads`` are those of the record without this change. An answer that settles an open conflict
    is kept even if it equals one side of it, and so is one whose author had something on the screen
    that ``heads`` does not have at this path: newer words, or a version of the form that calls it
    otherwise.
    """
    kept = {path: w for path, w in change.answers.items() if _differs(path, w, heads)}
    return replace(change, answers=kept) if kept else None


def _differs(path: str, written: Written, heads: Heads) -> bool:
    before = heads.of(path)
    named = {answer for change_id, answer in before.items() if change_id in written.base}
    if not named:
        return bool(written.base) or not written.answer.is_blank
    return named != {written.answer}
