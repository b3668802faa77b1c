"""Out of an EHM and into another, as JSON lines: people, families, changes, files.

For another system, or from one; ``backup`` and ``restore`` move a whole EHM. A line is read alone;
what is there already is left as it is, so a file may be imported again.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from pydantic import Base64Bytes, BaseModel, ConfigDict, ValidationError
from sqlalchemy import Connection, select

from sync.contract.messages import NewFamily, WireChange, Worker
from sync.ehm import attachments, audit, changes, families, held_work, people, schema
from sync.ehm.app import utc_now
from sync.ehm.changes import Sender
from sync.ehm.commands.command import Commands, command, store
from sync.ehm.permissions import Role
from sync.ehm.store import aware

_OPERATOR = "operator"
_AT_ONCE = 200


class Person(Worker):
    """Somebody as they are carried over."""

    agency: str = ""
    login: str = ""
    active: bool = True


class File(BaseModel):
    """An attachment, and the records that give it."""

    model_config = ConfigDict(extra="forbid", ser_json_bytes="base64")

    name: str
    records: tuple[str, ...]
    content: Base64Bytes


class Line(BaseModel):
    """One line: somebody, a family with its number and workers, a change, or a file.

    ``held``: the change waits until a person has looked at it.
    """

    model_config = ConfigDict(extra="forbid")

    person: Person | None = None
    family: NewFamily | None = None
    number: str = ""
    workers: tuple[str, ...] = ()
    change: WireChange | None = None
    held: bool = False
    file: File | None = None


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
    count = 0
    with store(chosen).writing() as connection, _new_file(chosen.file) as file:
        audit.note(connection, utc_now(), chosen.by, "exported everything", detail=chosen.reason)
        for line in _lines(connection):
            file.write(line.model_dump_json(exclude_defaults=True) + "\n")
            count += 1
    print(f"{count} lines. Whoever has {chosen.file.name} can read every family.")  # noqa: T201
    return 0


def _new_file(file: Path) -> TextIO:
    """For us alone to read."""
    written = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(written, "w", encoding="utf-8")


def _lines(connection: Connection) -> Iterator[Line]:
    for row in connection.execute(select(schema.worker).order_by(schema.worker.c.id)):
        said = people.as_message(row).model_dump()
        more = {"agency": row.agency, "login": row.login, "active": row.is_active}
        yield Line(person=Person(**said, **more))
    for row in connection.execute(select(schema.family).order_by(schema.family.c.id)).all():
        begun = NewFamily(id=row.id, reference=row.reference, begun=aware(row.begun))
        yield Line(family=begun, number=row.number, workers=_workers(connection, row.id))
    change = schema.change.c
    rows = connection.execute(select(change.body, change.held).order_by(change.received, change.id))
    for row in rows:
        held = row.held in held_work.FOR_A_PERSON
        yield Line(change=WireChange.model_validate_json(row.body), held=held)
    for name, records in attachments.given(connection).items():
        content = attachments.content(connection, name)
        yield Line(file=File.model_construct(name=name, records=records, content=content))


def _workers(connection: Connection, family: str) -> tuple[str, ...]:
    """Who has it for good: a cover ends by itself, and a contributor is asked in again."""
    member, worker = schema.member.c, schema.worker.c
    return tuple(
        connection.execute(
            select(member.worker)
            .join_from(schema.member, schema.worker, worker.id == member.worker)
            .where(member.family == family, member.until.is_(None), worker.role != Role.CONTRIBUTOR)
            .order_by(member.worker)
        ).scalars()
    )


def _import(chosen: argparse.Namespace) -> int:
    begun, now, count = store(chosen, may_begin=True), utc_now(), 0
    shown: list[WireChange] = []
    held: list[WireChange] = []
    files: list[File] = []
    with chosen.file.open(encoding="utf-8") as lines, begun.writing() as connection:
        for count, text in enumerate(lines, start=1):
            try:
                line = Line.model_validate_json(text)
                _take(connection, line)
            except ValidationError as error:
                raise ValueError(f"line {count} cannot be read; nothing was changed") from error
            except ValueError as error:
                raise ValueError(f"line {count}: {error}; nothing was changed") from error
            if line.change is not None:
                (held if line.held else shown).append(line.change)
            if line.file is not None:
                files.append(line.file)
        _hand_in(
            connection,
            shown,
            Sender(_OPERATOR, _OPERATOR, is_revoked=False, at=now, is_operator=True),
        )
        _hand_in(
            connection,
            held,
            Sender(_OPERATOR, _OPERATOR, is_revoked=True, at=now, is_operator=True),
        )
        for each in files:
            if not attachments.keep(connection, each.name, each.content, each.records):
                raise ValueError(f"{each.name} is not what its name says; nothing was changed")
        audit.note(connection, now, chosen.by, "imported", detail=f"{count} lines")
    print(f"{count} lines")  # noqa: T201
    return 0


def _hand_in(connection: Connection, given: Sequence[WireChange], sender: Sender) -> None:
    for start in range(0, len(given), _AT_ONCE):
        changes.hand_in(connection, sender, given[start : start + _AT_ONCE])


def _take(connection: Connection, line: Line) -> None:
    if line.person is not None:
        _take_person(connection, line.person)
    if line.family is not None:
        _take_family(connection, line.family, line)


def _take_person(connection: Connection, person: Person) -> None:
    if people.row(connection, person.id) is not None:
        return
    people.add(
        connection,
        person.name,
        person.role or "worker",
        person.team,
        person.id,
        agency=person.agency,
        login=person.login,
    )
    people.set_active(connection, person.id, is_active=person.active)


def _take_family(connection: Connection, family: NewFamily, line: Line) -> None:
    if families.find(connection, family.id) is None:
        families.begin(connection, _OPERATOR, family, line.number)
    for worker in line.workers:
        if people.row(connection, worker) is None:
            raise ValueError(f"there is no person {worker}")
        families.give(connection, worker, family.id)
