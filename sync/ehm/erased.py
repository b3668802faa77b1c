"""What was erased stays so, whoever hands it in again."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from sync.contract.changes import erased
from sync.contract.messages import WireChange
from sync.ehm import schema
from sync.ehm.store import insert_or_leave


def whole_records(connection: Connection, records: Iterable[str]) -> set[str]:
    """Those of these records that were erased whole, and not moved."""
    table = schema.erasure.c
    rows = connection.execute(
        select(table.record).where(
            table.record.in_(list(records)), table.paths == "[]", table.moved_to == ""
        )
    )
    return set(rows.scalars())


def mark_late(connection: Connection, records: Iterable[str]) -> None:
    """Notes in which of these, moved whole before, something was shown now: it must follow."""
    table = schema.erasure.c
    moved = connection.execute(
        select(table.record)
        .where(table.record.in_(list(records)), table.paths == "[]", table.moved_to != "")
        .distinct()
    ).scalars()
    insert_or_leave(connection, schema.follow_due, [{"record": each} for each in moved])


def before(
    connection: Connection, changes: Iterable[str], erasure: str
) -> dict[str, list[tuple[str, ...]]]:
    """Change to the paths that earlier erasures than this one took out of it (empty: all)."""
    gone, made = schema.erased_change.c, schema.erasure.c
    rows = connection.execute(
        select(gone.change, made.id, made.family, made.paths)
        .select_from(schema.erased_change.join(schema.erasure))
        .where(gone.change.in_(list(changes)), made.id != erasure)
    ).all()
    happened = _happened(connection, {row.family for row in rows}, erasure)
    until = happened.get(erasure, math.inf)
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in rows:
        if happened.get(row.id, math.inf) < until:
            found.setdefault(row.change, []).append(tuple(json.loads(row.paths)))
    return found


def _happened(connection: Connection, families: set[str], erasure: str) -> dict[str, int]:
    """Where in history the erasures of these families are, and this one."""
    entry, made = schema.entry.c, schema.erasure.c
    if not families:
        return {}
    own = select(made.family).where(made.id == erasure)
    rows = connection.execute(
        select(entry.ref, entry.seq).where(
            entry.family.in_(families) | entry.family.in_(own), entry.kind == "erased"
        )
    )
    return {row.ref: row.seq for row in rows}


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
    return [without(change, paths.get(change.id, ())) for change in changes]


def without(change: WireChange, erasures: Sequence[tuple[str, ...]]) -> WireChange:
    """The change without the words that these erasures took (paths; none: all)."""
    for paths in erasures:
        change = erased(change, paths)
    return change


def still_says(
    change: WireChange, paths: Sequence[str], erasures: Sequence[tuple[str, ...]]
) -> bool:
    """True if these erasures left any answer at these paths (none: at any) as it was written."""
    return any(
        not any(not gone or path in gone for gone in erasures)
        for path in change.answers
        if not paths or path in paths
    )
