"""The jobs of processes that tests kill; ``forked.py`` starts them.

A number says at which of the process's own steps (syncs to the disk, removals of a file) it kills
itself; 0: never. Each line that it says is something that it was told is done.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desktop.vault import change_passphrase, rekey
from desktop.vault.departure import wipe
from desktop.vault.folder import VaultFolder
from desktop.vault.key_file import StoreKey
from sync.contract.messages import Order
from tests.desktop.vault.making import (
    CHEAP,
    PASSPHRASE,
    BareStore,
    Pen,
    allow_cheap_passphrases,
    changes_of,
    make_vault,
)

NEW_PASSPHRASE = b"pebble violin garden soup"


def _die_at(number: int) -> None:
    left = [number]

    def dying(real: Callable[..., None]) -> Callable[..., None]:
        def act(*given: Any, **named: Any) -> None:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            real(*given, **named)

        return act

    os.fsync, os.unlink = dying(os.fsync), dying(os.unlink)


def _write_without_end(folder: Path, secret: str, tells: Connection) -> None:
    store = BareStore(folder / "vault.db", StoreKey(1, bytearray.fromhex(secret))).open()
    changes, chance, pen = changes_of(store), random.Random(1), Pen()
    while True:
        change = pen.change({"/note/what": "x" * chance.randrange(6_000)})
        changes.write(change)
        tells.send(f"written {change.id}")
        if chance.random() < 0.5:
            for sealed in changes.seal_all():
                tells.send(f"sealed {sealed.id}")


def _wipe_copies(folder: Path, order: Order) -> None:
    """Copies of the vault beside it: 1 is killed at the first step of being wiped, 2 at the second.

    Until one comes to its end. In forks of this one program, for most of a kill is the start.
    """
    for number in range(1, 60):
        copy = folder.with_name(str(number))
        shutil.copytree(folder, copy)
        child = os.fork()
        if child == 0:
            _die_at(number)
            wipe(VaultFolder(copy), order)
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
            return


def main(job: str, folder: Path, number: int, tells: Connection, given: str) -> None:
    """Do the job, or die at it."""
    allow_cheap_passphrases()
    if number:
        _die_at(number)
    if job == "write":
        _write_without_end(folder, given, tells)
    elif job == "create":
        make_vault(folder, CHEAP)
    elif job == "passphrase":
        change_passphrase(folder, bytearray(PASSPHRASE), bytearray(NEW_PASSPHRASE))
    elif job == "rekey":
        tells.send("begun")
        rekey(folder, bytearray(PASSPHRASE))
    elif job == "wipe copies":
        _wipe_copies(folder, Order.model_validate_json(given))
