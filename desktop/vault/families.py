"""Families and their records, as far as the store must know of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.vault.store import Store
from desktop.vault.times import from_text, to_text
from forms.records.identifiers import provisional_reference


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A family. ``number`` is the centre's, ``""`` until it has given one."""

    id: str
    reference: str
    number: str
    begun: datetime


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
    """The families of this worker, in the order in which they came."""
    found = store.rows(
        "SELECT id, reference, number, begun FROM family WHERE NOT hidden ORDER BY place"
    )
    return [
        FamilyRow(family, reference, number, from_text(begun))
        for family, reference, number, begun in found
    ]


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
    """The records of a family, in the order in which they came."""
    found = store.rows(
        "SELECT record.id, family.id, form, version, record.begun"
        " FROM record JOIN family ON family.place = record.family"
        " WHERE family.id = ? AND NOT hidden ORDER BY record.place",
        (family,),
    )
    return [
        RecordRow(record, of, form, version, from_text(begun))
        for record, of, form, version, begun in found
    ]


def record(store: Store, record: str) -> RecordRow | None:
    """One record, or None if it is not here or hidden from the worker."""
    found = store.rows(
        "SELECT record.id, family.id, form, version, record.begun"
        " FROM record JOIN family ON family.place = record.family"
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


def list_family(store: Store, family: str, reference: str, number: str, begun: datetime) -> None:
    """Take in what the centre says of a family of this worker."""
    store.run(
        "INSERT INTO family (id, reference, number, begun, registration)"
        " VALUES (?, ?, ?, ?, 'done') ON CONFLICT (id) DO UPDATE SET"
        " reference = excluded.reference, number = excluded.number, begun = excluded.begun,"
        " registration = 'done', code = '', words = '', hidden = 0",
        (family, reference, number, to_text(begun)),
    )
