"""The open vault: everything of one worker on one device."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime

from desktop.vault import families as family_rows
from desktop.vault.attachments import keep_attachment, read_attachment
from desktop.vault.audit import Audit, AuditEntry, Event
from desktop.vault.changes import Changes
from desktop.vault.departure import Counts, Departure, read_counts, wipe
from desktop.vault.errors import DiskFailed, DiskFull, StoreDamaged
from desktop.vault.families import FamilyRow, RecordRow
from desktop.vault.folder import FolderLock, VaultFolder
from desktop.vault.inventory import Inventory
from desktop.vault.outbox import Outbox
from desktop.vault.packs import Packs
from desktop.vault.replica import StoredReplica
from desktop.vault.search import Search
from desktop.vault.state import State
from desktop.vault.store import Store
from desktop.vault.summaries import Summaries
from desktop.vault.times import Clock
from desktop.vault.witness import Witness
from desktop.vault.worker import Worker
from forms.records.change import Change
from sync.client.replica import Removed
from sync.contract.messages import Order

_OWNER = "owner"
_REMEMBERED = "remembered "


class Vault:
    """Used by one thread at a time: the vault lane.

    A method that writes is durable when it returns. If it raises (``DiskFull``, ``DiskFailed``,
    ``StoreDamaged``), nothing of it was written and the vault can go on. ``missing_saves`` counts
    what was saved before and is not here any more, since this opening found a damaged log or an
    older copy of the store: tell the worker, and compare with the EHM.

    One method over thirty: it is all that the rooms above may ask, and each is a line or three.
    """

    def __init__(self, store: Store, folder: VaultFolder, lock: FolderLock, clock: Clock) -> None:
        self._store = store
        self._folder = folder
        self._lock = lock
        self._clock = clock
        self._state = State(store)
        self._search = Search(store)
        self._changes = Changes(store, self._search)
        self._packs = Packs(store, self._state)
        self.summaries = Summaries(store)
        self.inventory = Inventory(store)
        self.worker, self.device = read_owner(self._state)
        self._audit = Audit(store, self._state, self.worker.id, self.device)
        self.replica = StoredReplica(
            store, self._changes, self._packs, self.worker.id, clock, self._wipe
        )
        self._departure = Departure(
            store, self._changes, Outbox(store, self._changes), folder, self.device
        )
        self._witness = Witness(store, self._state, folder.saves)
        self.missing_saves = self._witness.missing()
        with suppress(DiskFull, DiskFailed):  # a full disk must not keep the worker out
            if self.missing_saves:
                self.note(Event("store went back", count=self.missing_saves))
            self._packs.start()
            while self._search.clear():  # left by a process that ended before
                pass

    def close(self) -> None:
        """Close the store and let go of the folder. Seal first what should be sent."""
        try:
            self._store.close()
        finally:
            self._lock.release()

    def check(self) -> None:
        """Verify every page of the store and the audit's chain. Raises StoreDamaged."""
        self._store.check()
        if not self._audit.is_whole():
            raise StoreDamaged

    def release_reserve(self) -> bool:
        """On a full disk: give back the room kept for the last change, then seal. False: none."""
        return self._folder.release_reserve()

    # families and records

    def begin_family(self, family: str, at: datetime) -> None:
        """Make a family (a UUIDv7) that the centre does not know yet."""
        family_rows.begin_family(self._store, family, at)

    def families(self) -> list[FamilyRow]:
        """The families of this worker, in the order in which they came; a merged one is one."""
        return family_rows.families(self._store)

    def begin_record(self, record: str, family: str, form: str, version: str, at: datetime) -> None:
        """Make a record (a UUIDv7) of a family that is here."""
        family_rows.begin_record(self._store, record, family, form, version, at)

    def records(self, family: str) -> list[RecordRow]:
        """The records of a family, and of its parts, in the order in which they came."""
        return family_rows.records(self._store, family)

    def record(self, record: str) -> RecordRow | None:
        """One record, or None if it is not here."""
        return family_rows.record(self._store, record)

    def search(self, words: str) -> list[str]:
        """Ids of the families where every word, or one that begins with it, was said."""
        return self._search.families(words)

    # changes

    def changes(self, record: str) -> list[Change]:
        """All changes of a record in the order in which they came; the open one last."""
        return self._changes.of_record(record)

    def changes_of_family(self, family: str) -> dict[str, list[Change]]:
        """Record to its changes, for all of a family and its parts: no reading for each record."""
        return {
            record: changes
            for each in family_rows.whole(self._store, family)
            for record, changes in self._changes.of_family(each).items()
        }

    def write(self, change: Change) -> None:
        """Make or rewrite the open change of its record and author. Raises AlreadySealed."""
        with self._witness.saving():
            self._changes.write(change)

    def seal(self, record: str) -> tuple[Change, ...]:
        """Seal the record's open changes into the outbox; those that said something new."""
        with self._witness.saving():
            return self._changes.seal(record)

    def seal_all(self) -> tuple[Change, ...]:
        """Seal every open change."""
        with self._witness.saving():
            return self._changes.seal_all()

    def acknowledged(self, record: str) -> frozenset[str]:
        """Ids of the record's changes that the EHM has listed back."""
        return self._changes.acknowledged(record)

    # attachments and packs

    def keep(self, content: bytes, media_type: str) -> str:
        """Keep the bytes of a picture, drawing or signature; their name. AttachmentTooBig."""
        with self._witness.saving():
            return keep_attachment(self._store, content, media_type)

    def attachment(self, name: str) -> bytes:
        """The bytes of this name. Raises AttachmentMissing."""
        return read_attachment(self._store, name)

    def keep_pack(self, version: str, content: bytes) -> None:
        """Keep a pack whose signature was checked, and use it from now on."""
        self._packs.keep(version, content, self._clock())

    def use_newest_pack(self) -> None:
        """Take into use a pack that came since the last start."""
        self._packs.start()

    def packs(self) -> list[str]:
        """The versions of every pack here; none is thrown away while records may use it."""
        return self._packs.versions()

    def pack(self, version: str = "") -> bytes | None:
        """The bytes of a pack, by default of the one in use; None if it is not here."""
        return self._packs.content(version or self._packs.in_use)

    @property
    def pack_in_use(self) -> str:
        """The version of the pack in use; ``""`` if there is none yet."""
        return self._packs.in_use

    # memory and audit

    def remember(self, key: str, value: object) -> None:
        """Keep a small JSON value inside the store; None forgets it."""
        self._state.put(_REMEMBERED + key, value)

    def recall(self, key: str) -> object:
        """The remembered value, or None."""
        return self._state.get(_REMEMBERED + key)

    def note(self, event: Event) -> None:
        """Append to the audit."""
        with self._witness.saving():
            self._audit.note(event, self._clock())

    def audit(self) -> list[AuditEntry]:
        """The whole audit, oldest first."""
        return self._audit.entries()

    def workers(self) -> dict[str, str]:
        """Id to name of its own worker and of the colleagues whose changes are here."""
        colleagues: dict[str, str] = dict(self._store.rows("SELECT id, name FROM worker"))
        return {**colleagues, self.worker.id: self.worker.name}

    @property
    def is_gone(self) -> bool:
        """True once an order has destroyed it: nothing can be asked of it any more."""
        return not self._folder.holds_a_vault

    def keep_sealed(self, *, in_mid_writing: bool = False) -> Counts:
        """Seal everything, and keep what is unsent readable for the council alone, if it may be.

        What a wipe of this laptop, locked, would leave to be sent. ``in_mid_writing``: what is open
        stays open, and is kept as it stands.
        """
        if not in_mid_writing:
            self.seal_all()
        lease = self.replica.lease()
        return self._departure.keep_sealed(lease.escrow_key if lease else "")

    def _wipe(self, order: Order) -> Removed:
        """Seal what is unsent, destroy the keys, then the files. The vault is gone after it."""
        with suppress(DiskFull, DiskFailed):  # a full disk must not keep the keys alive
            self.keep_sealed()
        counts = read_counts(self._folder)
        wipe(self._folder, order, self.close)
        return Removed(counts.changes, counts.attachments)


def read_owner(state: State) -> tuple[Worker, str]:
    """Whose vault, on which device. Raises StoreDamaged if it does not say."""
    owner = state.get(_OWNER)
    if not isinstance(owner, Mapping):
        raise StoreDamaged
    return Worker(**owner["worker"]), str(owner["device"])


def write_owner(state: State, worker: Worker, device: str) -> None:
    """Say whose vault it is; once, when it is made."""
    state.put(_OWNER, {"worker": asdict(worker), "device": device})
