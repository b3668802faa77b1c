"""What happened, in order: events that the family told, visits, and records finished."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import read_date


@dataclass(frozen=True, slots=True, repr=False)
class Happening:
    """One line of the chronology.

    ``day`` is None where people only remember roughly; then ``when`` has their words. ``kind`` is
    ``event`` or ``visit``; ``people`` are ids.
    """

    kind: str
    day: date | None
    when: str
    what: str
    people: tuple[str, ...]
    record: str


def chronology(records: Iterable[KnownRecord]) -> tuple[Happening, ...]:
    """Events and visits of all records; those with a day in order, the others before them."""
    known = list(records)
    found = [
        Happening(
            "event",
            read_date(e.said("when")),
            e.said("when"),
            e.said("what"),
            e.chosen("people"),
            e.record,
        )
        for e in entities(known, "event")
    ]
    found += [
        Happening(
            "visit",
            read_date(v.said("happened")),
            v.said("happened"),
            v.said("purpose"),
            v.chosen("people"),
            v.record,
        )
        for v in entities(known, "visit")
    ]
    return tuple(sorted(found, key=lambda h: (h.day is not None, h.day or date.min)))
