"""Visits, calls and other contacts with a family (domain.md 1.25), and times somebody was seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import read_date

NO_ACCESS = "no_access"
LATE_AFTER_DAYS = 2


@dataclass(frozen=True, slots=True, repr=False)
class Contact:
    """One contact. ``written`` is when it was recorded: long after, it is a late entry."""

    kind: str
    on: date
    people: tuple[str, ...]
    purpose: str
    child_seen: bool
    child_alone: bool
    written: date
    record: str
    follow_up: str = ""
    follow_up_by: date | None = None

    @property
    def was_made(self) -> bool:
        """True unless nobody opened: that is a record, but no contact."""
        return self.kind != NO_ACCESS

    @property
    def is_late_entry(self) -> bool:
        """True if it was written down more than two days after it happened."""
        return (self.written - self.on).days > LATE_AFTER_DAYS


def contacts(records: Iterable[KnownRecord]) -> tuple[Contact, ...]:
    """Every visit, call and time somebody was seen, in the order of their days."""
    found = [one for record in records for one in (*_visits(record), *_seen(record))]
    return tuple(sorted(found, key=lambda c: (c.on, c.record)))


def last_contact(known: Iterable[Contact], day: date) -> date | None:
    """The newest day up to ``day`` on which somebody of the family was reached."""
    return max((one.on for one in known if one.was_made and one.on <= day), default=None)


def _visits(record: KnownRecord) -> list[Contact]:
    return [
        Contact(
            entity.said("kind"),
            read_date(entity.said("happened")) or record.begun_on,
            entity.chosen("people"),
            entity.said("purpose"),
            entity.said("child_seen") == "yes",
            entity.said("child_alone") == "yes",
            record.begun_on,
            record.id,
            entity.said("follow_up"),
            read_date(entity.said("follow_up_by")),
        )
        for entity in entities([record], "visit")
    ]


def _seen(record: KnownRecord) -> list[Contact]:
    return [
        Contact(
            "seen",
            on,
            entity.chosen("people"),
            entity.said("where"),
            entity.said("child_seen") == "yes",
            entity.said("child_alone") == "yes",
            on,
            record.id,
        )
        for entity in entities([record], "seen")
        if (on := read_date(entity.said("on"))) is not None
    ]
