"""Who may be given a paper, and as what: the reader decides what is printed (domain.md 8.6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from forms.casework.audience import AudienceRules
from forms.casework.blocking import blocks
from forms.casework.entities import entities
from forms.casework.people import Person, household
from forms.casework.reader import (
    CHILD,
    ELSEWHERE,
    EX_PARTNER,
    HOME,
    HUB,
    MEMBER,
    OTHER_PARENT,
    PARTNER,
    PROFESSIONAL,
    PROFESSIONAL_MORE,
    YOUNG_PERSON,
    Reader,
    Told,
)

_OWN_MIND_FROM = 13  # years; as the plans for young people (domain.md 8.2)
_COUPLE = frozenset({"partner", "step"})
_PARENTS = frozenset({"mother", "father"})
_HOME_REFUSED = (
    "Somebody who lives in this home may not have it, and would find it. "
    "Print a copy for one person, and agree how it reaches them."
)


def readers(told: Told) -> tuple[Reader, ...]:
    """Everybody of the family, and the professionals it works with, the home first."""
    people = [_person(person, told) for person in household(told.records) if _can_read(person)]
    at_home = tuple(
        r for r in people if r.kind in {MEMBER, PARTNER, YOUNG_PERSON} and r.is_of_the_home
    )
    home = Reader(HOME, HOME, "", homes=at_home or (Reader(HOME, MEMBER, ""),))
    if any(one.refused for one in at_home):
        home = replace(home, refused=told.pack.words.get("reader.home_refused", _HOME_REFUSED))
    return (home, *people, *_professionals(told))


def hub() -> Reader:
    """Where a request for support goes."""
    return Reader(HUB, HUB, "", circle="social_worker")


def lives_elsewhere(person: Person) -> bool:
    """Whether a person lives, or by anybody's word may live, somewhere else."""
    return (
        person.lives == "elsewhere"
        or person.role == "elsewhere"
        or person.moved_out is not None
        or "lives" in person.unsettled
    )


def _can_read(person: Person) -> bool:
    return not person.is_unborn and person.died is None


def _person(person: Person, told: Told) -> Reader:
    found = list(blocks(told, person.id, (person.name, person.given_name)))
    return Reader(
        key=person.id,
        kind=_kind(person, told.today),
        name=person.name,
        person=person.id,
        refused=found[0].says if found else "",
        lifted_by=found[0].lifted_by if all(block.lifted_by for block in found) and found else "",
        in_view_of=frozenset(change for block in found for change in block.seen),
    )


def _kind(person: Person, today: date) -> str:
    age = person.age(today)
    if person.is_child:
        return YOUNG_PERSON if age is not None and age >= _OWN_MIND_FROM else CHILD
    if not lives_elsewhere(person):
        return PARTNER if person.relation in _COUPLE else MEMBER
    if person.relation in _COUPLE:
        return EX_PARTNER
    return OTHER_PARENT if person.relation in _PARENTS else ELSEWHERE


def _professionals(told: Told) -> Iterator[Reader]:
    choices = AudienceRules.of_pack(told.pack).choices
    circles = {row["code"]: row["circle"] for row in told.pack.tables.get("agencies", ())}
    for known in entities(told.records, "professional"):
        agency, name = known.said("agency"), known.said("person_name")
        choice = choices.get(agency)
        blocked = next((block.says for block in blocks(told, known.id, (name, agency))), "")
        refused = blocked or _not_agreed(
            told, choice.path if choice else "", known.said("may_contact")
        )
        more = _every(told, "/sharing/what/share_which", lambda value: value == "more")
        yield Reader(
            key=known.id,
            kind=PROFESSIONAL_MORE if more else PROFESSIONAL,
            name=", ".join(part for part in (name, known.said("role")) if part),
            circle=circles.get(agency, ""),
            refused=refused,
        )


def _not_agreed(told: Told, question: str, may_contact: str) -> str:
    """Why an agency gets nothing: the family has not said yes, or wants to be asked each time."""
    if question and may_contact != "no" and _every(told, question, lambda value: value == "yes"):
        return ""
    return told.pack.words.get("reader.not_agreed", "The family has not agreed to share with them.")


def _every(told: Told, question: str, holds: Callable[[str], bool]) -> bool:
    """Whether every record that asks a question says what ``holds``; false if none asks it."""
    form = question.split("/")[1] if question else ""
    asked = [record for record in told.records if record.form == form]
    said = [value for record in asked for value in told.values(record, question)]
    return bool(said) and all(holds(value) for value in said)
