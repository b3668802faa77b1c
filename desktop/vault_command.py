"""``your-family vault``: what is done to a laptop's vault without its window.

Passphrases are asked for, or come one a line from standard input; they are never arguments, which
others can see.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unicodedata import normalize

from desktop.services.clock import Clock, system_clock


class Refused(Exception):
    """What was typed will not do."""

    title = "Nothing has been changed"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def main(arguments: Sequence[str], clock: Clock | None = None) -> int:
    """Run one command; 0 if it did it, 2 with the reason in words if not."""
    from desktop.process import harden_process

    harden_process()
    chosen = _parser().parse_args(arguments)
    try:
        chosen.run(chosen, clock or system_clock())
    except Exception as error:
        if not hasattr(error, "title") or not hasattr(error, "message"):
            raise
        _say(f"{error.title}. {error.message}")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="your-family vault", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, said: str, run: Callable[..., None]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=said)
        made.add_argument("--folder", type=Path, required=True, help="where the vault is")
        made.set_defaults(run=run)
        return made

    command("change-passphrase", "let another passphrase open it", _change_passphrase)
    command("rekey", "encrypt everything anew: after a leak of the folder", _rekey)
    recovering = command("recover", "open it with the council's help", _recover)
    recovering.add_argument("--request", type=Path, help="where to put the request")
    recovering.add_argument("--answer", type=Path, help="the council's answer")
    exporting = command("export", "take a family out in an encrypted file", _export)
    exporting.add_argument("--family", required=True, help="its reference")
    exporting.add_argument("--reason", required=True, help="for whom, and why")
    exporting.add_argument("--out", type=Path, required=True)
    opening = commands.add_parser("open-export", help="write out what such a file holds")
    opening.add_argument("file", type=Path)
    opening.set_defaults(run=_open_export)
    return parser


def _export(chosen: argparse.Namespace, clock: Clock) -> None:
    from desktop.services.exporting import Exporting
    from desktop.services.unlocking import open_services

    with _typed("Passphrase: ") as passphrase, _typed("Passphrase again: ") as again:
        services = open_services(chosen.folder, passphrase, clock)
        try:
            rows = services.vault.families()
            family = next((r.id for r in rows if chosen.family in (r.reference, r.number)), None)
            if family is None:
                raise Refused("No family on this laptop has this reference.")
            exporting = Exporting(services.vault, chosen.folder, services.policy.now)
            with _new_passphrase() as own:
                sealed = exporting.family(family, again, own, chosen.reason)
        finally:
            services.vault.close()
    with os.fdopen(os.open(chosen.out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(sealed)
    _say(f"The family is in {chosen.out}, encrypted. Tell the passphrase by another way.")


def _open_export(chosen: argparse.Namespace, _clock: Clock) -> None:
    from desktop.vault.sealed_export import open_export

    with _typed("The file's passphrase: ") as own:
        _say(open_export(_read(chosen.file), own).decode())


def _change_passphrase(chosen: argparse.Namespace, _clock: Clock) -> None:
    from desktop.vault import change_passphrase

    with _typed("The passphrase of now: ") as old, _new_passphrase() as new:
        change_passphrase(chosen.folder, old, new)
    _say("The new passphrase opens this laptop. Whoever has a copy of the folder can still open")
    _say("that copy with the old one: if you fear that, run rekey now.")


def _rekey(chosen: argparse.Namespace, _clock: Clock) -> None:
    from desktop.vault import rekey

    with _typed("Passphrase: ") as passphrase:
        rekey(chosen.folder, passphrase)
    _say("Everything is encrypted with a new key. Nothing else has changed.")


def _recover(chosen: argparse.Namespace, clock: Clock) -> None:
    from desktop.services.recovering import Recovering

    recovering = Recovering(chosen.folder, clock)
    if chosen.answer is not None:
        with _new_passphrase() as new:
            recovering.take_answer(_read(chosen.answer), new)
        _say("The new passphrase opens this laptop.")
        return
    request = recovering.ask()
    file = chosen.request or chosen.folder / "recovery-request.json"
    file.write_text(request.model_dump_json(indent=1) + "\n", "ascii")
    _say(f"Give this file to your council's IT help desk: {file}")
    _say(f"When they ask, read them this check number: {request.check_words}")
    _say("With their answer, run this command again: --answer FILE")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise Refused(f"The file {file} cannot be read.") from None


@contextmanager
def _new_passphrase() -> Iterator[bytearray]:
    from desktop.vault.passphrase import require_strength

    with _typed("A new passphrase: ") as new, _typed("Once more: ") as again:
        if new != again:
            raise Refused("The two were not the same.")
        require_strength(new.decode())
        yield new


@contextmanager
def _typed(words: str) -> Iterator[bytearray]:
    """What was typed, in NFC as the unlock page has it; erased afterwards."""
    line = getpass.getpass(words) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    typed = bytearray(normalize("NFC", line).encode())
    try:
        yield typed
    finally:
        typed[:] = bytes(len(typed))


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
