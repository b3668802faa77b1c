"""Changes as they lie in the store: a row of each, rows of what it says and of what it replaces."""

from __future__ import annotations

import json
from collections.abc import Sequence

from desktop.vault.store import Row, Store
from desktop.vault.times import from_text
from forms.records.answer import Absent, Answer
from forms.records.change import Change, Written

_COLUMNS = (
    "change.place, change.id, record.id, family.id, change.form, change.version, author, device,"
    " change.number, at, zone"
)
_FROM = (
    " FROM change JOIN record ON record.place = change.record"
    " JOIN family ON family.place = change.family"
)


def read_changes(
    store: Store, condition: str, parameters: Sequence[object]
) -> list[tuple[int, Change]]:
    """The changes of a ``WHERE`` (and ``ORDER BY``) of SQL, each with its place."""
    found = store.rows(f"SELECT {_COLUMNS}{_FROM} {condition}", parameters)
    said = _said(store, json.dumps([row[0] for row in found]))
    return [(row[0], _change(row, said.get(row[0], {}))) for row in found]


def _said(store: Store, places: str) -> dict[int, dict[str, Written]]:
    """What the changes at these places (a JSON list) say, path by path."""
    bases: dict[tuple[int, str], tuple[str, ...]] = {}
    for place, path, seen in store.rows(
        "SELECT change, path, id FROM base WHERE change IN (SELECT value FROM json_each(?))"
        " ORDER BY change, path, ordinal",
        (places,),
    ):
        bases[place, path] = (*bases.get((place, path), ()), seen)
    said: dict[int, dict[str, Written]] = {}
    for place, path, value, absent, reason in store.rows(
        "SELECT change, path, value, absent, reason FROM answer"
        " WHERE change IN (SELECT value FROM json_each(?)) ORDER BY place",
        (places,),
    ):
        answer = Answer(value, Absent(absent) if absent else None, reason)
        said.setdefault(place, {})[path] = Written(answer, bases.get((place, path), ()))
    return said


def _change(row: Row, said: dict[str, Written]) -> Change:
    _, change, record, family, form, version, author, device, number, at, zone = row
    return Change(
        change, record, family, form, version, author, device, number, from_text(at), zone, said
    )
