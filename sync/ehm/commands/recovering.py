"""The council's recovery key: making it, and opening one laptop with it."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from pydantic import ValidationError

from sync.contract.recovery import RecoveryRequest
from sync.ehm import council, device_ledger, recovery
from sync.ehm.app import utc_now
from sync.ehm.commands.command import Commands, command, ledger, store
from sync.ehm.ledger import Ledger


def add(commands: Commands) -> None:
    """Adds the commands of this subject."""
    making = command(
        commands, "recovery-key", "make the council's recovery key, split among custodians", _make
    )
    making.add_argument(
        "--custodian", action="append", default=[], metavar="NAME", help="three of them"
    )
    making.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="gets one file for each custodian"
    )

    answering = command(commands, "recover", "open one laptop, with two custodians", _recover)
    answering.add_argument("request", type=Path, help="the file that the laptop made")
    answering.add_argument(
        "--custodian", action="append", default=[], metavar="NAME", help="who gives their share"
    )
    answering.add_argument("--reason", required=True)
    answering.add_argument("--out", type=Path, required=True, metavar="FILE")


def _make(chosen: argparse.Namespace) -> int:
    chosen.out.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = [chosen.out / f"share-{n}.txt" for n in range(1, recovery.CUSTODIANS + 1)]
    if any(file.exists() for file in files):
        raise ValueError(f"there are shares in {chosen.out} already; name another folder")
    with store(chosen).writing() as connection:
        shares = recovery.make_key(connection, chosen.custodian, utc_now())
        for file, name, share in zip(files, chosen.custodian, shares, strict=True):
            _write(file, f"{_FOR.format(name=name, council=chosen.council)}\n{share}\n")
    _say(f"Three shares are in {chosen.out}. Print each for its custodian, then delete the files.")
    _say("Make a backup now: without this database's own part, no shares open a laptop.")
    return 0


def _recover(chosen: argparse.Namespace) -> int:
    request = _read(chosen.request)
    _say(f"Ask the worker to read the check number on the laptop. Here it is {request.check_words}")
    with store(chosen).writing() as connection:
        ours = council.read(connection)
        shares = [] if ours.is_demo else [_ask(name) for name in chosen.custodian]
        answer = recovery.answer(
            connection, ours, request, shares, chosen.custodian, chosen.reason, utc_now()
        )
        device_ledger.note_opened(connection, Ledger(ledger(chosen)), request.id)
    _write(chosen.out, answer.model_dump_json(indent=1) + "\n")
    _say(f"The answer for this one laptop is in {chosen.out}. It is of use to no other.")
    return 0


def _read(file: Path) -> RecoveryRequest:
    try:
        return RecoveryRequest.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        raise ValueError(f"{file} is not a request that a laptop made") from None


def _ask(custodian: str) -> str:
    """A share is never an argument: those can be seen by others."""
    if sys.stdin.isatty():
        return getpass.getpass(f"The words of {custodian}: ")
    return sys.stdin.readline()


def _write(file: Path, text: str) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(text)


def _say(words: str) -> None:
    print(words)  # noqa: T201 - a command's answer


_FOR = """\
One of three shares of the recovery key of {council}, for {name}.
Any two of them, with the council's own system, can open a laptop whose passphrase is forgotten.
Print this page, keep it where nobody else comes to it, and delete the file.
"""
