"""What to think of with this family: health, early learning, tools, referrals (domain.md 1.26).

Prompts come from answers that are there; each must be weighed by a person. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.needs import PROGRAMME_NEEDS, Need
from forms.casework.people import Person

_EARLY_YEARS = 5
_TWO = range(2, 5)
_SIXTEEN, _EIGHTEEN, _TWENTY = 16, 18, 20
_NEGLECT, _EXPLOITATION = frozenset({"SF06_1"}), frozenset({"SF06_3", "SF06_4"})
_DOMESTIC_ABUSE, _NEGLECTED = "SF08", "VG01"


@dataclass(frozen=True, slots=True, repr=False)
class Prompt:
    """One thing to think of: its ``kind``, and whom it is about (an id, or blank: the family)."""

    kind: str
    person: str = ""


def prompts(
    records: Iterable[KnownRecord], people: Iterable[Person], needs: Sequence[Need], today: date
) -> tuple[Prompt, ...]:
    """What to think of, in the order of people; what is about the whole family last."""
    known = list(records)
    here = [person for person in people if person.belongs_on(today) or person.is_unborn]
    used = {tool.said("tool") for kind in ("tool", "tool_use") for tool in entities(known, kind)}
    used |= {"dash"} if any(record.form == "dash_summary" for record in known) else set()
    found = [prompt for person in here for prompt in _of_person(person, here, today)]
    domains = {need.domain for need in needs}
    codes = {need.code for need in needs}
    groups = {group for flag in entities(known, "group") for group in flag.chosen("groups")}
    if _DOMESTIC_ABUSE in domains and "dash" not in used:
        found.append(Prompt("dash"))
    if (codes & _NEGLECT or _NEGLECTED in groups) and "gcp" not in used:
        found.append(Prompt("gcp"))
    if codes & _EXPLOITATION and "cse" not in used:
        found.append(Prompt("exploitation"))
    if len(codes) >= PROGRAMME_NEEDS:
        found.append(Prompt("programme"))
    return tuple(found)


def _of_person(person: Person, people: Sequence[Person], today: date) -> Iterable[Prompt]:
    age = person.age(today)
    if person.is_child and not person.is_unborn:
        if person.gp_registered != "yes":
            yield Prompt("gp", person.id)
        if person.dentist_registered != "yes":
            yield Prompt("dentist", person.id)
    if age is not None and person.is_child:
        if age in _TWO and not person.school:
            yield Prompt("early_learning", person.id)
        if age < _EARLY_YEARS:
            yield Prompt("early_years", person.id)
        if age >= _SIXTEEN:
            yield Prompt("own_agreement", person.id)
        if _SIXTEEN <= age < _EIGHTEEN and not person.school:
            yield Prompt("education_or_work", person.id)
    if person.is_child and person.caring == "yes":
        yield Prompt("young_carer", person.id)
    if person.interpreter == "yes":
        yield Prompt("interpreter", person.id)
    if not person.is_child and person.role == "parent" and age is not None and age < _TWENTY:
        yield Prompt("young_parent", person.id)
    if person.is_unborn and not any(other.role == "parent" for other in people):
        yield Prompt("parent_of_unborn", person.id)
