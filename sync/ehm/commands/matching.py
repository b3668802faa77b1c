"""Families that may be one: looked for, listed, decided, undone."""

from __future__ import annotations

import argparse

from sync.contract.messages import Decide
from sync.ehm import people, person_erasure
from sync.ehm.app import utc_now
from sync.ehm.commands.command import Commands, command, store
from sync.ehm.matching import bonds, identities, queue


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    command(commands, "match", "look for families that may be one, and list them", _match)

    deciding = command(commands, "decide", "decide whether two families are one", _decide)
    deciding.add_argument("match")
    deciding.add_argument("decision", choices=("same_family", "same_child", "different"))
    undoing = command(commands, "undo-bond", "take a merge or a link back", _undo)
    undoing.add_argument("bond")
    for each in (deciding, undoing):
        each.add_argument("--by", required=True, metavar="NAME")
        each.add_argument("--reason", required=True)

    apart = command(commands, "set-apart", "an identity before or after adoption: no match", _apart)
    apart.add_argument("family")
    apart.add_argument("person", help="the UUID of their row")


def _match(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        queue.look(connection, utc_now())
        for match in queue.waiting(connection):
            numbers = " ".join(family.number for family in match.families)
            print(match.id, match.score, match.suggestion, numbers)  # noqa: T201
    return 0


def _decide(chosen: argparse.Namespace) -> int:
    said = Decide(decision=chosen.decision, reason=chosen.reason)
    with store(chosen).writing() as connection:
        by = people.known(connection, chosen.by)
        print(queue.decide(connection, chosen.match, said, by, utc_now()).bond or "")  # noqa: T201
    return 0


def _undo(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        by = people.known(connection, chosen.by)
        since = bonds.undo(connection, chosen.bond, by, chosen.reason, utc_now())
        queue.reopen(connection, chosen.bond)
    for each in since:
        print(each.family, each.record, each.form, each.author)  # noqa: T201
    return 0


def _apart(chosen: argparse.Namespace) -> int:
    with store(chosen).writing() as connection:
        if not person_erasure.is_in(connection, chosen.family, chosen.person):
            raise ValueError("there is nobody with this UUID in this family")
        identities.seal(connection, chosen.family, chosen.person)
    return 0
