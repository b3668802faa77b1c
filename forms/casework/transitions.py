"""Changes that every child goes through: nursery, school, 16, 18 (domain.md 1.24, 6.5 row 153).

A school year begins in September: a child is in reception from the September after their fourth
birthday, in year 7 from the one after their eleventh (England).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from forms.casework.people import Person

NURSERY, PRIMARY, SECONDARY, SIXTEEN, EIGHTEEN, BABY = (
    "nursery", "primary", "secondary", "sixteen", "eighteen", "baby",
)  # fmt: skip
_SEPTEMBER = 9
_MONTHS_AHEAD = 7


@dataclass(frozen=True, slots=True, repr=False)
class Transition:
    """One change ahead for one person (an id), and the day from which it holds."""

    person: str
    kind: str
    on: date


def transitions(people: Iterable[Person], today: date) -> tuple[Transition, ...]:
    """The changes of the next seven months, the nearest first."""
    found = [
        transition
        for person in people
        if person.is_child and person.moved_out is None and person.died is None
        for transition in _of(person)
        if today <= transition.on <= _months_after(today, _MONTHS_AHEAD)
    ]
    return tuple(sorted(found, key=lambda t: (t.on, t.person)))


def _of(person: Person) -> tuple[Transition, ...]:
    if person.is_unborn:
        return (Transition(person.id, BABY, person.due),) if person.due else ()
    born = person.born
    if born is None:
        return ()
    return (
        Transition(person.id, NURSERY, _birthday(born, 3)),
        Transition(person.id, PRIMARY, _september_after(_birthday(born, 4))),
        Transition(person.id, SECONDARY, _september_after(_birthday(born, 11))),
        Transition(person.id, SIXTEEN, _birthday(born, 16)),
        Transition(person.id, EIGHTEEN, _birthday(born, 18)),
    )


def _birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:  # born on 29 February
        return date(born.year + years, 3, 1)


def _september_after(birthday: date) -> date:
    september = date(birthday.year, _SEPTEMBER, 1)
    return september if birthday < september else date(birthday.year + 1, _SEPTEMBER, 1)


def _months_after(day: date, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, min(day.day, 28))
