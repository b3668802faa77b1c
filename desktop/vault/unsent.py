"""What is on this device alone: the EHM has not answered for it, or has not all of it."""

from __future__ import annotations

from desktop.vault.changes import Changes
from desktop.vault.store import Store

IS_UNSENT = (
    "(standing IN ('open', 'waiting') OR standing IN ('known', 'held') AND EXISTS"
    " (SELECT 1 FROM answer JOIN attachment ON attachment.name = answer.value"
    "  WHERE answer.change = change.place AND NOT attachment.sent))"
)
"""Of a change: the EHM has not answered for it, or has not all of a picture that it names."""


class Unsent:
    """Asked before anything is removed. It writes nothing."""

    def __init__(self, store: Store, changes: Changes) -> None:
        self._store = store
        self._changes = changes

    def anything_of(self, family: str) -> bool:
        """True if any change of it is not at the centre, or a picture, or the family itself."""
        found = self._store.value(
            "SELECT EXISTS (SELECT 1 FROM family WHERE id = ?1 AND registration <> 'done')"
            " OR EXISTS (SELECT 1 FROM change JOIN family ON family.place = change.family"
            "  WHERE family.id = ?1 AND standing <> 'known')"
            " OR EXISTS (SELECT 1 FROM answer JOIN change ON change.place = answer.change"
            "  JOIN family ON family.place = change.family"
            "  JOIN attachment ON attachment.name = answer.value"
            "  WHERE family.id = ?1 AND NOT attachment.sent)",
            (family,),
        )
        return bool(found)

    def is_being_written(self) -> bool:
        """True if any change is open or was not handed in yet."""
        found = self._store.value(
            "SELECT count(*) FROM change WHERE standing IN ('open', 'waiting')"
        )
        return bool(found)

    def in_family(self, family: str) -> bool:
        """True if a change of this family is open or the EHM has not all of it and its pictures."""
        return bool(self._changes.where(f"family.id = ? AND {IS_UNSENT}", (family,), 1))
