"""Families and their records, as far as the store must know of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.vault.store import Store
from desktop.vault.times import from_text, to_text
from forms.records.identifiers import provisional_reference
from sync.contract.messages import FamilyItem


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A family. ``number`` is the centre's, ``""`` until it has given one.

    ``parts`` are other families that the centre found to be this one, each with its own records;
    ``begun`` is when the first of them was. ``notice`` is the centre's word to the worker.
    """

    id: str
    reference: str
    number: str
    begun: datetime
    notice: str = ""
    parts: tuple[FamilyRow, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Its own id, and those of its parts."""
        return (self.id, *(part.id for part in self.parts))


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record and the version of the form that it was begun with."""

    id: str
    family: str
    form: str
    version: str
    begun: datetime


def begin_family(store: Store, family: str, at: datetime) -> None:
    """Make a family that the centre does not know yet; nothing if it is there."""
    store.run(
        "INSERT INTO family (id, reference, begun, registration) VALUES (?, ?, ?, 'waiting')"
        " ON CONFLICT (id) DO NOTHING",
        (family, provisional_reference(family), to_text(at)),
    )


def families(store: Store) -> list[FamilyRow]:
    """The families of this worker, in the order in which they came; a merged one is one."""
    found = store.rows(
        "SELECT id, reference, number, begun, notice FROM family WHERE NOT hidden ORDER BY place"
    )
    rows = {
        family: FamilyRow(family, reference, number, from_text(begun), notice)
        for family, reference, number, begun, notice in found
    }
    above = _above(store)
    parts: dict[str, list[FamilyRow]] = {}
    for family, row in rows.items():
        if (whole := _root(above, family)) != family:
            parts.setdefault(whole, []).append(row)
    return [
        _merged(row, parts.get(family, ()))
        for family, row in rows.items()
        if _root(above, family) == family
    ]


def _merged(row: FamilyRow, parts: Sequence[FamilyRow]) -> FamilyRow:
    every = (row, *parts)
    return replace(
        row,
        begun=min(each.begun for each in every),
        notice="\n".join(dict.fromkeys(each.notice for each in every if each.notice)),
        parts=tuple(parts),
    )


def whole(store: Store, family: str) -> tuple[str, ...]:
    """The family and all that are one with it, from whichever of them it is asked."""
    above = _above(store)
    root = _root(above, family)
    return (root, *(part for part in above if part != root and _root(above, part) == root))


def _above(store: Store) -> dict[str, str]:
    """Family to the one that it is part of, where both are here to be seen."""
    return dict(
        store.rows(
            "SELECT part.id, whole.id FROM family AS part"
            " JOIN family AS whole ON whole.id = part.part_of"
            " WHERE part.part_of IS NOT NULL AND NOT part.hidden AND NOT whole.hidden"
            " ORDER BY part.place"
        )
    )


def _root(above: Mapping[str, str], family: str) -> str:
    """The one that all are part of.

    Families arrive one at a time: for a moment two may each be part of the other, and are shown.
    """
    way = [family]
    while (up := above.get(way[-1])) is not None:
        if up in way:
            return min(way[way.index(up) :])
        way.append(up)
    return way[-1]


def begin_record(
    store: Store, record: str, family: str, form: str, version: str, at: datetime
) -> None:
    """Make a record of a family that is there; nothing if the record is there."""
    store.run(
        "INSERT INTO record (id, family, form, version, begun)"
        " SELECT ?, place, ?, ?, ? FROM family WHERE id = ? ON CONFLICT (id) DO NOTHING",
        (record, form, version, to_text(at), family),
    )


def records(store: Store, family: str) -> list[RecordRow]:
    """The records of a family and of all that are one with it, in the order in which they came."""
    every = whole(store, family)
    found = store.rows(
        "SELECT record.id, family.id, form, version, record.begun"
        " FROM record_in_sight AS record JOIN family ON family.place = record.family"
        " WHERE family.id IN (SELECT value FROM json_each(?)) AND NOT hidden ORDER BY record.place",
        (json.dumps(every),),
    )
    return [
        RecordRow(record, of, form, version, from_text(begun))
        for record, of, form, version, begun in found
    ]


def record(store: Store, record: str) -> RecordRow | None:
    """One record, or None if it is not here or hidden from the worker."""
    found = store.rows(
        "SELECT record.id, family.id, form, version, record.begun"
        " FROM record_in_sight AS record JOIN family ON family.place = record.family"
        " WHERE record.id = ? AND NOT hidden",
        (record,),
    )
    for record_id, family, form, version, begun in found:
        return RecordRow(record_id, family, form, version, from_text(begun))
    return None


def place_of_family(store: Store, family: str, at: datetime) -> int:
    """Where the family is kept; made, as begun on this device, if it is not there."""
    statement = "SELECT place FROM family WHERE id = ?"
    found = store.value(statement, (family,))
    if found is None:
        begin_family(store, family, at)
        found = store.value(statement, (family,))
    return int(found)


def list_family(store: Store, told: FamilyItem) -> None:
    """Take in what the centre says of a family of this worker."""
    store.run(
        "INSERT INTO family (id, reference, number, begun, registration, part_of, notice)"
        " VALUES (?, ?, ?, ?, 'done', ?, ?) ON CONFLICT (id) DO UPDATE SET"
        " reference = excluded.reference, number = excluded.number, begun = excluded.begun,"
        " part_of = excluded.part_of, notice = excluded.notice,"
        " registration = 'done', code = '', words = '', hidden = 0",
        (
            told.family,
            told.reference,
            told.number,
            to_text(told.begun),
            told.part_of,
            told.notice,
        ),
    )
