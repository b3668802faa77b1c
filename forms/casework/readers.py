"""Who may be given a paper, and as what: the reader decides what is printed (domain.md 8.6)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import Person, household
from forms.pack import Pack
from forms.records.answer_path import schema_path
from forms.records.change import Change
from forms.records.protective import Protective, governing

HOME, HUB = "household", "hub"
MEMBER, PARTNER, ELSEWHERE = "member", "partner", "elsewhere"
EX_PARTNER, OTHER_PARENT = "ex_partner", "other_parent"
CHILD, YOUNG_PERSON = "child", "young_person"
PROFESSIONAL, PROFESSIONAL_MORE = "professional", "professional_more"
_OWN_MIND_FROM = 13  # years; as the plans for young people (domain.md 8.2)
_COUPLE = frozenset({"partner", "step"})
_PARENTS = frozenset({"mother", "father"})


@dataclass(frozen=True, slots=True, repr=False)
class Reader:
    """Somebody for whom a paper is made.

    ``kind`` is a reader of the pack's table ``recipients``; ``person`` the id of their row in the
    household; ``circle`` what a child calls them when saying who may know. A home has ``homes``:
    everybody who lives there and reads what lies there; each of them must be allowed to have it.
    ``refused`` says in the council's words why nothing is printed for them; blank if it may be.
    """

    key: str
    kind: str
    name: str
    person: str = ""
    circle: str = "family"
    homes: tuple[Reader, ...] = ()
    refused: str = ""

    @property
    def is_of_the_home(self) -> bool:
        """Whether they live where the family lives."""
        return self.kind in {HOME, MEMBER, PARTNER, CHILD, YOUNG_PERSON}


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """All that is known of a family, and what the EHM has listed back of it."""

    records: Sequence[KnownRecord]
    changes: Mapping[str, Sequence[Change]]
    acknowledged: Collection[str]
    pack: Pack
    today: date

    def values(self, record: KnownRecord, path: str) -> frozenset[str]:
        """What an answer says: of a protective one what governs, of any other every head."""
        guard = self._guard(record.form, schema_path(path))
        if guard is not None:
            question = Protective(record.form, path, guard.safest_first)
            return frozenset(
                {governing(question, self.changes.get(record.id, ()), self.acknowledged).value}
            )
        heads = record.heads.of(path).values()
        return frozenset(answer.value for answer in heads) or frozenset({""})

    def _guard(self, form: str, path: str) -> Protective | None:
        for guard in self.pack.protective:
            if (guard.form, guard.path) == (form, path):
                return guard
        return None


def readers(told: Told) -> tuple[Reader, ...]:
    """Everybody of the family, and the professionals it works with, the home first."""
    people = [_person(person, told) for person in household(told.records) if _can_read(person)]
    at_home = tuple(
        r for r in people if r.kind in {MEMBER, PARTNER, YOUNG_PERSON} and r.is_of_the_home
    )
    home = Reader(HOME, HOME, "", homes=at_home or (Reader(HOME, MEMBER, ""),))
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
    return Reader(
        key=person.id,
        kind=_kind(person, told.today),
        name=person.name,
        person=person.id,
        refused=_refused(told, person.id, (person.name, person.given_name)),
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
    circles = {row["agency"]: row for row in told.pack.tables.get("agency_sharing", ())}
    for known in entities(told.records, "professional"):
        agency, name = known.said("agency"), known.said("person_name")
        circle = circles.get(agency, {})
        refused = _refused(told, known.id, (name, agency)) or _not_agreed(
            told, circle.get("question", ""), known.said("may_contact")
        )
        more = _every(told, "/sharing/what/share_which", lambda value: value == "more")
        yield Reader(
            key=known.id,
            kind=PROFESSIONAL_MORE if more else PROFESSIONAL,
            name=", ".join(part for part in (name, known.said("role")) if part),
            circle=circle.get("circle", ""),
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


def _refused(told: Told, reader: str, names: Iterable[str]) -> str:
    """Why the pack's table ``readers_blocked`` keeps everything from somebody; blank if not."""
    wanted = [name.casefold() for name in names if name.strip()]
    for row in told.pack.tables.get("readers_blocked", ()):
        for record in told.records:
            if record.form != row["form"]:
                continue
            for path in record.heads.paths():
                if schema_path(path) != row["path"]:
                    continue
                said = " ".join(told.values(record, path))
                if _names(row["holds"], path, said, reader, wanted):
                    return row["says"]
    return ""


def _names(holds: str, path: str, said: str, reader: str, names: Sequence[str]) -> bool:
    if holds == "people":
        return reader in said.split()
    if holds == "own row":
        return bool(said.strip()) and f"[{reader}]" in path
    words = said.casefold()
    return any(name in words for name in names)
