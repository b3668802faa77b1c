"""Entities: what the answers of the records make, by the declarations in the forms.

An entity is found again by its id: the UUID of the row that made it, or the record's id where the
form makes one entity in all. Nothing here is stored; it is folded from the heads each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from forms.casework.carrying import read_mark
from forms.casework.known_record import Declaration, KnownRecord
from forms.records.answer import BLANK, Answer
from forms.records.answer_path import is_row, row_id, row_of, schema_path

_ROWS = ""


@dataclass(frozen=True, slots=True, repr=False)
class Entity:
    """One person, goal, action ... ``paths`` leads from each property to the answer behind it.

    ``within`` is the id of the entity whose row holds this one's (an action's goal), or blank.
    """

    dataset: str
    id: str
    record: str
    within: str
    place: str
    paths: Mapping[str, str]
    values: Mapping[str, Answer]
    unsettled: frozenset[str]

    def said(self, name: str) -> str:
        """The value of a property; blank if nothing was said, or if the form has no such one."""
        return self.values.get(name, BLANK).value

    def chosen(self, name: str) -> tuple[str, ...]:
        """The values of a property that takes several."""
        return tuple(self.said(name).split())


def entities(records: Iterable[KnownRecord], dataset: str) -> tuple[Entity, ...]:
    """Every entity of one kind, in the order of records and rows.

    An entity about which nothing is said, and nothing disputed, is left out. One that a record
    carries on from another (`forms.casework.carrying`) is one entity: the later record's, with
    what only the earlier says; and it is gone once the later record has taken its row away.
    """
    known = list(records)
    if len(known) == 1:
        return _made(known[0], dataset)
    found = {(one.record, one.id): one for record in known for one in _made(record, dataset)}
    for record in known if found else ():
        mark = read_mark(record.heads)
        for id_ in _carried_rows(record) if mark is not None else ():
            earlier = found.pop((mark.source if mark else "", id_), None)
            later = found.get((record.id, id_))
            if earlier is not None and later is not None:
                found[record.id, id_] = _carried_on(earlier, later)
    return tuple(found.values())


def _made(record: KnownRecord, dataset: str) -> tuple[Entity, ...]:
    """What one record makes of a kind: found once, for it is asked again and again."""
    if dataset not in record.made:
        declared = [each for each in record.definition.entities if each.dataset == dataset]
        found = {entity.id: entity for each in declared for entity in _of(record, each)}
        record.made[dataset] = tuple(one for one in found.values() if _is_said(one))
    made: tuple[Entity, ...] = record.made[dataset]
    return made


def _is_said(entity: Entity) -> bool:
    return bool(entity.unsettled) or any(not one.is_blank for one in entity.values.values())


def _carried_rows(record: KnownRecord) -> set[str]:
    """The rows that this record holds or has held."""
    return {row_id(path) for path in record.heads.paths() if is_row(path)}


def _carried_on(earlier: Entity, later: Entity) -> Entity:
    return replace(
        later,
        paths={**earlier.paths, **later.paths},
        values={**earlier.values, **later.values},
    )


def _of(record: KnownRecord, declaration: Declaration) -> Iterator[Entity]:
    containers = sorted(_containers(record, declaration.path), key=lambda c: (_place(record, c), c))
    for container in containers:
        paths = {
            name: container + path[len(declaration.path) :]
            for name, path in declaration.properties.items()
            if path.startswith(declaration.path + "/")
        }
        row = _row(container)
        outer = row_of(row) if row else None
        yield Entity(
            dataset=declaration.dataset,
            id=row_id(row) if row else record.id,
            record=record.id,
            within=row_id(outer) if outer else "",
            place=_place(record, container),
            paths=paths,
            values={name: record.answer(path) for name, path in paths.items()},
            unsettled=frozenset(n for n, path in paths.items() if record.heads.in_conflict(path)),
        )


def _containers(record: KnownRecord, path: str) -> Iterator[str]:
    """The container of the definition as it stands in this record: once for each row around it."""
    rows = {found for found in _rows(record) if _holds(schema_path(found), path)}
    deepest = max((schema_path(row).count("/") for row in rows), default=0)
    innermost = [row for row in rows if schema_path(row).count("/") == deepest]
    for row in innermost:
        if record.heads.row_exists(row):
            yield row + path[len(schema_path(row)) :]
    if not innermost:
        yield path


def _rows(record: KnownRecord) -> frozenset[str]:
    """Every row of the record that there is or has been; found once."""
    if _ROWS not in record.made:
        record.made[_ROWS] = frozenset(_find_rows(record))
    rows: frozenset[str] = record.made[_ROWS]
    return rows


def _find_rows(record: KnownRecord) -> Iterator[str]:
    for path in record.heads.paths():
        row = path if is_row(path) else row_of(path)
        while row is not None:
            yield row
            row = row_of(row)


def _holds(outer: str, path: str) -> bool:
    return path == outer or path.startswith(outer + "/")


def _row(container: str) -> str | None:
    return container if is_row(container) else row_of(container)


def _place(record: KnownRecord, container: str) -> str:
    row = _row(container)
    return record.heads.current(row).value if row else ""
