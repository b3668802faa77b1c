"""The records of a family as casework sees them. Runs in the vault lane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.services.packs import FormMissing, Packs
from desktop.vault import RecordRow, Vault
from forms.casework.known_record import KnownRecord
from forms.casework.people import Person, household
from forms.casework.permission import Permission, permission
from forms.records.change import Change
from forms.records.finalising import is_final
from forms.records.heads import Heads
from forms.xforms import FormError


@dataclass(frozen=True, slots=True, repr=False)
class FamilyRecords:
    """Everything written of one family. ``unknown`` are records whose form is not here yet."""

    rows: Sequence[RecordRow]
    changes: Mapping[str, Sequence[Change]]
    known: Sequence[KnownRecord]
    acknowledged: frozenset[str]
    unknown: Sequence[RecordRow] = ()

    def permission(self, what: str, packs: Packs) -> Permission:
        """Whether ``what`` (``paper``, ``talk``) is safe, as the cautious answer governs it."""
        return permission(what, self.known, packs.newest, self.changes, self.acknowledged)

    def waiting(self, record: str) -> int:
        """How many changes of a record the EHM does not have."""
        return sum(1 for change in self.changes[record] if change.id not in self.acknowledged)


@dataclass(slots=True)
class KnownRecords:
    """Reads records out of the vault, with the forms they were filled on."""

    vault: Vault
    packs: Packs

    def of_family(self, family: str) -> FamilyRecords:
        """Everything written of a family."""
        rows = self.vault.records(family)
        changes = {row.id: tuple(self.vault.changes(row.id)) for row in rows}
        acknowledged: frozenset[str] = frozenset()
        known, unknown = [], []
        for row in rows:
            acknowledged |= self.vault.acknowledged(row.id)
            try:
                known.append(self._known(row, changes[row.id]))
            except (FormMissing, FormError):  # listed all the same, and opened when it can be
                unknown.append(row)
        return FamilyRecords(rows, changes, known, acknowledged, unknown)

    def household(self, family: str) -> list[Person]:
        """The people of a family."""
        return household(self.of_family(family).known)

    def _known(self, row: RecordRow, changes: Sequence[Change]) -> KnownRecord:
        heads = Heads(changes)
        definition = self.packs.definition(row.form, row.version)
        return KnownRecord(
            row.id, row.family, row.form, row.version, definition, heads, is_final(heads), row.begun
        )
