"""How much is in a vault: numbers only, for the page that tells a worker what is on the laptop."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.vault.store import Store


@dataclass(frozen=True, slots=True)
class Held:
    """What the store holds. ``version``: the step of its schema."""

    families: int
    records: int
    attachments: int
    version: int


class Inventory:
    """Counts what one store holds."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def held(self) -> Held:
        """What is held now, families that are covered included."""
        row = self._store.row(
            "SELECT (SELECT count(*) FROM family), (SELECT count(*) FROM record),"
            " (SELECT count(*) FROM attachment)"
        )
        assert row is not None  # noqa: S101 - three counts are always one row
        families, records, attachments = row
        version = self._store.value("PRAGMA user_version")
        return Held(families, records, attachments, version)
