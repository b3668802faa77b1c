"""Putting right: taking words out, moving them, holding them, and what is kept no longer."""

from __future__ import annotations

import argparse

from sync.ehm import erasure, holds, person_erasure, retention
from sync.ehm.app import utc_now
from sync.ehm.commands.command import Commands, command, ledger, store
from sync.ehm.ledger import Ledger
from sync.ehm.matching import identities


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    taking_out = command(commands, "erase", "take words out of a record, everywhere", _erase)
    moving = command(commands, "move", "move misfiled words to the right family", _move)
    for each in (taking_out, moving):
        each.add_argument("record")
        each.add_argument("--path", action="append", default=[], help="none: the whole record")
    moving.add_argument("--to", required=True, metavar="FAMILY")

    person = command(commands, "erase-person", "erase one person at their request", _erase_person)
    person.add_argument("family")
    person.add_argument("person", help="the UUID of their row")
    person.add_argument("--list", action="store_true", help="only say what it would take")

    holding = command(commands, "hold", "place a legal hold: nothing is erased", _hold)
    holding.add_argument("family")
    ending = command(commands, "end-hold", "end a legal hold", _end_hold)
    ending.add_argument("hold")
    for each in (taking_out, moving, person, holding, ending):
        each.add_argument("--by", required=True, metavar="NAME")
        each.add_argument("--reason", required=True)

    keeping = command(commands, "retention", "list what is kept no longer, or erase it", _retention)
    keeping.add_argument("--confirm", metavar="CODE", help="erase the list that had this code")
    keeping.add_argument("--by", metavar="NAME", default="")


def _erase(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        seen_by = erasure.erase(
            connection,
            Ledger(ledger(chosen)),
            chosen.record,
            chosen.path,
            chosen.by,
            chosen.reason,
            utc_now(),
        )
    print("\n".join(seen_by))  # noqa: T201
    return 0


def _move(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        seen_by = erasure.move(
            connection,
            Ledger(ledger(chosen)),
            chosen.record,
            chosen.path,
            chosen.to,
            chosen.by,
            chosen.reason,
            utc_now(),
        )
    print("\n".join(seen_by))  # noqa: T201
    return 0


def _erase_person(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        if not person_erasure.is_in(connection, chosen.family, chosen.person):
            raise ValueError("there is nobody with this UUID in this family")
        if chosen.list:
            found = person_erasure.find(connection, chosen.family, chosen.person)
        else:
            found = person_erasure.erase(
                connection,
                Ledger(ledger(chosen)),
                chosen.family,
                chosen.person,
                chosen.by,
                chosen.reason,
                utc_now(),
            )
    for record, paths in sorted(found.taken.items()):
        print("taken", record, f"{len(paths)} answers" if paths else "whole")  # noqa: T201
    for record in sorted(found.to_read):
        print("read", record)  # noqa: T201
    return 0


def _hold(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        lines = Ledger(ledger(chosen))
        placed = holds.place(connection, lines, chosen.family, chosen.by, chosen.reason, utc_now())
    print(placed)  # noqa: T201
    return 0


def _end_hold(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        lines = Ledger(ledger(chosen))
        holds.end(connection, lines, chosen.hold, chosen.by, chosen.reason, utc_now())
    return 0


def _retention(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        while identities.take_due(connection):
            pass
        if chosen.confirm:
            if not chosen.by:
                raise ValueError("--by NAME is needed: who confirms")
            lines = Ledger(ledger(chosen))
            found = retention.erase_due(connection, lines, chosen.confirm, chosen.by, utc_now())
        else:
            found = retention.due(connection, utc_now().date())
    for each in found:
        print(each.number, each.family, each.since, each.kind)  # noqa: T201
    if not found:
        print("Nothing has been kept for its time.")  # noqa: T201
    elif not chosen.confirm:
        print(f"to erase these: --confirm {retention.code(found)}")  # noqa: T201
    return 0
