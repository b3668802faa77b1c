"""Tell the story once: what is known already is carried into the next form, and shown as carried.

The pack says what is carried where (``carried.csv``: form, path, dataset, property). A carried
answer is written into the new record with the words that say where it comes from as its reason;
whoever corrects it writes an answer of the new record, and from then on that is what is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from forms.casework.entities import Entity, entities
from forms.casework.known_record import KnownRecord
from forms.records.answer import Answer
from forms.records.answer_path import is_row

PLACE_STEP = 10


@dataclass(frozen=True, slots=True, repr=False)
class Carried:
    """One answer to be carried: to which path, which value, from which record of which day."""

    path: str
    value: str
    record: str
    form: str
    on: date

    def answer(self, words: str) -> Answer:
        """The answer as it is written: ``words`` say where it comes from."""
        return Answer(self.value, None, words)


def carried(
    form: str,
    rules: Iterable[Mapping[str, str]],
    records: Iterable[KnownRecord],
    new_id: Callable[[], str],
    about: str = "",
) -> tuple[Carried, ...]:
    """What is carried into a new record of ``form``; ``about`` is the person that it is about.

    Of several that say it the newest counts. A rule whose path lies in a repeat (``path`` is
    ``/form/section/repeat/question`` and ``repeat`` names it) gives a row for each entity.
    """
    known = sorted(records, key=lambda r: (r.begun, r.id))
    by_id = {record.id: record for record in known}
    mine = [rule for rule in rules if rule.get("form") == form]
    found = []
    for rule in mine:
        if rule.get("repeat"):
            continue
        said = [
            entity
            for entity in entities(known, rule["dataset"])
            if entity.said(rule["property"]).strip()
            and rule["property"] not in entity.unsettled
            and (not rule.get("about") or entity.said(rule["about"]) == about)
        ]
        if said:
            found.append(_carried(rule["path"], said[-1], rule["property"], by_id))
    for repeat in dict.fromkeys(rule["repeat"] for rule in mine if rule.get("repeat")):
        of_repeat = [rule for rule in mine if rule.get("repeat") == repeat]
        found += _rows(repeat, of_repeat, known, by_id, new_id)
    return tuple(found)


def was_carried(path: str, found: Iterable[Carried], stands: Answer) -> bool:
    """True while the answer at a path is the carried one, uncorrected."""
    return any(one.path == path and one.value == stands.value and stands.reason for one in found)


def _rows(
    repeat: str,
    rules: list[Mapping[str, str]],
    records: list[KnownRecord],
    by_id: Mapping[str, KnownRecord],
    new_id: Callable[[], str],
) -> list[Carried]:
    found = []
    dataset, only = rules[0]["dataset"], rules[0].get("only", "")
    name, _, value = only.partition("=")
    wanted = [
        entity
        for entity in entities(records, dataset)
        if (not only or entity.said(name) == value) and not entity.unsettled
    ]
    for number, entity in enumerate(wanted, start=1):
        row = f"{repeat}[{new_id()}]"
        place = f"{number * PLACE_STEP:06d}"
        source = by_id[entity.record]
        found.append(Carried(row, place, entity.record, source.form, _day(source)))
        for rule in rules:
            if entity.said(rule["property"]).strip():
                path = row + rule["path"][len(repeat) :]
                found.append(_carried(path, entity, rule["property"], by_id))
    return found


def _carried(path: str, entity: Entity, name: str, by_id: Mapping[str, KnownRecord]) -> Carried:
    source = by_id[entity.record]
    return Carried(path, entity.said(name), source.id, source.form, _day(source))


def _day(record: KnownRecord) -> date:
    return record.finalised_on or record.begun_on


def is_place(one: Carried) -> bool:
    """True for the place of a row, which is no answer of anybody."""
    return is_row(one.path)
