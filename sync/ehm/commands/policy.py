"""What the council sets for its laptops."""

from __future__ import annotations

import argparse

from sync.contract.messages import DevicePolicy
from sync.ehm import council
from sync.ehm.commands.command import Commands, command, store


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    setting = command(commands, "policy", "print or set what laptops are told", _policy)
    for name in DevicePolicy.model_fields:
        setting.add_argument(f"--{name.replace('_', '-')}", type=int)
    setting.add_argument("--oldest-client", help="an older program only hands in")


def _policy(chosen: argparse.Namespace) -> int:
    given = {
        name: value
        for name in DevicePolicy.model_fields
        if (value := getattr(chosen, name)) is not None
    }
    with store(chosen).writing() as connection:
        known = council.read(connection).policy
        new = DevicePolicy(**{**known.model_dump(), **given})
        council.set_policy(connection, new)
        if chosen.oldest_client:
            council.set_oldest_client(connection, chosen.oldest_client)
    print(new.model_dump_json(indent=1))  # noqa: T201
    return 0
