"""What printing is made of: the worker's vault, the council's pack, and the rules of paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from desktop.printing.scripts import ScriptSetter
from desktop.services.clock import Clock
from desktop.services.families import Families
from desktop.services.known_records import FamilyRecords, KnownRecords
from desktop.services.packs import Packs
from desktop.services.papers.copies import Copies
from desktop.services.papers.products import Product, products
from desktop.services.records import Records
from desktop.vault import Vault
from forms.casework.reader import Told


class NoSuchPaper(Exception):
    """What the paper is made of is not there, or not any more."""

    title = "This paper cannot be made yet"
    message = "What it is made of has not been written. Write it first, then print it."


@dataclass(slots=True)
class PaperParts:
    """What every desk needs, in the vault lane."""

    vault: Vault
    packs: Packs
    known: KnownRecords
    families: Families
    records: Records
    clock: Clock
    setter: ScriptSetter | None = None

    @property
    def copies(self) -> Copies:
        """Which copies were made, and which are owed."""
        return Copies(self.records, self.known, self.clock)

    def today(self) -> date:
        """The day where the worker is."""
        return self.clock.now().astimezone(ZoneInfo(self.clock.zone)).date()

    def told(self, written: FamilyRecords) -> Told:
        """A family as the rules of paper see it."""
        return Told(
            written.known, written.changes, written.acknowledged, self.packs.newest, self.today()
        )

    def products(self, written: FamilyRecords) -> Iterable[Product]:
        """Every paper of a family."""
        return products(self.told(written), self.packs.title)

    def product(self, written: FamilyRecords, key: str) -> Product:
        """One paper of a family. Error: NoSuchPaper."""
        for product in self.products(written):
            if product.key == key:
                return product
        raise NoSuchPaper
