"""Small things the vault remembers, by name, as JSON."""

from __future__ import annotations

import json

from desktop.vault.store import Store


class State:
    """Names to JSON values; a value is durable when ``put`` returns or its transaction ends."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: str, otherwise: object = None) -> object:
        """The value of ``key``, or ``otherwise``."""
        found = self._store.value("SELECT value FROM state WHERE key = ?", (key,))
        return otherwise if found is None else json.loads(found)

    def put(self, key: str, value: object) -> None:
        """Keep ``value`` (anything that JSON can hold); None forgets the key."""
        if value is None:
            self._store.run("DELETE FROM state WHERE key = ?", (key,))
            return
        self._store.run(
            "INSERT INTO state (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, json.dumps(value, ensure_ascii=False)),
        )
