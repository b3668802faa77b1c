"""Invented families."""

from __future__ import annotations

import argparse
from pathlib import Path

from sync.ehm import demo
from sync.ehm.app import utc_now
from sync.ehm.commands.command import Commands, command, store


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    demonstration = command(commands, "demo", "add demonstration families", _demo)
    demonstration.add_argument("--pack", type=Path, required=True)
    demonstration.add_argument("--families", type=Path, required=True, metavar="FOLDER")
    demonstration.add_argument("--worker", default="Priya Shah", metavar="NAME")


def _demo(chosen: argparse.Namespace) -> int:
    with store(chosen, may_begin=True).writing() as connection:
        added = demo.seed(
            connection, chosen.pack.read_bytes(), chosen.families, chosen.worker, utc_now()
        )
    print(f"{added} families")  # noqa: T201
    return 0
