"""A count of saves beside the store, to notice a store that went back.

SQLite takes a damaged or cut log for one that simply ends there, and SQLCipher accepts an old copy
of a page: what was saved last would be gone without a word. So each save counts up inside the
store, and then in a small file beside it. The file is never ahead of what is safely on the disk; if
it is ahead of the store when that is opened, saves are missing. It is not synced: after a power cut
it may be behind, which says nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop.vault.state import State
from desktop.vault.store import Store

_SAVES = "saves"
_DIGITS = 20


class Witness:
    """Counts the saves of one store."""

    def __init__(self, store: Store, state: State, path: Path) -> None:
        self._store = store
        self._state = state
        self._path = path

    @contextmanager
    def saving(self) -> Iterator[None]:
        """One save: a transaction that is counted inside the store, and then beside it.

        If nothing was changed it is no save, and costs no sync to the disk.
        """
        with self._store.transaction():
            before = self._store.connection.total_changes
            yield
            if self._store.connection.total_changes == before:
                return
            saves = self._inside() + 1
            self._state.put(_SAVES, saves)
        self._say(saves)

    def missing(self) -> int:
        """How many saves the store has lost since it was open last; 0 if it is whole.

        The next save counts on from what the store holds.
        """
        return max(0, self._beside() - self._inside())

    def _inside(self) -> int:
        saves = self._state.get(_SAVES, 0)
        return saves if isinstance(saves, int) else 0

    def _beside(self) -> int:
        with suppress(OSError, ValueError):
            return int(self._path.read_bytes()[:_DIGITS])
        return 0

    def _say(self, saves: int) -> None:
        with suppress(OSError):  # it only bears witness: a save must not fail for it
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                os.write(descriptor, f"{saves:0{_DIGITS}}".encode())
            finally:
                os.close(descriptor)
