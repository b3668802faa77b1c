"""The family tree and the map of who helps, as data: who stands where, and what joins them.

Positions are in whole steps: one step is the width of a person. Whoever draws it, on a screen or on
paper, reads places and words from here, so that both show the same family (domain.md 1.5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, pi, sin

from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import Person
from forms.casework.relationships import Relationship

_PARENTS = frozenset(
    {"mother", "father", "step", "partner", "kinship", "foster", "private_foster", "sgo", "other"}
)
_ELDERS = frozenset({"grandparent"})


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """One person in the tree: ``row`` 0 is the eldest generation, ``column`` counts from 0.

    ``shape`` is the genogram's own: ``square`` male, ``circle`` female, ``diamond`` not said or
    another, ``triangle`` not born yet. ``crossed``: they have died. ``inside``: they live here.
    """

    person: str
    name: str
    age: int | None
    row: int
    column: float
    shape: str
    crossed: bool
    inside: bool


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """A relationship between two people of the tree; ``ended`` ones are drawn broken."""

    person: str
    other: str
    kind: str
    ended: bool


@dataclass(frozen=True, slots=True, repr=False)
class Genogram:
    """The tree. ``words`` says it all in sentences' parts, for whoever does not see the picture."""

    places: tuple[Place, ...]
    lines: tuple[Line, ...]
    unsettled: bool

    @property
    def width(self) -> float:
        """How many columns there are."""
        return max((place.column + 1 for place in self.places), default=0)


@dataclass(frozen=True, slots=True, repr=False)
class Helper:
    """Somebody who helps: at ``x``, ``y`` on a circle of radius 1 around the family."""

    name: str
    role: str
    agency: str
    strength: str
    x: float
    y: float


def genogram(people: Sequence[Person], related: Iterable[Relationship], today: date) -> Genogram:
    """The tree of these people as they stand on that day. Nobody is left out, and none overlap."""
    known = {person.id: person for person in people}
    lines = [one for one in related if one.person in known and one.child in known]
    rows = _rows(people, lines)
    columns = _columns(people, lines, rows)
    return Genogram(
        places=tuple(
            _place(person, rows[person.id], columns[person.id], today) for person in people
        ),
        lines=tuple(
            Line(one.person, one.child, one.kind, not one.holds_on(today))
            for one in sorted(lines, key=lambda o: (o.person, o.child, o.kind))
        ),
        unsettled=any(one.unsettled for one in lines),
    )


def ecomap(records: Iterable[KnownRecord], today: date) -> tuple[Helper, ...]:
    """Who helps the family, its own network before professionals, evenly around it."""
    known = list(records)
    found = [
        (
            e.said("person_name"),
            e.said("relation"),
            "",
            "strong" if e.said("agreed") == "yes" else "",
        )
        for e in entities(known, "network")
    ]
    for e in entities(known, "professional"):
        if not e.said("to") or e.said("to") > today.isoformat():
            strength = "strong" if e.said("in_team") == "yes" else ""
            found.append((e.said("person_name"), e.said("role"), e.said("agency"), strength))
    named = [one for one in dict.fromkeys(found) if one[0] or one[2]]
    return tuple(
        Helper(
            *one,
            x=round(sin(2 * pi * n / len(named)), 4),
            y=round(-cos(2 * pi * n / len(named)), 4),
        )
        for n, one in enumerate(named)
    )


def _rows(people: Sequence[Person], lines: Iterable[Relationship]) -> dict[str, int]:
    """Which generation everybody is of; the eldest that there is stands in row 0."""
    rows = {person.id: 2 if person.is_child else 1 for person in people}
    for one in lines:
        if one.kind in _ELDERS and not _is_child(people, one.person):
            rows[one.person] = 0
    eldest = min(rows.values(), default=0)
    return {person: row - eldest for person, row in rows.items()}


def _columns(
    people: Sequence[Person], lines: Sequence[Relationship], rows: Mapping[str, int]
) -> dict[str, float]:
    """Each row from the left, the eldest child first, every row in the middle of the widest."""
    order = {person.id: number for number, person in enumerate(people)}
    joined = {one.person for one in lines if one.kind in _PARENTS}
    by_row: dict[int, list[Person]] = {}
    for person in people:
        by_row.setdefault(rows[person.id], []).append(person)
    widest = max((len(row) for row in by_row.values()), default=0)
    found: dict[str, float] = {}
    for row in by_row.values():
        row.sort(
            key=lambda p: (
                p.is_unborn,
                (p.born or date.max) if p.is_child else date.min,
                p.id not in joined,
                order[p.id],
            )
        )
        start = (widest - len(row)) / 2
        found |= {person.id: start + number for number, person in enumerate(row)}
    return found


def _place(person: Person, row: int, column: float, today: date) -> Place:
    shape = {"male": "square", "female": "circle"}.get(person.gender, "diamond")
    return Place(
        person=person.id,
        name=person.name,
        age=person.age(today) if person.is_child and person.died is None else None,
        row=row,
        column=column,
        shape="triangle" if person.is_unborn else shape,
        crossed=person.died is not None and person.died <= today,
        inside=person.lives in ("here", "both", "") and person.moved_out is None,
    )


def _is_child(people: Iterable[Person], id: str) -> bool:  # noqa: A002 - the field's own word
    return any(person.id == id and person.is_child for person in people)
