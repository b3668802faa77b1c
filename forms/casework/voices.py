"""What each child said, and how fresh it is (domain.md 1.9, 5.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from forms.casework.entities import Entity, entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import Person, read_date

FRESH_FOR = timedelta(weeks=12)
"""A voice older than this counts as reused, not as heard (domain.md 3.6.4, M28)."""
_NOT_HEARD = frozenset({"declined"})


@dataclass(frozen=True, slots=True, repr=False)
class Voice:
    """One time a child was heard: how, on which day, and in whose record.

    ``shared_with`` are those to whom the child said yes; it is empty while two answers differ.
    """

    child: str
    on: date
    how: tuple[str, ...]
    alone: bool
    record: str
    shared_with: tuple[str, ...] = ()

    @property
    def was_heard(self) -> bool:
        """True unless all that is recorded is that the child did not want to."""
        return not self.how or bool(set(self.how) - _NOT_HEARD)


def voices(records: Iterable[KnownRecord]) -> tuple[Voice, ...]:
    """Every time a child was heard, in the order of their days."""
    found = [
        Voice(
            entity.said("child"),
            read_date(entity.said("on")) or record.begun_on,
            entity.chosen("how"),
            entity.said("alone") == "yes",
            record.id,
            _shared_with(entity),
        )
        for record in records
        for entity in entities([record], "voice")
        if entity.said("child")
    ]
    return tuple(sorted(found, key=lambda v: (v.on, v.record)))


def is_fresh(known: Iterable[Voice], child: Person, day: date) -> bool:
    """True if the child was heard in the twelve weeks up to that day."""
    return any(
        voice.child == child.id and voice.was_heard and day - FRESH_FOR <= voice.on <= day
        for voice in known
    )


def may_see(known: Iterable[Voice], child: Person, who: str) -> bool:
    """True if this child let ``who`` (``school``, ``family`` ...) see what they said last.

    Each child decides for themselves: a brother's yes is no answer of a sister's.
    """
    of_child = [voice for voice in known if voice.child == child.id and voice.was_heard]
    return bool(of_child) and who in of_child[-1].shared_with


def _shared_with(entity: Entity) -> tuple[str, ...]:
    if entity.said("share_ok") not in ("yes", "some") or entity.unsettled & {
        "share_ok",
        "share_with",
    }:
        return ()
    return entity.chosen("share_with")
