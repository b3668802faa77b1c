"""Leaving a laptop: unsent work sealed for the council alone, then the keys, then the files.

A laptop that is locked cannot read what it holds, so the sealed file is kept level while it can: on
hiding, on locking, after a sync, and while somebody writes. When an order to wipe comes, nothing
has to be opened any more, though the battery was empty and nothing was locked.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass

from pydantic import ValidationError

from desktop.vault.changes import Changes
from desktop.vault.durable_file import replace_file
from desktop.vault.folder import VaultFolder, disk_errors_in_words
from desktop.vault.outbox import Outbox
from desktop.vault.store import Store
from sync.contract import escrow
from sync.contract.changes import to_wire
from sync.contract.escrow import UnsentWork
from sync.contract.messages import Order, WireChange

_EVERY_FAMILY = 100_000


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was here, and how many changes of it were sealed. Never a name."""

    changes: int = 0
    attachments: int = 0
    sealed: int = 0


class Departure:
    """Keeps the sealed file of one open vault level with what is unsent in it."""

    def __init__(
        self, store: Store, changes: Changes, outbox: Outbox, folder: VaultFolder, device: str
    ) -> None:
        self._store = store
        self._changes = changes
        self._outbox = outbox
        self._folder = folder
        self._device = device
        self._sealed_as: object = None

    def keep_sealed(self, escrow_key: str) -> Counts:
        """Seal what is unsent to the council's escrow key (X25519, base64), if anything is.

        What is still being written is in it as it stands. Costs nothing if nothing has changed
        since. Raises DiskFull or DiskFailed.
        """
        stands = (escrow_key, *self._store.rows(_WHAT_IS_UNSENT))
        if stands == self._sealed_as:
            return read_counts(self._folder)
        work = self._unsent()
        counts = Counts(
            changes=self._store.value("SELECT count(*) FROM change"),
            attachments=self._store.value("SELECT count(*) FROM attachment"),
            sealed=len(work.changes) if escrow_key else 0,
        )
        with disk_errors_in_words():
            if escrow_key and (work.changes or work.families or work.attachments):
                replace_file(self._folder.unsent, escrow.seal(escrow_key, work))
            else:
                self._folder.unsent.unlink(missing_ok=True)
            replace_file(self._folder.counts, json.dumps(asdict(counts)).encode())
        self._sealed_as = stands
        return counts

    def _unsent(self) -> UnsentWork:
        return UnsentWork(
            device=self._device,
            families=tuple(self._outbox.families(_EVERY_FAMILY)),
            changes=tuple(self._messages()),
            attachments={
                name: base64.b64encode(content).decode()
                for name, content in self._store.rows(
                    "SELECT name, content FROM attachment WHERE NOT sent"
                )
            },
        )

    def _messages(self) -> list[WireChange]:
        found = []
        for change in self._changes.where("standing IN ('open', 'waiting', 'rejected')"):
            with suppress(ValidationError):  # one that no contract takes; it was told on the screen
                found.append(to_wire(change))
        return found


_WHAT_IS_UNSENT = """
SELECT (SELECT count(*) FROM family WHERE registration = 'waiting'),
       (SELECT json_array(count(*), max(place), max(number)) FROM change
         WHERE standing IN ('waiting', 'rejected')),
       (SELECT json_group_array(json_array(answer.path, answer.value, answer.absent, answer.reason))
          FROM answer JOIN change ON change.place = answer.change WHERE change.standing = 'open'),
       (SELECT json_array(count(*), max(rowid)) FROM attachment WHERE NOT sent)
"""


def read_counts(folder: VaultFolder) -> Counts:
    """What was counted last; zeros if nothing was."""
    with suppress(OSError, ValueError, TypeError):
        return Counts(**json.loads(folder.counts.read_bytes()))
    return Counts()


def wipe(folder: VaultFolder, order: Order, close: Callable[[], None] = lambda: None) -> None:
    """Destroy the keys, ``close`` the store if it is open, remove the files.

    The order stays, to be answered for, and what was sealed. Repeated after a kill it goes on where
    it stopped. Raises DiskFailed.
    """
    with disk_errors_in_words():
        folder.release_reserve()  # or a full disk could keep the keys alive
        replace_file(folder.wiping, order.model_dump_json().encode())
        if folder.holds_a_vault:
            folder.destroy_keys()
        close()
        folder.remove_files()


def forget_wipe(folder: VaultFolder) -> None:
    """The council has all that it was owed: nothing of the vault is left."""
    for path in (folder.unsent, folder.counts, folder.wiping):
        path.unlink(missing_ok=True)
