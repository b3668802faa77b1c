"""What managers wrote of a family: only from the centre, signed in, is it a manager's word.

What a worker types of it, in the same form or in a review, is a note of theirs; it stands in the
record for everybody to read and is no oversight (domain.md 1.17).
"""

from __future__ import annotations

from collections.abc import Iterable

from forms.casework.entities import Entity, entities
from forms.casework.known_record import KnownRecord

_SAYS_WHAT = ("on", "occasion", "decision", "comments", "about_record", "about_seen")
"""What makes a note the one it is."""


def managers_notes(records: Iterable[KnownRecord]) -> tuple[Entity, ...]:
    """The notes of the form *oversight* that somebody wrote signed in at the centre."""
    return tuple(
        note
        for record in records
        for note in entities([record], "oversight")
        if record.is_from_the_centre(note.paths.get(name, "") for name in _SAYS_WHAT)
    )


def is_overseen(records: Iterable[KnownRecord]) -> bool:
    """True if a manager wrote a note, or looked at a review and said so, at the centre."""
    known = list(records)
    return bool(managers_notes(known)) or any(
        review.said("manager_note").strip() and record.is_second_word(review.paths["manager_note"])
        for record in known
        for review in entities([record], "review")
    )
