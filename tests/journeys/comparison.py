"""Compares what was typed and clicked with what the centre holds."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sync.contract.messages import FlatFamily, FlatRecord
from tests.journeys.central import CentralReader
from tests.journeys.story import Drawn, Named, Section, Told, every_answer

NAME_OF_PERSON = re.compile(r"/household/people/person\[([0-9a-f-]{36})\]/(given|last)_name")


@dataclass(slots=True)
class Comparison:
    """How many answers agree, and what does not, in words."""

    same: int = 0
    different: list[str] = field(default_factory=list)


def compare(
    told: Mapping[str, Sequence[Section]], held: FlatFamily, reader: CentralReader
) -> Comparison:
    """Compare every answer of every form. `told`: form to what was answered."""
    found = Comparison()
    people = people_of(held)
    for form, sections in told.items():
        records = [record for record in held.records if record.form == form]
        if len(records) != 1:
            found.different.append(f"{form}: {len(records)} records, not one")
            continue
        values = values_by_question(records[0])
        expected: dict[str, list[str]] = defaultdict(list)
        for answer in every_answer(tuple(sections)):
            if isinstance(answer, Drawn):
                drawn = [
                    name for name in values[answer.question] if is_whole(reader, records[0], name)
                ]
                note(found, form, answer.question, [True], [bool(drawn)])
            else:
                expected[answer.question].append(held_value(answer, people))
        for question, wanted in expected.items():
            note(found, form, question, wanted, values[question])
    return found


def note(
    found: Comparison, form: str, question: str, wanted: Sequence[object], held: Sequence[object]
) -> None:
    """Count what agrees, say what does not. The same question may stand in several rows."""
    if sorted(map(str, wanted)) == sorted(map(str, held)):
        found.same += len(wanted)
    else:
        found.different.append(f"{form}/{question}: told {wanted}, the centre holds {held}")


def held_value(answer: Told | Named, people: Mapping[str, str]) -> str:
    """An answer as a record holds it: people by their ids."""
    if isinstance(answer, Named):
        return " ".join(people.get(name, name) for name in answer.people)
    return answer.value


def values_by_question(record: FlatRecord) -> dict[str, list[str]]:
    """The values of a record by the last word of their path; a conflict shows as several."""
    values: dict[str, list[str]] = defaultdict(list)
    for answer in record.answers:
        for value in answer.values:
            if value:
                values[answer.path.rpartition("/")[2]].append(value)
    return values


def people_of(family: FlatFamily) -> dict[str, str]:
    """Full name to id, of those in the household."""
    parts: dict[str, dict[str, str]] = defaultdict(dict)
    for record in family.records:
        for answer in record.answers:
            found = NAME_OF_PERSON.fullmatch(answer.path)
            if found and answer.values:
                parts[found[1]][found[2]] = answer.values[0]
    return {
        f"{name.get('given', '')} {name.get('last', '')}": person for person, name in parts.items()
    }


def is_whole(reader: CentralReader, record: FlatRecord, name: str) -> bool:
    """Whether the centre gives the bytes that the attachment's name promises, with a stroke."""
    content = reader.attachment(record.id, name)
    promised = name.removeprefix("sha256-").partition(".")[0]
    return hashlib.sha256(content).hexdigest() == promised and len(content) > 50
