"""Programs that tests start and kill: ``python -m tests.desktop.vault.child JOB FOLDER NUMBER``.

``NUMBER`` is at which of the program's own syncs to the disk it kills itself; 0: never. Each line
that it prints is something that it was told is done.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.vault import change_passphrase, rekey
from desktop.vault.key_file import StoreKey
from tests.desktop.vault.making import (
    CHEAP,
    PASSPHRASE,
    BareStore,
    Pen,
    allow_cheap_passphrases,
    changes_of,
    make_vault,
)

if TYPE_CHECKING:
    from _typeshed import FileDescriptorLike

NEW_PASSPHRASE = b"pebble violin garden soup"


def _die_at_sync(number: int) -> None:
    real, left = os.fsync, [number]

    def sync(descriptor: FileDescriptorLike) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        real(descriptor)

    os.fsync = sync  # type: ignore[assignment]


def _say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def _write_without_end(folder: Path) -> None:
    secret = bytearray.fromhex(sys.stdin.readline())
    store = BareStore(folder / "vault.db", StoreKey(1, secret)).open()
    changes, chance, pen = changes_of(store), random.Random(1), Pen()
    while True:
        change = pen.change({"/note/what": "x" * chance.randrange(6_000)})
        changes.write(change)
        _say("written", change.id)
        if chance.random() < 0.5:
            for sealed in changes.seal_all():
                _say("sealed", sealed.id)


def main(job: str, folder: Path, number: int) -> None:
    """Do the job, or die at it."""
    allow_cheap_passphrases()
    if number:
        _die_at_sync(number)
    if job == "write":
        _write_without_end(folder)
    elif job == "create":
        make_vault(folder, CHEAP)
    elif job == "passphrase":
        change_passphrase(folder, bytearray(PASSPHRASE), bytearray(NEW_PASSPHRASE))
    elif job == "rekey":
        _say("begun")
        rekey(folder, bytearray(PASSPHRASE))
    _say("done")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
