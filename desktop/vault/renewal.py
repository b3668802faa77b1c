"""Putting a new store in the place of the one in use: with another key, or with a newer schema.

The new one is made whole beside it, verified and put on the disk; then one rename changes over. A
kill at any moment leaves the old store or the new one, and what lies beside it is thrown away.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.vault.durable_file import move_into_place
from desktop.vault.errors import DiskFailed
from desktop.vault.folder import VaultFolder, logs_of
from desktop.vault.key_file import StoreKey
from desktop.vault.store import Store, make_store, open_store


def build_store(here: VaultFolder, key: StoreKey, fill: Callable[[Store], None]) -> None:
    """Make a store, fill it, verify it, and put it in its place."""
    here.remove_coming_store()
    store = make_store(here.coming_store, key)
    try:
        fill(store)
        store.check()
    except BaseException:
        store.connection.close()
        here.remove_coming_store()
        raise
    store.close()
    _must_be_whole(here.coming_store)
    move_into_place(here.coming_store, here.store)


def renew_store(
    here: VaultFolder, old: StoreKey, new: StoreKey, change: Callable[[Store], None]
) -> None:
    """Put a copy of the store, encrypted with ``new`` and changed by ``change``, in its place."""

    def fill(coming: Store) -> None:
        present = open_store(here.store, old)
        try:
            present.copy_to(coming)
        finally:
            present.close()
        _must_be_whole(here.store)
        change(coming)

    build_store(here, new, fill)


def _must_be_whole(store: Path) -> None:
    """A store is one file only once its log is in it; a log left behind would be another's."""
    for log in logs_of(store):
        if log.exists() and log.stat().st_size > 0:
            raise DiskFailed
        log.unlink(missing_ok=True)
