"""Backing the whole EHM up, and putting it back."""

from __future__ import annotations

import argparse
from pathlib import Path

from sync.ehm import backup, sealed_backup
from sync.ehm.app import utc_now
from sync.ehm.commands.command import Commands, command, ledger, store
from sync.ehm.ledger import Ledger


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    backing = command(commands, "backup", "write everything to a file, while the service runs", _up)
    backing.add_argument("file", type=Path)
    whose = backing.add_mutually_exclusive_group(required=True)
    whose.add_argument("--to", metavar="KEY", help="the public half of the backup key")
    whose.add_argument("--in-clear", action="store_true", help="anybody with the file can read it")

    key = command(commands, "backup-key", "make the key that backups are sealed to", _key)
    key.add_argument("file", type=Path, help="gets the private half: keep it off this machine")

    restoring = command(commands, "restore", "put a backup back in place of all there is", _back)
    restoring.add_argument("file", type=Path)
    restoring.add_argument("--key", type=Path, metavar="FILE", help="the backup key's private half")
    restoring.add_argument("--by", required=True, metavar="NAME")
    restoring.add_argument(
        "--replace", action="store_true", required=True, help="that you mean it: all there is goes"
    )


def _up(chosen: argparse.Namespace) -> int:
    rows = backup.write(store(chosen), chosen.file, utc_now(), chosen.to or "")
    print(f"{rows} rows")  # noqa: T201
    return 0


def _key(chosen: argparse.Namespace) -> int:
    print(sealed_backup.make_key(chosen.file))  # noqa: T201
    return 0


def _back(chosen: argparse.Namespace) -> int:
    lines = Ledger(ledger(chosen))
    key = sealed_backup.read_key(chosen.key) if chosen.key else None
    rows = backup.restore(
        store(chosen, may_begin=True), chosen.file, lines, chosen.by, utc_now(), key
    )
    print(f"{rows} rows")  # noqa: T201
    return 0
