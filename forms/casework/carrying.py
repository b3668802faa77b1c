"""Carrying: what one record says already is not asked again in another.

A form of the pack may say that its questions are those of other forms (column ``carried_to``). A
record of such a form begins with what was said there. What was carried is written as any answer
is, beside ``@carried``: which record it came from, and which heads of it. By that mark, and by no
clock, `forms.casework.permission` knows that a protective answer is asked on in the other record.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from forms.casework.known_record import KnownRecord
from forms.manifest import Carry
from forms.pack import Pack
from forms.records.answer import Answer
from forms.records.answer_path import is_row, row_id, row_of, schema_path
from forms.records.heads import Heads

CARRIED = "@carried"


@dataclass(frozen=True, slots=True, repr=False)
class Carried:
    """Answers for a record of another form. ``heads`` names what was carried, by its own path."""

    source: str
    person: str
    answers: Mapping[str, Answer]
    heads: Mapping[str, tuple[str, ...]]

    @property
    def mark(self) -> Answer:
        """The answer to ``@carried``."""
        value = {"from": self.source, "person": self.person, "heads": dict(self.heads)}
        return Answer(json.dumps(value, separators=(",", ":")))


def carried(source: KnownRecord, pack: Pack, form: str, person: str = "") -> Carried | None:
    """What ``source`` carries to a record of ``form``; None if that is nothing.

    ``person``: the row of ``source`` that the record is about, where it is about one. An answer in
    open conflict is not carried: it is settled where it stands.
    """
    pairs = [one for one in pack.carries if (one.form, one.target) == (source.form, form)]
    said = dict(_settled(source))
    found: dict[str, tuple[str, Answer]] = {}
    for path, to in _of_rows(pairs, said, person):
        found[to] = (path, said[path])
    rows = {row_of(to) for to in found} - {None}
    about_person = bool(found) or not person
    for path, to in _of_whole(pairs, said, rows):
        if about_person:
            found[to] = (path, said[path])
    if not found:
        return None
    answers = {to: answer for to, (_, answer) in found.items()}
    answers |= _named(pairs, said, rows, person)
    heads = {path: source.heads.base(path) for path, _ in found.values()}
    return Carried(source.id, person, answers, heads)


def people_carried(source: KnownRecord, pack: Pack, form: str) -> Iterator[str]:
    """The rows of ``source`` that each carry to a record of ``form`` of their own."""
    for path in sorted(source.heads.answers()):
        if is_row(path) and any(
            one.target == form and one.path == schema_path(path) and "[]" not in one.to
            for one in pack.carries
        ):
            yield row_id(path)


def is_carried_on(source: str, heads: Heads, path: str, others: Iterable[Heads]) -> bool:
    """True if another record has taken up this answer of ``source`` as it stands: every head."""
    standing = set(heads.base(path))
    return bool(standing) and any(
        standing == set(mark.heads.get(path, ()))
        for other in others
        if (mark := read_mark(other)) is not None and mark.source == source
    )


def read_mark(heads: Heads) -> Carried | None:
    """What a record says of where it was carried from; None if it was not."""
    written = heads.current(CARRIED).value
    if not written:
        return None
    value = json.loads(written)
    named = {path: tuple(ids) for path, ids in value["heads"].items()}
    return Carried(value["from"], value["person"], {}, named)


def _settled(source: KnownRecord) -> Iterator[tuple[str, Answer]]:
    for path, answer in source.heads.answers().items():
        hidden = path in source.hidden or path.startswith("@")
        if not hidden and not source.heads.in_conflict(path):
            yield path, answer


def _of_rows(
    pairs: Iterable[Carry], said: Mapping[str, Answer], person: str
) -> Iterator[tuple[str, str]]:
    """Answers in rows: to the row of the same UUID, or to the record about this person."""
    for path in said:
        row = row_of(path)
        for one in pairs if row and not is_row(path) else ():
            if one.path != schema_path(path):
                continue
            if "[]" in one.to:
                yield path, one.to.replace("[]", f"[{row_id(row or '')}]")
            elif row_id(row or "") == person:
                yield path, one.to


def _of_whole(
    pairs: Iterable[Carry], said: Mapping[str, Answer], rows: Iterable[str | None]
) -> Iterator[tuple[str, str]]:
    """Answers of the record as a whole: to one question, or to each row that something is in."""
    for one in pairs:
        if one.path not in said:
            continue
        repeat, brackets, rest = one.to.partition("[]")
        if not brackets:
            yield one.path, one.to
        for row in rows if brackets else ():
            if row and schema_path(row) == repeat:
                yield one.path, row + rest


def _named(
    pairs: Iterable[Carry], said: Mapping[str, Answer], rows: Iterable[str | None], person: str
) -> dict[str, Answer]:
    """The places of the rows, and the questions that name the row."""
    named: dict[str, Answer] = {}
    for path, place in said.items():
        for one in pairs if is_row(path) else ():
            repeat, brackets, rest = one.to.partition("[]")
            row = f"{repeat}[{row_id(path)}]"
            if one.path != schema_path(path):
                continue
            if brackets and row in rows:
                named[row] = place
                if rest:
                    named[row + rest] = Answer(row_id(path))
            elif not brackets and row_id(path) == person:
                named[one.to] = Answer(person)
    return named
