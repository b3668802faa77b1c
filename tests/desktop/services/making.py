"""A day's work on one device: a vault, the demo council's pack, and services over them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.services.clock import Clock
from desktop.services.families import Families
from desktop.services.filling import Filling
from desktop.services.known_records import KnownRecords
from desktop.services.packs import Packs
from desktop.services.paper import Paper
from desktop.services.records import Records
from desktop.services.unlocking import Services
from desktop.services.views import SyncOutcome
from desktop.vault import Vault
from forms.pack import Pack


@dataclass
class Desk:
    """Services over one vault."""

    vault: Vault
    packs: Packs
    known: KnownRecords
    families: Families
    records: Records
    paper: Paper
    clock: Clock

    def fill(self, family: str, form: str, **answers: str) -> str:
        """Fill a form at top-level paths, and seal; the record."""
        record = self.records.begin(family, form)
        filling = self.open(record)
        for path, value in answers.items():
            filling.answer(f"/{form}/" + path.replace("__", "/"), value)
        self.records.seal(filling.freeze())
        return record

    def open(self, record: str) -> Filling:
        return Filling(self.records.open(record), self.clock)


def desk_over(vault: Vault, pack: Pack, clock: Clock) -> Desk:
    return desk_with(vault, Packs(pack), clock)


def desk_with(vault: Vault, packs: Packs, clock: Clock) -> Desk:
    """A desk over forms that were read before."""
    known = KnownRecords(vault, packs, clock)
    names = {vault.worker.id: vault.worker.name}
    records = Records(vault, packs, known, clock, lambda: names)
    families = Families(vault, packs, known, clock, lambda: names, records.missing)
    paper = Paper(vault, packs, known, families, records, clock)
    return Desk(vault, packs, known, families, records, paper, clock)


def desk_of(services: Services) -> Desk:
    """The desk of a laptop that was unlocked."""
    known = services.records.known
    return Desk(
        services.vault,
        services.packs,
        known,
        services.families,
        services.records,
        services.paper,
        services.clock,
    )


def synced(services: Services, largest_file: int | None = None) -> SyncOutcome:
    """What came of one sync of an enrolled laptop."""
    services.vault.seal_all()
    return services.syncing.run(
        lambda job: job(), lambda progress: None, lambda: False, largest_file
    )
