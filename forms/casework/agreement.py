"""Who agreed to early help, who has changed their mind, and from when (domain.md 1.7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import Person, read_date

YES = frozenset({"agrees", "part"})
WRITTEN = frozenset({"signed", "electronic"})


@dataclass(frozen=True, slots=True, repr=False)
class Agreement:
    """One person's answer, and from which day they withdrew it (None: they did not)."""

    person: str
    answer: str
    on: date
    method: str
    record: str
    withdrawn: date | None = None
    unsettled: bool = False

    def holds_on(self, day: date) -> bool:
        """True if this person agreed, at least in part, on that day."""
        withdrawn = self.withdrawn is not None and self.withdrawn <= day
        return self.answer in YES and not self.unsettled and self.on <= day and not withdrawn


def agreements(records: Iterable[KnownRecord]) -> tuple[Agreement, ...]:
    """Every answer of every person, in the order of their days.

    A withdrawal ends what that person agreed to up to its day, in whatever record it stands.
    """
    known = list(records)
    withdrawals = [
        (entity.said("person"), read_date(entity.said("on")) or record.begun_on)
        for record in known
        for entity in entities([record], "withdrawal")
        if entity.said("person")
    ]
    found = []
    for record in known:
        for entity in entities([record], "agreement"):
            if not entity.said("answer"):
                continue  # a row that holds nothing but defaults
            person, on = entity.said("person"), read_date(entity.said("on")) or record.begun_on
            after = [day for who, day in withdrawals if who == person and day >= on]
            found.append(
                Agreement(
                    person,
                    entity.said("answer"),
                    on,
                    entity.said("method"),
                    record.id,
                    min(after) if after else None,
                    "answer" in entity.unsettled,
                )
            )
    return tuple(sorted(found, key=lambda a: (a.on, a.record, a.person)))


def agreed_by(known: Iterable[Agreement], day: date) -> tuple[str, ...]:
    """The ids of those whose agreement holds on that day: each by their newest answer."""
    newest: dict[str, Agreement] = {}
    for one in known:
        if one.on <= day:
            newest[one.person] = one
    return tuple(person for person, one in newest.items() if one.holds_on(day))


def must_agree(people: Iterable[Person], day: date) -> tuple[Person, ...]:
    """Those able to decide for themselves or for a child: adults of the household, and 16+."""
    return tuple(
        person
        for person in people
        if person.belongs_on(day)
        and (
            (not person.is_child and person.role == "parent")
            or (person.role == "child" and (person.age(day) or 0) >= 16)
        )
    )


def is_agreed(people: Iterable[Person], known: Iterable[Agreement], day: date) -> bool:
    """True if everybody who must agree does, and at least one person does."""
    agreed = set(agreed_by(known, day))
    return bool(agreed) and all(p.id in agreed for p in must_agree(people, day))


def all_withdrawn_on(known: Iterable[Agreement]) -> date | None:
    """From which day nobody agrees any more who once did; None while somebody does."""
    answers = list(known)
    days = sorted({one.withdrawn for one in answers if one.withdrawn is not None})
    ever = [one for one in answers if one.answer in YES]
    if not ever or not days or agreed_by(answers, max(days)):
        return None
    return next((day for day in days if not agreed_by(answers, day)), None)
