"""Making a vault and opening it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path

from desktop.vault.access import open_key_file, settle_generations
from desktop.vault.errors import VaultExists, VaultMissing
from desktop.vault.folder import FolderLock, VaultFolder, disk_errors_in_words
from desktop.vault.key_file import StoreKey, make_key_file
from desktop.vault.passphrase_cost import PassphraseCost, calibrated
from desktop.vault.renewal import build_store, renew_store
from desktop.vault.schema import all_steps, is_behind, take_steps
from desktop.vault.state import State
from desktop.vault.store import Store, open_store
from desktop.vault.throttle import Throttle
from desktop.vault.times import Clock
from desktop.vault.vault import Vault, write_owner
from desktop.vault.worker import Worker


def create_vault(
    folder: Path,
    passphrase: bytearray,
    worker: Worker,
    device: str,
    recovery_public_key: bytes,
    *,
    cost: PassphraseCost | None = None,
) -> None:
    """Make a vault in ``folder``: whole, or (killed or out of disk) not at all.

    ``passphrase`` is UTF-8; the caller erases it. ``recovery_public_key`` is the council's X25519
    key, raw. ``cost`` is calibrated to this machine by default (about a second). Raises
    VaultExists, VaultInUse, DiskFull or DiskFailed.
    """
    here = VaultFolder(folder)
    with disk_errors_in_words():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FolderLock(here):
            if here.holds_a_vault:
                raise VaultExists
            key = StoreKey.make(1)
            build_store(here, key, lambda store: _fill(store, worker, device))
            Throttle(here.tries).forgive()
            here.make_reserve()
            made = make_key_file(
                str(uuid.uuid4()), [key], passphrase, cost or calibrated(), recovery_public_key
            )
            key.erase()
            made.write(here.key_file)  # last: without it there is no vault here


def unlock(folder: Path, passphrase: bytearray, clock: Clock) -> Vault:
    """Open the vault in ``folder``.

    Raises VaultMissing, VaultInUse, TooManyTries, WrongPassphrase, KeyFileDamaged,
    KeyFileFromNewerVersion, StoreDamaged, StoreCutShort, StoreFromNewerVersion, DiskFull or
    DiskFailed; in each case nothing was changed but the count of tries.
    """
    here = VaultFolder(folder)
    if not here.holds_a_vault:
        raise VaultMissing
    lock = FolderLock(here)
    try:
        with disk_errors_in_words():
            keys = open_key_file(here, passphrase)
            key = settle_generations(here, keys, passphrase)
            here.remove_coming_store()
            store = _open_up_to_date(here, key, all_steps())
            for each in keys:
                each.erase()
            here.make_reserve()
            return Vault(store, here, lock, clock)
    except BaseException:
        lock.release()
        raise


def seconds_to_wait(folder: Path) -> float:
    """How long until ``unlock`` takes a passphrase; 0.0 if it takes one now."""
    return Throttle(VaultFolder(folder).tries).seconds_to_wait()


def _fill(store: Store, worker: Worker, device: str) -> None:
    take_steps(store, all_steps())
    write_owner(State(store), worker, device)


def _open_up_to_date(here: VaultFolder, key: StoreKey, steps: Sequence[str]) -> Store:
    """The store at the newest step; a store that is behind takes its steps on a copy."""
    store = open_store(here.store, key)
    try:
        if is_behind(store, steps):
            store.close()
            renew_store(here, key, key, lambda coming: take_steps(coming, steps))
            store = open_store(here.store, key)
    except BaseException:
        store.connection.close()
        raise
    store.forbid()
    return store
