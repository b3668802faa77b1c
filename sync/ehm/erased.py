"""What was erased stays so, whoever hands it in again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from sync.contract.changes import erased
from sync.contract.messages import WireChange
from sync.ehm import schema


def whole_records(connection: Connection, records: Iterable[str]) -> set[str]:
    """Those of these records that were erased whole, and not moved."""
    table = schema.erasure.c
    rows = connection.execute(
        select(table.record).where(
            table.record.in_(list(records)), table.paths == "[]", table.moved_to == ""
        )
    )
    return set(rows.scalars())


def on_arrival(connection: Connection, changes: Sequence[WireChange]) -> list[WireChange]:
    """Changes as they may be kept: what was erased comes in without its words."""
    table = schema.erased_change
    rows = connection.execute(
        select(table.c.change, schema.erasure.c.paths)
        .join(schema.erasure, schema.erasure.c.id == table.c.erasure)
        .where(table.c.change.in_([change.id for change in changes]))
    )
    paths: dict[str, list[tuple[str, ...]]] = {}
    for row in rows:
        paths.setdefault(row.change, []).append(tuple(json.loads(row.paths)))
    return [_without(change, paths.get(change.id, ())) for change in changes]


def _without(change: WireChange, erasures: Sequence[tuple[str, ...]]) -> WireChange:
    for paths in erasures:
        change = erased(change, paths)
    return change
