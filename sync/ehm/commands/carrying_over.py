"""Everything out of an EHM and into another, as JSON lines: people, families, changes.

For moving to another database, or from another system. A line is read alone; what is there already
is left as it is, so a file may be imported again.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import Connection, select

from sync.contract.messages import NewFamily, WireChange, Worker
from sync.ehm import audit, changes, families, history, people, schema
from sync.ehm.app import utc_now
from sync.ehm.changes import Sender
from sync.ehm.commands.command import Commands, command, store
from sync.ehm.store import aware

_OPERATOR = "operator"
_AT_ONCE = 200


class Line(BaseModel):
    """One line: somebody, or a family with its number and workers, or a change."""

    model_config = ConfigDict(extra="forbid")

    person: Worker | None = None
    family: NewFamily | None = None
    number: str = ""
    workers: tuple[str, ...] = ()
    change: WireChange | None = None


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    out = command(commands, "export", "write everything as JSON lines; audited", _export)
    out.add_argument("file", type=Path)
    out.add_argument("--by", required=True, metavar="NAME")
    out.add_argument("--reason", required=True)
    into = command(commands, "import", "read what was exported, or made by another system", _import)
    into.add_argument("file", type=Path)
    into.add_argument("--by", required=True, metavar="NAME")


def _export(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection, chosen.file.open("x", encoding="utf-8") as file:
        audit.note(connection, utc_now(), chosen.by, "exported everything", detail=chosen.reason)
        for line in _lines(connection):
            file.write(line.model_dump_json(exclude_defaults=True) + "\n")
    return 0


def _lines(connection: Connection) -> Iterator[Line]:
    for row in connection.execute(select(schema.worker).order_by(schema.worker.c.id)):
        yield Line(person=people.as_message(row))
    here = connection.execute(select(schema.family).order_by(schema.family.c.id)).all()
    members = history.members(connection, [row.id for row in here])
    for row in here:
        begun = NewFamily(id=row.id, reference=row.reference, begun=aware(row.begun))
        yield Line(family=begun, number=row.number, workers=tuple(members[row.id]))
    change = schema.change.c
    bodies = connection.execute(select(change.body).order_by(change.received, change.id))
    for body in bodies.scalars():
        yield Line(change=WireChange.model_validate_json(body))


def _import(chosen: argparse.Namespace) -> int:
    waiting: list[WireChange] = []
    begun = store(chosen, may_begin=True)
    with chosen.file.open(encoding="utf-8") as file, begun.writing() as connection:
        sender = Sender(_OPERATOR, _OPERATOR, is_revoked=False, at=utc_now(), is_operator=True)
        for number, text in enumerate(file, start=1):
            try:
                line = Line.model_validate_json(text)
            except ValidationError as error:
                raise ValueError(f"line {number} cannot be read; nothing was changed") from error
            if line.person is not None:
                _take_person(connection, line.person)
            if line.family is not None:
                _take_family(connection, line.family, line)
            if line.change is not None:
                waiting.append(line.change)
        for start in range(0, len(waiting), _AT_ONCE):
            changes.hand_in(connection, sender, waiting[start : start + _AT_ONCE])
        audit.note(connection, sender.at, chosen.by, "imported", detail=f"{number} lines")
    return 0


def _take_person(connection: Connection, person: Worker) -> None:
    if people.row(connection, person.id) is None:
        people.add(connection, person.name, person.role or "worker", person.team, person.id)


def _take_family(connection: Connection, family: NewFamily, line: Line) -> None:
    if families.find(connection, family.id) is None:
        families.begin(connection, _OPERATOR, family, line.number)
    for worker in line.workers:
        families.give(connection, worker, family.id)
