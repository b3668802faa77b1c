"""The council's packs. Every version is kept: a record is read with the one it was begun with."""

from __future__ import annotations

from datetime import datetime

from desktop.vault.state import State
from desktop.vault.store import Store
from desktop.vault.times import to_text

_IN_USE = "pack in use"
_NEXT = "pack from the next start"


class Packs:
    """Packs by version, and which one is in use."""

    def __init__(self, store: Store, state: State) -> None:
        self._store = store
        self._state = state

    @property
    def in_use(self) -> str:
        """The version in use; ``""`` if there is none."""
        return str(self._state.get(_IN_USE, ""))

    @property
    def newest(self) -> str:
        """The version in use, or the one that waits for the next start."""
        return str(self._state.get(_NEXT, "") or self.in_use)

    def versions(self) -> list[str]:
        """Every version here, in the order in which they came."""
        found = self._store.rows("SELECT version FROM pack ORDER BY rowid")
        return [version for (version,) in found]

    def content(self, version: str) -> bytes | None:
        """The bytes of a version, or None."""
        found = self._store.value("SELECT content FROM pack WHERE version = ?", (version,))
        return None if found is None else bytes(found)

    def keep(self, version: str, content: bytes, at: datetime) -> None:
        """Keep a pack and use it from now on. ValueError: this version is here and differs."""
        with self._store.transaction():
            self._insert(version, content, at)
            self._state.put(_IN_USE, version)

    def keep_for_next_start(self, version: str, content: bytes, at: datetime) -> None:
        """Keep a pack; ``start`` takes it into use, so that no page changes under a worker."""
        with self._store.transaction():
            self._insert(version, content, at)
            self._state.put(_NEXT, version)

    def start(self) -> None:
        """Take into use what came since the last start."""
        coming = self._state.get(_NEXT, "")
        if coming:
            with self._store.transaction():
                self._state.put(_IN_USE, coming)
                self._state.put(_NEXT, "")

    def _insert(self, version: str, content: bytes, at: datetime) -> None:
        here = self.content(version)
        if here is None:
            self._store.run("INSERT INTO pack VALUES (?, ?, ?)", (version, content, to_text(at)))
        elif here != content:
            raise ValueError("a version of a pack never changes")
