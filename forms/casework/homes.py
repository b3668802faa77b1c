"""Where the family lives and has lived (domain.md 1.4): addresses through time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from forms.casework.entities import Entity, entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import read_date

MAIN = "main"


@dataclass(frozen=True, slots=True, repr=False)
class Home:
    """One address. ``until`` is the first day on which it was no home any more.

    A home that nobody ended ends when the next one of its kind begins. ``confidential`` is true
    unless somebody said that it is not: an address that may put somebody at risk goes nowhere.
    """

    id: str
    kind: str
    lines: tuple[str, ...]
    postcode: str
    since: date | None
    until: date | None
    confidential: bool

    def is_home_on(self, day: date) -> bool:
        """True if the family lived there on that day, as far as anybody said."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day < self.until)


def homes(records: Iterable[KnownRecord]) -> tuple[Home, ...]:
    """Every home, the one lived in first first; those without a day before the others."""
    found = sorted(entities(records, "home"), key=lambda e: (e.said("from"), e.place, e.id))
    return tuple(_home(entity, found) for entity in found)


def main_home(known: Iterable[Home], day: date) -> Home | None:
    """The home that was the main one on that day, of several the one moved into last."""
    there = [home for home in known if home.kind in (MAIN, "") and home.is_home_on(day)]
    return max(there, key=lambda home: home.since or date.min, default=None)


def _home(entity: Entity, all_homes: Iterable[Entity]) -> Home:
    since = read_date(entity.said("from"))
    ended = read_date(entity.said("to"))
    later = [
        day
        for other in all_homes
        if other.said("kind") == entity.said("kind") and other.id != entity.id
        if (day := read_date(other.said("from"))) is not None and (since is None or day > since)
    ]
    lines = (entity.said("line_1"), entity.said("line_2"), entity.said("town"))
    return Home(
        id=entity.id,
        kind=entity.said("kind"),
        lines=tuple(line for line in lines if line),
        postcode=entity.said("postcode"),
        since=since,
        until=ended or (min(later) if later else None),
        confidential=entity.said("confidential") != "no" or "confidential" in entity.unsettled,
    )
