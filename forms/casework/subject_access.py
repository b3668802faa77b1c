"""What is written about one person, as a draft for an officer: nothing of it is ready to be sent.

UK GDPR article 15; Data Protection Act 2018, schedule 2 paragraph 16 (others' data) and schedule 3
part 3 (serious harm). An officer reads every line and decides. The marks help them to look; that a
line has none does not say that it may be given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import regex

from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import Person, household
from forms.records.answer import Answer
from forms.records.answer_path import is_row, row_id, rows_of, schema_path
from forms.records.change import Change

THIRD_PARTY, RESTRICTED, SERIOUS_HARM = "third_party", "restricted", "serious_harm"
TABLE = "subject_access"
_PLACE = "@"
_TITLED = regex.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+(\p{Lu}\p{L}+)")
_UNNAMED = regex.compile(
    r"\b(?:nan|nana|nanny|gran|granny|grandma|grandad|grandmother|grandfather|aunt|auntie|uncle"
    r"|cousin|neighbour|friend|boyfriend|girlfriend|stepdad|stepmum|ex|landlord)s?\b",
    regex.IGNORECASE,
)
"""Words for people outside the household whom nobody wrote down by name."""


@dataclass(frozen=True, slots=True, repr=False)
class AccessLine:
    """One answer that stands: in which record, at which path, by whom, when, and its marks.

    That nothing was said, and why, is written about somebody too.
    """

    record: str
    form: str
    path: str
    answer: Answer
    author: str
    at: datetime
    marks: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """All that somebody wrote there."""
        return f"{self.answer.value} {self.answer.reason}".strip()


@dataclass(frozen=True, slots=True, repr=False)
class AccessDraft:
    """Every line that may be about the person; ``left_out``: answers that are of others alone."""

    lines: tuple[AccessLine, ...]
    left_out: int


def access_draft(
    records: Sequence[KnownRecord],
    changes: Mapping[str, Change],
    person: str,
    rules: Iterable[Mapping[str, str]],
) -> AccessDraft:
    """The draft for a person of the household, named by their id.

    ``changes`` are those of the records, by id. ``rules`` is the pack's table ``subject_access``:
    form, path and the mark of what lies there. What is in somebody else's row and does not name
    the person is left out, and counted.
    """
    people = household(records)
    subject = next((one for one in people if one.id == person), None)
    if subject is None:
        return AccessDraft((), 0)
    others = {one.id for one in people} - {person}
    names, of_subject = _names_of_others(records, subject), _names(records, {person})
    marks = list(rules)
    lines, left_out = [], 0
    for record in records:
        child, owners = _child(record), _Owners(record, {person, *others}, of_subject)
        for line in _standing(record, changes):
            is_of_another = _is_of_another(line, child, person, others)
            if is_of_another and not _mentions(line.words, of_subject, {person}):
                left_out += 1
                continue
            found = [row["mark"] for row in marks if _lies_in(line, row)]
            is_others = is_of_another or owners.are_without(line.path, person)
            if is_others or _mentions(line.words, names, others) or _hints(line, subject):
                found.append(THIRD_PARTY)
            lines.append(replace(line, marks=tuple(dict.fromkeys(found))))
    lines.sort(key=lambda line: (line.at, line.record, line.path))
    return AccessDraft(tuple(lines), left_out)


def _standing(record: KnownRecord, changes: Mapping[str, Change]) -> Iterator[AccessLine]:
    """Every answer that stands, each of several that differ, with who wrote it and when."""
    for path in sorted(record.heads.paths()):
        if path.startswith(_PLACE) or is_row(path):
            continue
        for head, answer in record.heads.of(path).items():
            if answer.value.strip() or answer.absent is not None:
                said = changes[head]
                yield AccessLine(record.id, record.form, path, answer, said.author, said.at)


def _is_of_another(line: AccessLine, child: str, person: str, others: Collection[str]) -> bool:
    """True in the row of somebody else, and in what another child said."""
    rows = {row_id(row) for row in rows_of(line.path)}
    return person not in rows and (bool(rows & set(others)) or (child in others))


class _Owners:
    """Whom the parts of a record are about: those who are named in the same row, or group.

    Where nobody is named in it, what is around it counts: last the record as a whole.
    """

    def __init__(
        self, record: KnownRecord, people: Collection[str], names: Collection[str]
    ) -> None:
        self._named: dict[str, set[str]] = {}
        self._of_outsiders: set[str] = set()
        said = record.heads.answers()  # of what is not asked as things stand, too
        for path, answer in said.items():
            if found := set(answer.value.split()) & set(people):
                self._named.setdefault(path.rpartition("/")[0], set()).update(found)
        for declared in record.definition.entities:
            if declared.path.count("/") == 1:  # the record as a whole
                own = (said[path].value for path in declared.properties.values() if path in said)
                ids = (set(words.split()) & set(people) for words in own)
                self._named.setdefault("", set()).update(*ids)
                continue
            for entity in entities([record], declared.dataset):
                outsider = entity.said("person_name").strip()
                if outsider and not _mentions(outsider, names, ()):
                    self._of_outsiders.add(entity.paths["person_name"].rpartition("/")[0])

    def are_without(self, path: str, person: str) -> bool:
        """True if somebody is named, and not this person."""
        if any(row_id(row) == person for row in rows_of(path)):
            return False
        while path:
            path = path.rpartition("/")[0]
            if path in self._of_outsiders:
                return True
            if found := self._named.get(path):
                return person not in found
        return False


def _child(record: KnownRecord) -> str:
    """The child who was heard in this record; blank if it is of no child."""
    return next((one.said("child") for one in entities([record], "voice")), "")


def _lies_in(line: AccessLine, row: Mapping[str, str]) -> bool:
    path = schema_path(line.path)
    return line.form == row["form"] and (path == row["path"] or path.startswith(row["path"] + "/"))


def _mentions(value: str, names: Collection[str], ids: Collection[str]) -> bool:
    """True if the words name one of these people, or the answer is one of them."""
    if set(value.split()) & set(ids):
        return True
    return any(
        regex.search(rf"(?<!\p{{L}}){regex.escape(name)}(?!\p{{L}})", value, regex.IGNORECASE)
        for name in names
    )


def _hints(line: AccessLine, subject: Person) -> bool:
    """True if the words speak of somebody by a title, or by what they are to the family."""
    titled = (found.casefold() for found in _TITLED.findall(line.words))
    others = [name for name in titled if name != subject.last_name.casefold()]
    return bool(others) or _UNNAMED.search(line.words) is not None


def _names(records: Sequence[KnownRecord], people: Collection[str]) -> set[str]:
    """Every name that these people of the household have or had."""
    found = {one.name for one in household(records) if one.id in people}
    for one in entities(records, "person"):
        if one.id in people:
            found |= {one.said("given_name"), one.said("preferred_name")}
            found |= set(regex.split(r"[,;\n]", one.said("previous_names")))
    return {name.strip() for name in found if len(name.strip()) > 1}


def _names_of_others(records: Sequence[KnownRecord], subject: Person) -> set[str]:
    """Of the household, and of everybody else whom the records write down by name.

    A surname of theirs alone as well, and each name of a friend, unless the person has it too.
    """
    others = {one.id: one.last_name for one in household(records) if one.id != subject.id}
    found = {*_names(records, others), *others.values()}
    for dataset in ("professional", "network", "attendance", "contributor"):
        for one in entities(records, dataset):
            name = one.said("person_name").strip()
            found |= {name, *(regex.findall(r"\p{Lu}\p{L}+", name) if dataset == "network" else ())}
    own = {name.casefold() for name in (*_names(records, {subject.id}), subject.last_name)}
    return {name for name in found if len(name) > 1 and name.casefold() not in own}
