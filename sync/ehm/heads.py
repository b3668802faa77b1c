"""Heads in SQL: ``forms.records.heads`` kept up as changes come. A test proves them equal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, bindparam, insert, select, tuple_, update

from sync.contract.messages import WireChange
from sync.ehm import schema
from sync.ehm.store import insert_or_leave, parts


def advance(connection: Connection, changes: Sequence[WireChange]) -> None:
    """Takes changes in. A base that is not here yet is remembered until it comes."""
    cells = [
        (change, path, written) for change in changes for path, written in change.answers.items()
    ]
    bases = {
        (change.record, path, base) for change, path, written in cells for base in written.base
    }
    head = schema.head.c
    for superseded in parts(sorted(bases)):
        connection.execute(
            schema.head.delete().where(tuple_(head.record, head.path, head.change).in_(superseded))
        )
    early = _early(connection, [change.id for change in changes]) | bases
    heads = [
        {
            "record": change.record,
            "path": path,
            "change": change.id,
            "answer": _answer_hash(written.value, written.absent or "", written.reason),
        }
        for change, path, written in cells
        if (change.record, path, change.id) not in early
    ]
    if heads:
        connection.execute(insert(schema.head), heads)
    here = {change.id for change in changes}
    unseen = {each[2] for each in bases} - here
    unseen -= set(_published(connection, sorted(unseen)))
    insert_or_leave(
        connection,
        schema.early_base,
        [{"record": r, "path": p, "change": c} for r, p, c in sorted(bases) if c in unseen],
    )
    for come in parts(sorted(here)):
        connection.execute(schema.early_base.delete().where(schema.early_base.c.change.in_(come)))


def _answer_hash(value: str, absent: str, reason: str) -> str:
    said = f"{len(value)}:{value}{absent}:{reason}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def set_answers(connection: Connection, changes: Sequence[WireChange]) -> None:
    """Notes what changes say now, where they are heads: their words were erased."""
    head = schema.head
    here = (
        (head.c.record == bindparam("of_record"))
        & (head.c.path == bindparam("at_path"))
        & (head.c.change == bindparam("by_change"))
    )
    connection.execute(
        update(head).where(here).values(answer=bindparam("said")),
        [
            {
                "of_record": change.record,
                "at_path": path,
                "by_change": change.id,
                "said": _answer_hash(each.value, each.absent or "", each.reason),
            }
            for change in changes
            for path, each in change.answers.items()
        ],
    )


def body(change: WireChange) -> str:
    """A change as JSON that any database stores: a NUL inside a text stays an escape."""
    plain = change.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(plain, separators=(",", ":"), ensure_ascii=False)


def _early(connection: Connection, ids: Sequence[str]) -> set[tuple[str, str, str]]:
    table = schema.early_base.c
    rows = connection.execute(
        select(table.record, table.path, table.change).where(table.change.in_(ids))
    )
    return {(row.record, row.path, row.change) for row in rows}


def _published(connection: Connection, ids: Sequence[str]) -> Iterator[str]:
    change = schema.change.c
    for part in parts(ids):
        yield from connection.execute(
            select(change.id).where(change.id.in_(part), change.held == "")
        ).scalars()


def conflicting(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of these changes that stand beside a different answer."""
    head, other = schema.head.alias(), schema.head.alias()
    rows = connection.execute(
        select(head.c.change)
        .join(other, (other.c.record == head.c.record) & (other.c.path == head.c.path))
        .where(head.c.change.in_(ids), other.c.answer != head.c.answer)
        .distinct()
    )
    return set(rows.scalars())
