"""The people who work with families."""

from __future__ import annotations

import argparse

from sync.ehm import people
from sync.ehm.commands.command import Commands, command, store


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    worker = command(commands, "worker", "add somebody who works with families", _worker)
    worker.add_argument("name")
    worker.add_argument("--role", default="worker", choices=people.ROLES)
    worker.add_argument("--team", default="")


def _worker(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        print(people.add(connection, chosen.name, chosen.role, chosen.team))  # noqa: T201
    return 0
