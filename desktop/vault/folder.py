"""The folder of a vault: its files, its lock and its reserve of disk."""

from __future__ import annotations

import errno
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.vault.durable_file import sync_folder
from desktop.vault.errors import DiskFailed, DiskFull, VaultInUse, VaultMissing

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

RESERVE_BYTES = 4 * 1024 * 1024
_BESIDE = ("visit", "orders.json", "recovery-asked.json", "recovery-answered.json")
"""What other rooms keep beside the store, where it must be known before unlocking."""


@dataclass(frozen=True, slots=True)
class VaultFolder:
    """Where everything of one vault lies. No name of a file tells whose it is."""

    path: Path

    @property
    def key_file(self) -> Path:
        """The wrapped key."""
        return self.path / "key.json"

    @property
    def store(self) -> Path:
        """The encrypted store."""
        return self.path / "vault.db"

    @property
    def coming_store(self) -> Path:
        """A store that is being made beside the one in use."""
        return self.path / "vault.db.next"

    @property
    def tries(self) -> Path:
        """How many passphrases were wrong."""
        return self.path / "tries"

    @property
    def saves(self) -> Path:
        """How many saves the store should hold."""
        return self.path / "saves"

    @property
    def unsent(self) -> Path:
        """Unsent work, sealed so that only the council can read it."""
        return self.path / "unsent.sealed"

    @property
    def counts(self) -> Path:
        """How much is here: numbers for a receipt, when nothing can be opened."""
        return self.path / "counts.json"

    @property
    def wiping(self) -> Path:
        """The order by which this vault is, or was, destroyed."""
        return self.path / "wipe.json"

    @property
    def reserve(self) -> Path:
        """Disk kept free for sealing the last change."""
        return self.path / "reserve"

    @property
    def holds_a_vault(self) -> bool:
        """True once a vault was made here whole."""
        return self.key_file.exists()

    def make_reserve(self) -> bool:
        """Take the reserve's room on the disk, if it is not taken; False if there is none."""
        try:
            if self.reserve.exists() and self.reserve.stat().st_size == RESERVE_BYTES:
                return True
            descriptor = os.open(self.reserve, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(RESERVE_BYTES))  # not what a disk would compress
                file.flush()
                os.fsync(file.fileno())
        except OSError:  # no room now: the next unlock tries again, and nothing depends on it
            self.release_reserve()
            return False
        return True

    def release_reserve(self) -> bool:
        """Give the reserve's room back to the disk; False if it was not there."""
        try:
            self.reserve.unlink()
            sync_folder(self.path)
        except OSError:
            return False
        return True

    def destroy_keys(self) -> None:
        """Overwrite and remove the key file: what it opened is unreadable from here on."""
        with self.key_file.open("r+b") as file:
            file.write(secrets.token_bytes(self.key_file.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        self.key_file.unlink()
        sync_folder(self.path)

    def remove_files(self) -> None:
        """Remove everything of the vault but its folder."""
        self.remove_coming_store()
        for path in (self.store, *logs_of(self.store), self.reserve, self.tries, self.saves):
            path.unlink(missing_ok=True)
        for name in _BESIDE:
            (self.path / name).unlink(missing_ok=True)

    def remove_coming_store(self) -> None:
        """Throw away a store that was being made when the program was killed."""
        for path in (self.coming_store, *logs_of(self.coming_store)):
            path.unlink(missing_ok=True)


def logs_of(store: Path) -> tuple[Path, ...]:
    """The files that SQLite puts beside a store."""
    return tuple(store.with_name(store.name + end) for end in ("-wal", "-shm", "-journal"))


class FolderLock:
    """Held while a vault is open; the system lets go of it when the process ends, however."""

    def __init__(self, folder: VaultFolder) -> None:
        """VaultInUse: another program, or another part of this one, holds it. VaultMissing."""
        try:
            self._descriptor = os.open(folder.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except FileNotFoundError as error:
            raise VaultMissing from error
        try:
            if sys.platform == "win32":
                msvcrt.locking(self._descriptor, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._descriptor)
            raise VaultInUse from error

    def release(self) -> None:
        """Let go."""
        os.close(self._descriptor)

    def __enter__(self) -> None:
        """Held already; leaving lets go."""

    def __exit__(self, *_: object) -> None:
        self.release()


@contextmanager
def disk_errors_in_words() -> Iterator[None]:
    """Errors of the file system as DiskFull or DiskFailed."""
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        raise (DiskFull if full else DiskFailed) from error
