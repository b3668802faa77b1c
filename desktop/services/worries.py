"""A mark that something worrying was said, kept until the safety record has been opened for it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.services.packs import Packs
from desktop.services.records import Records
from desktop.vault import Event, Vault

_MARKED = "families with a worry"


@dataclass(slots=True)
class Worries:
    """Runs in the vault lane. A mark is durable at once: it outlives a lock and a flat battery."""

    vault: Vault
    packs: Packs
    records: Records

    def mark(self, family: str) -> None:
        """Something worrying was said in this family."""
        if family not in self.waiting():
            self.vault.remember(_MARKED, [*self.waiting(), family])
        self.vault.note(Event("worry marked", family=family))

    def waiting(self) -> list[str]:
        """The families whose mark nobody has followed yet."""
        marked = self.vault.recall(_MARKED)
        return [str(family) for family in marked] if isinstance(marked, list) else []

    def follow(self, family: str) -> str | None:
        """The family's safety record, begun if there is none; its mark is gone.

        None if the family has left this laptop, or the pack has no safety form.
        """
        self.vault.remember(_MARKED, [one for one in self.waiting() if one != family] or None)
        guards = self.packs.newest.guarding("harm")
        if not guards or all(family not in row.ids for row in self.vault.families()):
            return None
        return self.records.begin(family, guards[0].form)
