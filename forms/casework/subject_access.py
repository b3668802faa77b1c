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
from forms.records.answer_path import is_row, rows_of, schema_path
from forms.records.change import Change

THIRD_PARTY, RESTRICTED, SERIOUS_HARM = "third_party", "restricted", "serious_harm"
TABLE = "subject_access"
_PLACE = "@"


@dataclass(frozen=True, slots=True, repr=False)
class AccessLine:
    """One answer that stands: in which record, at which path, by whom, when, and its marks."""

    record: str
    form: str
    path: str
    value: str
    author: str
    at: datetime
    marks: tuple[str, ...] = ()


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
    names = _names_of_others(people, subject, records)
    of_subject = _names(subject)
    marks = list(rules)
    lines, left_out = [], 0
    for record in records:
        about = _about(record)
        for line in _standing(record, changes):
            is_of_another = _is_of_another(line, about, person, others)
            if is_of_another and not _mentions(line.value, of_subject, {person}):
                left_out += 1
                continue
            found = [row["mark"] for row in marks if _lies_in(line, row)]
            if is_of_another or _mentions(line.value, names, others):
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
            if answer.value.strip():
                said = changes[head]
                yield AccessLine(record.id, record.form, path, answer.value, said.author, said.at)


def _is_of_another(line: AccessLine, about: str, person: str, others: Collection[str]) -> bool:
    """True in the row of somebody else, and in a record that is about somebody else."""
    rows = {row[-37:-1] for row in rows_of(line.path)}
    return person not in rows and (bool(rows & set(others)) or (about in others))


def _about(record: KnownRecord) -> str:
    """The person that a record is about; blank if it is of the family."""
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


def _names(person: Person) -> set[str]:
    return {name.strip() for name in (person.name, person.given_name) if len(name.strip()) > 1}


def _names_of_others(
    people: Iterable[Person], subject: Person, records: Sequence[KnownRecord]
) -> set[str]:
    """Of the household, and of everybody else whom the records write down by name."""
    own = {name.casefold() for name in _names(subject)}
    found = {name for one in people if one.id != subject.id for name in _names(one)}
    for dataset in ("professional", "network", "attendance"):
        found |= {one.said("person_name").strip() for one in entities(records, dataset)}
    return {name for name in found if len(name) > 1 and name.casefold() not in own}
