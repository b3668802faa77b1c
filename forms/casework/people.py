"""The people of a family, its name, and the list of them that other forms choose from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from forms.casework.entities import Entity, entities
from forms.casework.known_record import KnownRecord

PEOPLE_LIST = "people.csv"
_COLUMNS = ("name", "label", "role", "born", "lives", "included")
_CHILDREN = frozenset({"child", "other_child", "unborn"})


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Somebody of the family, as the household form says (domain.md 1.4).

    ``id`` is the UUID of their row. ``role``, ``lives`` and the others hold the form's own codes.
    ``unsettled`` names the properties that two people answered differently.
    """

    id: str
    record: str
    name: str
    role: str
    given_name: str = ""
    last_name: str = ""
    born: date | None = None
    due: date | None = None
    lives: str = ""
    nights: str = ""
    included: str = ""
    relation: str = ""
    language: str = ""
    reading_language: str = ""
    interpreter: str = ""
    print_size: str = ""
    print_needs: tuple[str, ...] = ()
    communication: tuple[str, ...] = ()
    school: str = ""
    school_year: str = ""
    send: str = ""
    disability: str = ""
    caring: str = ""
    gender: str = ""
    ethnicity: str = ""
    parental_responsibility: str = ""
    involved: str = ""
    not_involved_why: str = ""
    gp_registered: str = ""
    dentist_registered: str = ""
    born_estimated: bool = False
    not_included_why: str = ""
    moved_in: date | None = None
    moved_out: date | None = None
    died: date | None = None
    unsettled: frozenset[str] = frozenset()

    @property
    def is_child(self) -> bool:
        """True for children of the family, and for a baby not yet born."""
        return self.role in _CHILDREN

    @property
    def is_unborn(self) -> bool:
        """True for a baby not yet born."""
        return self.role == "unborn"

    def belongs_on(self, day: date) -> bool:
        """True if they are of the family on that day: not yet left, born (or expected), alive."""
        begins = [d for d in (self.moved_in, self.born) if d is not None]
        ends = [d for d in (self.moved_out, self.died) if d is not None]
        return all(d <= day for d in begins) and all(day < d for d in ends)

    def age(self, on: date) -> int | None:
        """Whole years on that day; None before birth, or if nobody said when that was."""
        if self.is_unborn or self.born is None or on < self.born:
            return None
        before_birthday = (on.month, on.day) < (self.born.month, self.born.day)
        return on.year - self.born.year - before_birthday


def family_name(records: Iterable[KnownRecord]) -> str:
    """What the family is called; blank until somebody has said."""
    named = entities(records, "family")
    return next((name for family in named if (name := family.said("family_name").strip())), "")


def household(records: Iterable[KnownRecord]) -> list[Person]:
    """Everybody whom the records name as of this family, in the order in which they stand."""
    return [_person(entity) for entity in entities(records, "person")]


def distinct(people: Iterable[Person]) -> list[Person]:
    """Each person once: two with one name and one birthday are one who was written down twice.

    Two workers who open the same family offline do that; the records stay as they are.
    """
    found: dict[tuple[object, ...], Person] = {}
    for person in people:
        named = person.name.casefold() if person.born else ""
        found.setdefault((named, person.born) if named else (person.id,), person)
    return list(found.values())


def people_csv(people: Sequence[Person]) -> bytes:
    """The people as the list that forms choose from (``people.csv``): value the id, label the name.

    ``role``, ``born``, ``lives`` and ``included`` are for choice filters and for counting.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for p in people:
        born = p.born.isoformat() if p.born and not p.is_unborn else ""
        writer.writerow((p.id, p.name, p.role, born, p.lives, p.included))
    return text.getvalue().encode()


def read_date(text: str) -> date | None:
    """The day of an XForms date or dateTime; None for what is none."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _person(entity: Entity) -> Person:
    said = entity.said
    unborn = said("role") == "unborn"
    return Person(
        id=entity.id,
        record=entity.record,
        name=_name(said("preferred_name") or said("given_name"), said("last_name"), unborn),
        role=said("role"),
        given_name="" if unborn else said("given_name"),
        last_name=said("last_name"),
        born=None if unborn else read_date(said("born")),
        due=read_date(said("due")) if unborn else None,
        lives="" if unborn else said("lives"),
        nights=said("nights") if said("lives") == "both" else "",
        included=said("included"),
        relation=said("relation"),
        language=said("language"),
        reading_language=said("reading_language"),
        interpreter=said("interpreter"),
        print_size=said("print_size"),
        print_needs=entity.chosen("print_needs"),
        communication=entity.chosen("communication"),
        school=said("school"),
        school_year=said("school_year"),
        send=said("send"),
        disability=said("disability"),
        caring=said("caring"),
        gender=said("gender"),
        ethnicity=said("ethnicity"),
        parental_responsibility=said("parental_responsibility"),
        involved=said("involved"),
        not_involved_why=said("not_involved_why"),
        gp_registered=said("gp_registered"),
        dentist_registered=said("dentist_registered"),
        born_estimated=said("born_estimated") == "yes",
        not_included_why=said("not_included_why"),
        moved_in=read_date(said("moved_in")),
        moved_out=read_date(said("moved_out")),
        died=read_date(said("died")),
        unsettled=entity.unsettled,
    )


def _name(first: str, last: str, unborn: bool) -> str:
    if unborn:
        return f"Unborn baby {last}".strip()
    return " ".join(f"{first} {last}".split())
