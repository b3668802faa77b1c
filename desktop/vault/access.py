"""Who can open a vault: another passphrase, a recovery by the council, a new key of the store."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from desktop.vault.errors import KeyFileDamaged, StoreDamaged
from desktop.vault.folder import FolderLock, VaultFolder, disk_errors_in_words
from desktop.vault.key_file import KeyFile, StoreKey, make_key_file
from desktop.vault.passphrase_cost import PassphraseCost
from desktop.vault.renewal import renew_store
from desktop.vault.store import open_store
from desktop.vault.throttle import Throttle


def open_key_file(here: VaultFolder, passphrase: bytearray) -> list[StoreKey]:
    """The store's keys, newest last; the try is counted. As ``unlock`` raises."""
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


def confirm_passphrase(folder: Path, passphrase: bytearray) -> None:
    """Make sure that this passphrase opens the vault, which may be open; the try is counted.

    Raises WrongPassphrase, TooManyTries, KeyFileDamaged, VaultMissing.
    """
    for key in open_key_file(VaultFolder(folder), passphrase):
        key.erase()


def settle_generations(
    here: VaultFolder, keys: Sequence[StoreKey], passphrase: bytearray
) -> StoreKey:
    """The key that opens the store. After a re-encryption, broken off or done, the only one kept.

    Raises StoreDamaged if there are several and none opens it.
    """
    if len(keys) == 1:
        return keys[0]
    key = _key_that_opens(here, keys)
    _write_key_file(here, [key], passphrase)
    return key


def change_passphrase(
    folder: Path,
    old: bytearray,
    new: bytearray,
    *,
    cost: PassphraseCost | None = None,
    is_open: bool = False,
) -> None:
    """Let ``new`` open the vault instead of ``old``; nothing is re-encrypted.

    ``is_open``: by who has the vault open, and so its lock. Whoever kept a copy of the folder can
    still open that copy with ``old``: after a leak, rekey.
    """
    here = VaultFolder(folder)
    with disk_errors_in_words(), nullcontext() if is_open else FolderLock(here):
        _write_key_file(here, open_key_file(here, old), new, cost)


@dataclass(frozen=True, slots=True)
class RecoverySlot:
    """What of the key file a council needs to open it. None of it is secret."""

    vault: str
    ephemeral_key: bytes
    council_key: bytes


def recovery_slot(folder: Path) -> RecoverySlot:
    """What to ask the council with. Raises VaultMissing, KeyFileDamaged."""
    key_file = KeyFile.read(VaultFolder(folder).key_file)
    return RecoverySlot(key_file.vault, key_file.ephemeral_key, key_file.council_key)


def recover(folder: Path, opens: bytes, new: bytearray) -> None:
    """Let ``new`` open the vault, by what the council made of its recovery slot.

    It opens no other vault, and this one no second time: the slot is made anew. KeyFileDamaged.
    """
    here = VaultFolder(folder)
    with disk_errors_in_words(), FolderLock(here):
        keys = KeyFile.read(here.key_file).open_for_recovery(opens)
        _write_key_file(here, keys, new)
        Throttle(here.tries).forgive()


def rekey(folder: Path, passphrase: bytearray) -> None:
    """Re-encrypt the whole store with a new random key: copies of the old key open it no more.

    Killed at any moment, the vault opens with the same passphrase and nothing is lost: until the
    new store is in its place the key file holds the keys of both.
    """
    here = VaultFolder(folder)
    with disk_errors_in_words(), FolderLock(here):
        old = settle_generations(here, open_key_file(here, passphrase), passphrase)
        new = StoreKey.make(old.generation + 1)
        _write_key_file(here, [old, new], passphrase)
        renew_store(here, old, new, lambda _: None)
        _write_key_file(here, [new], passphrase)
        old.erase()
        new.erase()


def _key_that_opens(here: VaultFolder, keys: Sequence[StoreKey]) -> StoreKey:
    refused = StoreDamaged()
    for key in reversed(keys):
        try:
            open_store(here.store, key).close()
        except StoreDamaged as error:
            refused = error
            continue
        return key
    raise refused


def _write_key_file(
    here: VaultFolder,
    keys: Sequence[StoreKey],
    passphrase: bytearray,
    cost: PassphraseCost | None = None,
) -> None:
    present = KeyFile.read(here.key_file)
    made = make_key_file(present.vault, keys, passphrase, cost or present.cost, present.council_key)
    made.write(here.key_file)
