"""Erasing one person at their request: what is theirs alone goes; what names them is listed.

Theirs alone: their rows (``person[their id]``), rows that are about them, and records that are
about them as a whole. Words of others in which they may be named cannot be told apart by a program:
those records are listed, for somebody to read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select

from forms.records.answer_path import row_of
from sync.contract.messages import WireChange
from sync.ehm import erasure, holds, schema
from sync.ehm.ledger import Ledger


@dataclass
class Findings:
    """What a person's erasure takes: record to paths (none: all of it). ``to_read``: records."""

    taken: dict[str, set[str]] = field(default_factory=dict)
    to_read: set[str] = field(default_factory=set)


def is_in(connection: Connection, family: str, person: str) -> bool:
    """True if something written in this family has a row of this person, or names it."""
    found = find(connection, family, person)
    return bool(found.taken or found.to_read)


def find(connection: Connection, family: str, person: str) -> Findings:
    """What is about this person in a family; nothing is changed."""
    found = Findings()
    for record, changes in _records(connection, family).items():
        answers = {path: answer.value for c in changes for path, answer in c.answers.items()}
        named = [path for path, value in answers.items() if person in value.split()]
        if any(row_of(path) is None and answers[path] == person for path in named):
            found.taken[record] = set()
            continue
        rows = {row for path in named if answers[path] == person and (row := row_of(path))}
        rows |= {path[: path.index("]", at) + 1] for path in answers for at in _at(path, person)}
        theirs = {path for path in answers if any(path.startswith(row) for row in rows)}
        if theirs:
            found.taken[record] = theirs
        if set(named) - theirs:
            found.to_read.add(record)
    return found


def erase(
    connection: Connection,
    ledger: Ledger,
    family: str,
    person: str,
    by: str,
    reason: str,
    now: datetime,
) -> Findings:
    """Erases it. ``ValueError`` if there is nothing, or a legal hold stands on the family."""
    holds.check_none(connection, family)
    found = find(connection, family, person)
    if not found.taken:
        raise ValueError("nothing about this person is here")
    for record, paths in sorted(found.taken.items()):
        erasure.erase(connection, ledger, record, sorted(paths), by, reason, now)
    return found


def _at(path: str, person: str) -> Iterator[int]:
    """Where a path enters a row of this id."""
    at = path.find(f"[{person}]")
    if at >= 0:
        yield at


def _records(connection: Connection, family: str) -> dict[str, list[WireChange]]:
    change = schema.change.c
    bodies = connection.execute(
        select(change.body).where(change.family == family).order_by(change.received, change.id)
    ).scalars()
    records: dict[str, list[WireChange]] = {}
    for body in bodies:
        written = WireChange.model_validate_json(body)
        records.setdefault(written.record, []).append(written)
    return records
