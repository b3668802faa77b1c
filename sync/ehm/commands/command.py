"""What every command of ``your-family-ehm`` takes: the database, and the ledger beside it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeAlias

from sync.ehm.app import open_store
from sync.ehm.store import Store

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def command(
    commands: Commands,
    name: str,
    said: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    """Adds a command that works on a database."""
    parser = commands.add_parser(name, help=said)
    parser.add_argument(
        "--database", required=True, metavar="URL", help="sqlite:///FILE or postgresql://..."
    )
    parser.add_argument("--council", default="Demonstration Council")
    parser.add_argument(
        "--ledger", type=Path, metavar="FILE", help="of erasures; keep it apart from backups"
    )
    parser.add_argument("--not-a-demo", action="store_true", help="for a new database")
    parser.set_defaults(run=run)
    return parser


def day(text: str) -> date:
    """A day that was typed."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2026-12-31") from None


def store(chosen: argparse.Namespace, *, may_begin: bool = False) -> Store:
    """The database of a command, its tables up to date.

    ``ValueError`` if there is no EHM in it, and the command does not begin one: a slip in the
    address must not look like an EHM of which nothing is left.
    """
    if not may_begin and not Store(chosen.database, is_brief=True).is_begun():
        raise ValueError(
            "There is no EHM in this database. Check --database, or begin one with:"
            " your-family-ehm serve"
        )
    return open_store(
        chosen.database,
        council_name=chosen.council,
        is_demo=not chosen.not_a_demo,
        is_brief=True,
    )


def ledger(chosen: argparse.Namespace) -> Path:
    """Beside an SQLite file, if no other place is named; ``ValueError`` if there is none."""
    if chosen.ledger is not None:
        return Path(chosen.ledger)
    file = chosen.database.removeprefix("sqlite:///")
    if file in ("", chosen.database):
        raise ValueError(
            "--ledger FILE is needed: where it is written down what was erased, apart from the"
            " database and its backups. Every command and server of this EHM names the same."
        )
    return Path(file + ".erasures")
