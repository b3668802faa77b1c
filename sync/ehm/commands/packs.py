"""Packs of forms."""

from __future__ import annotations

import argparse
from pathlib import Path

from sync.ehm import council, packs
from sync.ehm.app import utc_now
from sync.ehm.commands.command import Commands, command, store


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    publish = command(commands, "publish", "publish a pack of forms", _publish)
    publish.add_argument("pack", type=Path)


def _publish(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        ours = council.read(connection)
        print(packs.publish(connection, ours, chosen.pack.read_bytes(), utc_now()).version)  # noqa: T201
    return 0
