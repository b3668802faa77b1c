"""Who is who to whom, and who decides for each child (domain.md 1.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from forms.casework.entities import Entity, entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import Person, household, read_date


@dataclass(frozen=True, slots=True, repr=False)
class Relationship:
    """What ``person`` is to ``child`` (ids), from and until when.

    ``responsibility`` is ``yes``, ``no``, ``not_known`` or blank: does this person hold parental
    responsibility for this child.
    """

    person: str
    child: str
    kind: str
    since: date | None = None
    until: date | None = None
    responsibility: str = ""
    unsettled: bool = False

    def holds_on(self, day: date) -> bool:
        """True if it held on that day, as far as anybody said."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


def relationships(records: Iterable[KnownRecord]) -> tuple[Relationship, ...]:
    """What the relationships form says; where it is silent, what the household form says."""
    known = list(records)
    told = [_told(entity) for entity in entities(known, "relationship")]
    told = [one for one in told if one.person and one.child and one.person != one.child]
    pairs = {(one.person, one.child) for one in told}
    people = household(known)
    assumed = [
        Relationship(
            adult.id, child.id, adult.relation, responsibility=adult.parental_responsibility
        )
        for adult in people
        for child in people
        if adult.relation and not adult.is_child and child.is_child
        if (adult.id, child.id) not in pairs
    ]
    return tuple(told + assumed)


def responsible_for(child: Person, known: Iterable[Relationship], day: date) -> tuple[str, ...]:
    """The ids of those who hold parental responsibility for a child on that day."""
    return tuple(
        dict.fromkeys(
            one.person
            for one in known
            if one.child == child.id and one.responsibility == "yes" and one.holds_on(day)
        )
    )


def _told(entity: Entity) -> Relationship:
    return Relationship(
        person=entity.said("person"),
        child=entity.said("child"),
        kind=entity.said("type"),
        since=read_date(entity.said("from")),
        until=read_date(entity.said("to")),
        responsibility=entity.said("parental_responsibility"),
        unsettled=bool(entity.unsettled),
    )
