"""Codes that enrol a laptop, and the end of its registration."""

from __future__ import annotations

import argparse

from sync.contract.messages import OrderKind
from sync.ehm import council, devices, people
from sync.ehm.app import utc_now
from sync.ehm.commands.command import Commands, command, store


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    code = command(commands, "enrol-code", "print a code that enrols one device", _enrol_code)
    code.add_argument("--worker", required=True, metavar="NAME")

    revoke = command(commands, "revoke", "end a device's registration and wipe it", _revoke)
    revoke.add_argument("device")
    revoke.add_argument("--words", default="Your council has asked for this laptop to be wiped.")


def _enrol_code(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        worker = people.find_or_add(connection, chosen.worker)
        print(devices.enrol_code(connection, worker, utc_now()))  # noqa: T201
    return 0


def _revoke(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        ours = council.read(connection)
        devices.revoke(connection, ours, chosen.device, OrderKind.WIPE, chosen.words, utc_now())
    return 0
