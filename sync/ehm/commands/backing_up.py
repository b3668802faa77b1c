"""Backing the whole EHM up, and putting it back."""

from __future__ import annotations

import argparse
from pathlib import Path

from sync.ehm import backup
from sync.ehm.app import utc_now
from sync.ehm.commands.command import Commands, command, ledger, store
from sync.ehm.ledger import Ledger


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    backing = command(commands, "backup", "write everything to a file, while the service runs", _up)
    backing.add_argument("file", type=Path)

    restoring = command(commands, "restore", "put a backup back in place of all there is", _back)
    restoring.add_argument("file", type=Path)
    restoring.add_argument("--by", required=True, metavar="NAME")
    restoring.add_argument(
        "--replace", action="store_true", required=True, help="that you mean it: all there is goes"
    )


def _up(chosen: argparse.Namespace) -> int:
    print(f"{backup.write(store(chosen), chosen.file, utc_now())} rows")  # noqa: T201
    return 0


def _back(chosen: argparse.Namespace) -> int:
    lines = Ledger(ledger(chosen))
    rows = backup.restore(store(chosen), chosen.file, lines, chosen.by, utc_now())
    print(f"{rows} rows")  # noqa: T201
    return 0
