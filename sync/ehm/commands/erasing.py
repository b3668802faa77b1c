"""Taking words out of a record, everywhere."""

from __future__ import annotations

import argparse

from sync.ehm import erasure
from sync.ehm.app import utc_now
from sync.ehm.commands.command import Commands, command, ledger, store


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    taking_out = command(commands, "erase", "take words out of a record, everywhere", _erase)
    taking_out.add_argument("record")
    taking_out.add_argument("--path", action="append", default=[], help="none: the whole record")
    taking_out.add_argument("--by", required=True, metavar="NAME")
    taking_out.add_argument("--reason", required=True)


def _erase(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        seen_by = erasure.erase(
            connection,
            erasure.Ledger(ledger(chosen)),
            chosen.record,
            chosen.path,
            chosen.by,
            chosen.reason,
            utc_now(),
        )
    print("\n".join(seen_by))  # noqa: T201
    return 0
