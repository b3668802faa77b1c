"""Making a vault, opening it, and changing who can open it."""

from __future__ import annotations

import errno
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from desktop.vault.durable_file import move_into_place
from desktop.vault.errors import (
    DiskFailed,
    DiskFull,
    KeyFileDamaged,
    StoreDamaged,
    VaultError,
    VaultExists,
    VaultMissing,
)
from desktop.vault.folder import FolderLock, VaultFolder
from desktop.vault.key_file import KeyFile, StoreKey, make_key_file
from desktop.vault.passphrase_cost import PassphraseCost, calibrated
from desktop.vault.schema import NEWEST, schema_version, take_next_step
from desktop.vault.state import State
from desktop.vault.store import Store, make_store, open_store
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
    with _disk_errors_in_words():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FolderLock(here)
        try:
            if here.holds_a_vault:
                raise VaultExists
            _make_files(here, passphrase, worker, device, recovery_public_key, cost or calibrated())
        finally:
            lock.release()


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
        with _disk_errors_in_words():
            keys = _open_key_file(here, passphrase)
            store = _open_with_any(here, keys)
            here.make_reserve()
            return Vault(store, here, lock, clock)
    except BaseException:
        lock.release()
        raise


def seconds_to_wait(folder: Path) -> float:
    """How long until ``unlock`` takes a passphrase; 0.0 if it takes one now."""
    return Throttle(VaultFolder(folder).tries).seconds_to_wait()


def _make_files(
    here: VaultFolder,
    passphrase: bytearray,
    worker: Worker,
    device: str,
    recovery_public_key: bytes,
    cost: PassphraseCost,
) -> None:
    """The key file comes last: without it there is no vault here."""
    here.remove_coming_store()
    key = StoreKey.make(1)
    store = make_store(here.coming_store, key)
    try:
        while schema_version(store) < NEWEST:
            take_next_step(store)
        write_owner(State(store), worker, device)
    finally:
        store.close()
    move_into_place(here.coming_store, here.store)
    Throttle(here.tries).forgive()
    here.make_reserve()
    made = make_key_file(str(uuid.uuid4()), [key], passphrase, cost, recovery_public_key)
    key.erase()
    made.write(here.key_file)


def _open_key_file(here: VaultFolder, passphrase: bytearray) -> list[StoreKey]:
    key_file = KeyFile.read(here.key_file)
    throttle = Throttle(here.tries)
    throttle.count_try()
    try:
        keys = key_file.open_with_passphrase(passphrase)
    except KeyFileDamaged:
        throttle.take_back()
        raise
    throttle.forgive()
    return keys


def _open_with_any(here: VaultFolder, keys: Sequence[StoreKey]) -> Store:
    """The store, with whichever generation of its key it is encrypted."""
    refused: VaultError = StoreDamaged()
    try:
        for key in reversed(keys):
            try:
                store = open_store(here.store, key)
            except StoreDamaged as error:
                refused = error
                continue
            schema_version(store)
            store.forbid()
            return store
    finally:
        for key in keys:
            key.erase()
    raise refused


@contextmanager
def _disk_errors_in_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        raise (DiskFull if full else DiskFailed) from error
