"""Heads in SQL: ``forms.records.heads`` kept up as changes come. A test proves them equal.

A row for each change of which anything stands: a row for each answer would be most of the database.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, insert, select, tuple_

from sync.contract.messages import WireAnswer, WireChange
from sync.ehm import schema
from sync.ehm.store import insert_or_leave, parts


class _Standing:
    """What stands of some records: record and change to the paths at which it is a head."""

    def __init__(self, connection: Connection, records: Iterable[str]) -> None:
        head = schema.head.c
        self._connection = connection
        self._paths: dict[str, dict[str, set[str]]] = defaultdict(dict)
        for part in parts(sorted(set(records))):
            for row in connection.execute(select(schema.head).where(head.record.in_(part))):
                self._paths[row.record][row.change] = set(json.loads(row.paths))
        self._before = {(record, each) for record in self._paths for each in self._paths[record]}
        self._touched: set[tuple[str, str]] = set()

    def take(self, change: WireChange, early: set[tuple[str, str, str]]) -> None:
        """Puts a change on top of what its author saw; ``early``: what was replaced before."""
        here = self._paths[change.record]
        for path, answer in change.answers.items():
            for base in answer.base:
                if path in here.get(base, ()):
                    here[base].remove(path)
                    self._touched.add((change.record, base))
        here[change.id] = {
            path for path in change.answers if (change.record, path, change.id) not in early
        }
        self._touched.add((change.record, change.id))

    def beside(self, change: WireChange) -> list[tuple[str, str]]:
        """What else stands where this change does: change and path."""
        here = self._paths[change.record]
        return [
            (other, path)
            for other in here
            if other != change.id
            for path in here[other] & here[change.id]
        ]

    def keep(self) -> None:
        """Writes what was touched."""
        head = schema.head.c
        for part in parts(sorted(self._touched & self._before)):
            self._connection.execute(
                schema.head.delete().where(tuple_(head.record, head.change).in_(part))
            )
        rows = [
            {"record": record, "change": change, "paths": _as_json(paths)}
            for record, change in sorted(self._touched)
            if (paths := self._paths[record][change])
        ]
        if rows:
            self._connection.execute(insert(schema.head), rows)


def advance(connection: Connection, changes: Sequence[WireChange]) -> set[str]:
    """Takes stored changes in; those of them that stand beside a different answer.

    A base that is not here yet is remembered until it comes.
    """
    bases = {
        (change.record, path, base)
        for change in changes
        for path, written in change.answers.items()
        for base in written.base
    }
    here = {change.id for change in changes}
    early = _early(connection, sorted(here)) | bases
    standing = _Standing(connection, (change.record for change in changes))
    for change in changes:
        standing.take(change, early)
    standing.keep()
    unseen = {each[2] for each in bases} - here
    unseen -= set(_published(connection, sorted(unseen)))
    insert_or_leave(
        connection,
        schema.early_base,
        [{"record": r, "path": p, "change": c} for r, p, c in sorted(bases) if c in unseen],
    )
    for come in parts(sorted(here)):
        connection.execute(schema.early_base.delete().where(schema.early_base.c.change.in_(come)))
    return _in_conflict(connection, changes, standing)


def _in_conflict(
    connection: Connection, changes: Sequence[WireChange], standing: _Standing
) -> set[str]:
    beside = {change.id: found for change in changes if (found := standing.beside(change))}
    others = _read(connection, sorted({other for found in beside.values() for other, _ in found}))
    return {
        change.id
        for change in changes
        for other, path in beside.get(change.id, ())
        if not _says_the_same(change.answers[path], others[other].answers[path])
    }


def _says_the_same(one: WireAnswer, other: WireAnswer) -> bool:
    return (one.value, one.absent, one.reason) == (other.value, other.absent, other.reason)


def _read(connection: Connection, ids: Sequence[str]) -> dict[str, WireChange]:
    change, found = schema.change.c, dict[str, WireChange]()
    for part in parts(ids):
        rows = connection.execute(select(change.id, change.body).where(change.id.in_(part)))
        found |= {row.id: WireChange.model_validate_json(row.body) for row in rows}
    return found


def _as_json(paths: Iterable[str]) -> str:
    return json.dumps(sorted(paths), separators=(",", ":"), ensure_ascii=False)


def _early(connection: Connection, ids: Sequence[str]) -> set[tuple[str, str, str]]:
    table = schema.early_base.c
    found: set[tuple[str, str, str]] = set()
    for part in parts(ids):
        rows = connection.execute(
            select(table.record, table.path, table.change).where(table.change.in_(part))
        )
        found |= {(row.record, row.path, row.change) for row in rows}
    return found


def _published(connection: Connection, ids: Sequence[str]) -> Iterator[str]:
    change = schema.change.c
    for part in parts(ids):
        yield from connection.execute(
            select(change.id).where(change.id.in_(part), change.held == "")
        ).scalars()
