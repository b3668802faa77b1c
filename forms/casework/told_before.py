"""Tell the story once: what is known already is carried into the next form, and shown as carried.

The pack says what is carried where (``told_before.csv``: form, path, dataset, property), whichever
record said it last. (`forms.casework.carrying` takes up the questions of one form in another.) A
carried answer is written into the new record with the words that say where it comes from as its
reason; whoever corrects it writes an answer of the new record, and then that is what is known.
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
CARRIED_FROM = "Carried from "
"""How the reason of every carried answer begins, so that it is shown as carried."""


@dataclass(frozen=True, slots=True, repr=False)
class ToldBefore:
    """One answer to be carried: to which path, which value, from which record of which day."""

    path: str
    value: str
    record: str
    form: str
    on: date

    def answer(self, title: str) -> Answer:
        """The answer as it is written: it says from which form, by its title, and of which day."""
        if is_row(self.path):
            return Answer(self.value)
        day = f"{self.on.day} {self.on:%B %Y}"
        return Answer(self.value, None, f"{CARRIED_FROM}{title}, {day}")


def told_before(
    form: str,
    rules: Iterable[Mapping[str, str]],
    records: Iterable[KnownRecord],
    new_id: Callable[[], str],
    about: str = "",
) -> tuple[ToldBefore, ...]:
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
            found.append(_told(rule["path"], said[-1], rule["property"], by_id))
    for repeat in dict.fromkeys(rule["repeat"] for rule in mine if rule.get("repeat")):
        of_repeat = [rule for rule in mine if rule.get("repeat") == repeat]
        found += _rows(repeat, of_repeat, known, by_id, new_id)
    return tuple(found)


def is_carried(answer: Answer) -> bool:
    """True while an answer is a carried one that nobody has corrected."""
    return bool(answer.value) and answer.reason.startswith(CARRIED_FROM)


def _rows(
    repeat: str,
    rules: list[Mapping[str, str]],
    records: list[KnownRecord],
    by_id: Mapping[str, KnownRecord],
    new_id: Callable[[], str],
) -> list[ToldBefore]:
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
        found.append(ToldBefore(row, place, entity.record, source.form, _day(source)))
        for rule in rules:
            if entity.said(rule["property"]).strip():
                path = row + rule["path"][len(repeat) :]
                found.append(_told(path, entity, rule["property"], by_id))
    return found


def _told(path: str, entity: Entity, name: str, by_id: Mapping[str, KnownRecord]) -> ToldBefore:
    source = by_id[entity.record]
    return ToldBefore(path, entity.said(name), source.id, source.form, _day(source))


def _day(record: KnownRecord) -> date:
    return record.finalised_on or record.begun_on


def is_place(one: ToldBefore) -> bool:
    """True for the place of a row, which is no answer of anybody."""
    return is_row(one.path)
