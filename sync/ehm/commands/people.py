"""The people who work with families: added, changed, covered, ended; in and out as CSV."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

from sqlalchemy import Connection, select

from sync.ehm import audience, audit, caseload, council, families, orders, people, schema
from sync.ehm.app import utc_now
from sync.ehm.commands.command import Commands, command, day, store
from sync.ehm.permissions import Act, Role, may

FIELDS = ("name", "role", "team", "agency", "login")
_ENDED = "Your work here has ended. What you wrote is handed in; then this laptop locks."


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    worker = command(commands, "worker", "the same as: users add", _worker)
    _describe(worker)

    users = commands.add_parser("users", help="who works with families, as what")
    each = users.add_subparsers(required=True, metavar="WHAT")
    adding = command(each, "add", "add somebody", _worker)
    _describe(adding)
    changing = command(each, "change", "change name, role, team, agency or login", _change)
    changing.add_argument("who", metavar="NAME-OR-ID")
    for field in FIELDS:
        changing.add_argument(f"--{field}", default=None)
    covering = command(each, "cover", "let somebody stand in for a worker", _cover)
    covering.add_argument("who", metavar="NAME-OR-ID")
    covering.add_argument("--by", dest="stand_in", required=True, metavar="NAME-OR-ID")
    covering.add_argument("--until", required=True, type=day, metavar="DATE")
    ending = command(each, "deactivate", "end somebody's work here", _deactivate)
    ending.add_argument("who", metavar="NAME-OR-ID")
    command(each, "list", "list everybody as CSV", _list)
    importing = command(each, "import", "add or change everybody in a CSV file", _import)
    importing.add_argument("file", type=Path, help=f"columns: id (may be blank), {FIELDS}")


def _describe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name")
    parser.add_argument("--role", default="worker", help=", ".join(r.words for r in Role))
    parser.add_argument("--team", default="")
    parser.add_argument("--agency", default="", help="of a contributor, as the pack codes it")
    parser.add_argument("--login", default="", help="their name at the sign-in provider")


def _worker(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        worker = people.add(
            connection,
            chosen.name,
            chosen.role,
            chosen.team,
            agency=chosen.agency,
            login=chosen.login,
        )
    print(worker)  # noqa: T201
    return 0


def _change(chosen: argparse.Namespace) -> int:
    new = {field: getattr(chosen, field) for field in FIELDS if getattr(chosen, field) is not None}
    return _on_somebody(chosen, lambda connection, worker: change(connection, worker, new))


def change(connection: Connection, worker: str, new: dict[str, str]) -> None:
    """Changes somebody. A role that carries no families takes theirs away."""
    people.change(connection, worker, new)
    if "role" in new:
        audit.note(connection, utc_now(), "operator", f"made {new['role']}", detail=worker)
        if not may(Role.of(new["role"]), Act.CARRY):
            caseload.leave(connection, "operator", worker, utc_now())
    for line in families.list_of(connection, worker):
        audience.settle(connection, line.id)


def _cover(chosen: argparse.Namespace) -> int:
    until = datetime.combine(chosen.until, time.max, UTC)

    def give(connection: Connection, worker: str) -> None:
        stand_in = people.known(connection, chosen.stand_in)
        given = caseload.cover(connection, "operator", worker, stand_in, until, utc_now())
        print(f"{given} families")  # noqa: T201

    return _on_somebody(chosen, give)


def _deactivate(chosen: argparse.Namespace) -> int:
    return _on_somebody(chosen, deactivate)


def deactivate(connection: Connection, worker: str) -> None:
    """Ends somebody's work here: their families are free to give, their laptops hand in and lock.

    Nothing that they still have to hand in is refused; it is held until a person has looked at it.
    """
    now = utc_now()
    people.set_active(connection, worker, is_active=False)
    caseload.leave(connection, "operator", worker, now)
    ours = council.read(connection)
    device = schema.device.c
    theirs = connection.execute(
        select(device.id).where(device.worker == worker, device.revoked.is_(None))
    )
    for each in theirs.scalars().all():
        orders.lock(connection, ours, each, "operator", _ENDED, now)
    audit.note(connection, now, "operator", "deactivated", detail=worker)


def _list(chosen: argparse.Namespace) -> int:
    with store(chosen).reading() as connection:
        worker = schema.worker
        rows = connection.execute(select(worker).order_by(worker.c.name, worker.c.id)).all()
    lines = csv.writer(sys.stdout, lineterminator="\n")
    lines.writerow(("id", *FIELDS, "active"))
    for row in rows:
        fields = (getattr(row, field) for field in FIELDS)
        lines.writerow((row.id, *fields, "yes" if row.is_active else "no"))
    return 0


def _import(chosen: argparse.Namespace) -> int:
    with (
        chosen.file.open(encoding="utf-8-sig", newline="") as file,
        store(chosen).writing() as connection,
    ):
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                _import_row(connection, {k: v or "" for k, v in row.items() if k is not None})
            except ValueError as error:
                raise ValueError(f"row {number}: {error}; nothing was changed") from error
    return 0


def _import_row(connection: Connection, row: dict[str, str]) -> None:
    """Changes who has this id, or else this name; adds somebody who is new."""
    given = {field: row[field].strip() for field in FIELDS if field in row}
    if not given.get("name"):
        raise ValueError("there is no name")
    who = row.get("id", "").strip() or people.find(connection, given["name"])
    if who and people.row(connection, who) is not None:
        change(connection, who, given)
    else:
        people.add(connection, **given, worker=who or "")
    if who and row.get("active", "").strip().lower() == "no":
        deactivate(connection, who)


def _on_somebody(chosen: argparse.Namespace, act: Callable[[Connection, str], None]) -> int:
    with store(chosen).writing() as connection:
        act(connection, people.known(connection, chosen.who))
    return 0
