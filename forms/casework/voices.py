"""What each child said, and how fresh it is (domain.md 1.9, 5.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import Person, read_date

FRESH_FOR = timedelta(weeks=12)
"""A voice older than this counts as reused, not as heard (domain.md 3.6.4, M28)."""
_NOT_HEARD = frozenset({"declined"})


@dataclass(frozen=True, slots=True, repr=False)
class Voice:
    """One time a child was heard: how, on which day, and in whose record."""

    child: str
    on: date
    how: tuple[str, ...]
    alone: bool
    record: str

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
