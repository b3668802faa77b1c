"""What was handed in and is not shown: held until a person has looked, or refused. No words."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Sequence

from sync.ehm import audit, held_work, looking, people, refused
from sync.ehm.app import utc_now
from sync.ehm.commands.command import Commands, command, store

_HELD = (
    "record",
    "family",
    "number",
    "form",
    "version",
    "author",
    "code",
    "changes",
    "since",
    "can be shown",
    "waits",
)
_REFUSED = (
    "device",
    "laptop",
    "worker",
    "record",
    "family",
    "number",
    "form",
    "code",
    "changes",
    "since",
    "in sight",
)


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    held = commands.add_parser("held", help="what is kept and not shown, and for what it waits")
    each = held.add_subparsers(required=True, metavar="WHAT")
    command(each, "list", "list it as CSV: ids and counts", _list_held)
    showing = command(each, "show", "somebody has looked: show what is held of a record", _show)
    showing.add_argument("record")

    not_taken = commands.add_parser("refused", help="what was not taken, and is on a laptop alone")
    each = not_taken.add_subparsers(required=True, metavar="WHAT")
    command(each, "list", "list it as CSV: ids and counts", _list_refused)
    settling = command(each, "settle", "somebody has seen to it: off the list", _settle)
    settling.add_argument("device")
    settling.add_argument("--record", default="", help="none: all of this laptop's")
    for asked in (showing, settling):
        asked.add_argument("--by", required=True, metavar="NAME")
        asked.add_argument("--reason", required=True)


def _list_held(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        audit.note(connection, utc_now(), "operator", "read what is held")
        found = held_work.waiting(connection)
    _print(
        _HELD,
        (
            (
                line.record,
                line.family,
                line.number,
                line.form,
                line.version,
                line.author.name,
                line.code,
                line.changes,
                line.since.isoformat(),
                _yes(line.can_be_shown),
                line.words,
            )
            for line in found
        ),
    )
    return 0


def _show(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        by = people.known(connection, chosen.by)
        families = held_work.families_of(connection, chosen.record)
        looking.check_shown(connection, by, *families)
        shown = held_work.show(connection, chosen.record, by, chosen.reason, utc_now())
    print(f"{shown} changes")  # noqa: T201
    return 0


def _list_refused(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        audit.note(connection, utc_now(), "operator", "read what was refused")
        found = refused.waiting(connection)
    _print(
        _REFUSED,
        (
            (
                line.device,
                line.device_name,
                line.worker,
                line.record,
                line.family,
                line.number,
                line.form,
                line.code,
                line.changes,
                line.since.isoformat(),
                _yes(line.in_sight),
            )
            for line in found
        ),
    )
    return 0


def _settle(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        by = people.known(connection, chosen.by)
        asked = chosen.device, chosen.record
        settled = refused.settle(connection, *asked, by, chosen.reason, utc_now())
    print(f"{settled} changes")  # noqa: T201
    return 0


def _print(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    lines = csv.writer(sys.stdout, lineterminator="\n")
    lines.writerow(heading)
    lines.writerows(rows)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
