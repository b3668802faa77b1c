"""What the council sets for its laptops, and the measures of a period."""

from __future__ import annotations

import argparse

from forms.casework.measures.exports import dashboard
from forms.casework.measures.measure import for_outside
from forms.casework.measures.period import Period
from sync.contract.messages import DevicePolicy
from sync.ehm import council, measuring
from sync.ehm.commands.command import Commands, command, day, store


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    setting = command(commands, "policy", "print or set what laptops are told", _policy)
    for name in DevicePolicy.model_fields:
        setting.add_argument(f"--{name.replace('_', '-')}", type=int)
    setting.add_argument("--oldest-client", help="an older program only hands in")

    figures = command(commands, "measures", "print the measures of a period as CSV", _measures)
    figures.add_argument("first", type=day)
    figures.add_argument("last", type=day)


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


def _measures(chosen: argparse.Namespace) -> int:
    if chosen.first > chosen.last:
        raise ValueError("the first day is after the last")
    with store(chosen).reading() as connection:
        results = measuring.figures_of_all(connection, Period(chosen.first, chosen.last))
    print(dashboard([for_outside(result) for result in results]), end="")  # noqa: T201
    return 0
