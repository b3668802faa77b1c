"""Meetings of the Team Around the Family, and reviews (domain.md 1.19, 1.20)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import read_date

CAME = frozenset({"attended", "part", "online"})
_NO_MEETING = "views"
_FAMILY = frozenset({"family", "mum", "dad", "mother", "father", "parent", "carer", "child"})


@dataclass(frozen=True, slots=True, repr=False)
class Attendance:
    """Whether somebody who was invited came; ``role`` is from where and as what, in words."""

    name: str
    role: str
    came: str

    @property
    def was_there(self) -> bool:
        """True if they came, at least for a part or online."""
        return self.came in CAME


@dataclass(frozen=True, slots=True, repr=False)
class Meeting:
    """One meeting of the team. It counts as held once it has a day and somebody came.

    ``by_views``: it was held by collecting views, without coming together; it counts as held.
    """

    record: str
    kind: str
    held: date | None
    by_views: bool
    invited: tuple[Attendance, ...]
    decision: str
    next_meeting: date | None
    family_was_heard: bool
    notes_given: date | None

    @property
    def came(self) -> int:
        """How many of the invited came."""
        return sum(one.was_there for one in self.invited)

    def was_held_by(self, day: date) -> bool:
        """True if it took place up to that day: together, online, or by collecting views."""
        happened = self.held is not None and self.held <= day
        return happened and (self.by_views or self.came > 0 or not self.invited)

    @property
    def family_was_there(self) -> bool:
        """True if somebody of the family is written down as having come."""
        return any(one.was_there and _is_family(one.role) for one in self.invited)


@dataclass(frozen=True, slots=True, repr=False)
class Review:
    """One review: what was decided, at which level, and when the next one is."""

    record: str
    kind: str
    on: date
    level: int | None
    decision: str
    next_review: date | None
    is_final: bool


def meetings(records: Iterable[KnownRecord]) -> tuple[Meeting, ...]:
    """Every meeting, in the order of their days; those without a day last."""
    found = [meeting for record in records for meeting in _meetings(record)]
    return tuple(sorted(found, key=lambda m: (m.held or date.max, m.record)))


def reviews(records: Iterable[KnownRecord]) -> tuple[Review, ...]:
    """Every review, in the order of their days."""
    found = [
        Review(
            record.id,
            entity.said("kind"),
            read_date(entity.said("on")) or record.begun_on,
            int(entity.said("level")) if entity.said("level").isdigit() else None,
            entity.said("decision"),
            read_date(entity.said("next_review")),
            record.finalised,
        )
        for record in records
        for entity in entities([record], "review")
    ]
    return tuple(sorted(found, key=lambda r: (r.on, r.record)))


def _meetings(record: KnownRecord) -> list[Meeting]:
    invited = tuple(
        Attendance(one.said("person_name"), one.said("role"), one.said("came"))
        for one in entities([record], "attendance")
    )
    given = [
        day
        for one in entities([record], "circulated")
        if (day := read_date(one.said("on"))) is not None
    ]
    return [
        Meeting(
            record.id,
            entity.said("kind"),
            read_date(entity.said("held")),
            entity.said("how") == _NO_MEETING,
            invited,
            entity.said("decision"),
            read_date(entity.said("next")),
            bool(entity.said("family_update").strip()),
            min(given) if given else None,
        )
        for entity in entities([record], "meeting")
    ]


def _is_family(role: str) -> bool:
    return bool(_FAMILY & set(role.casefold().replace(",", " ").split()))
