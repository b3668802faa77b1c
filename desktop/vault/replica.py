"""The vault as the exchange loop sees it: ``sync.client.replica.Replica`` over the store."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence

from desktop.vault.arrivals import Arrivals
from desktop.vault.attachments import read_attachment
from desktop.vault.changes import Changes
from desktop.vault.laying_out import Timer
from desktop.vault.outbox import Outbox, SetAside
from desktop.vault.packs import Packs
from desktop.vault.state import State
from desktop.vault.store import Store
from desktop.vault.times import Clock
from desktop.vault.transfers import Transfers
from desktop.vault.unsent import Unsent
from sync.client.replica import AttachmentReference, Removed, Shown, Standing, Waiting
from sync.contract.messages import (
    DeviceAuditLine,
    FeedPage,
    Head,
    Item,
    Lease,
    NewFamily,
    Order,
    OrderKind,
    PackNotice,
    Result,
    WireChange,
)

_AUDIT_TAKEN = "audit taken"
_CURSOR = "cursor"
_SEEN = "head seen"
_ORDER_TO_LOCK = "order to lock"
_LEASE = "lease"


class StoredReplica:
    """Keeps every promise of ``Replica``; used in the vault lane, as the vault is.

    Over thirty methods: those promises, and what the desktop asks of unsent work and orders, in few
    lines each: the work is in the files beside it.
    """

    def __init__(
        self,
        store: Store,
        changes: Changes,
        packs: Packs,
        worker: str,
        clock: Clock,
        wipe: Callable[[Order], Removed],
    ) -> None:
        self._store = store
        self._state = State(store)
        self._changes = changes
        self._packs = packs
        self._clock = clock
        self._wipe = wipe
        self._outbox = Outbox(store, changes)
        self._transfers = Transfers(store)
        self._unsent = Unsent(store, changes)
        self._arrivals = Arrivals(
            store, changes, self._outbox, self._transfers, self._unsent, worker
        )

    # going out

    def seal_all(self) -> object:
        """Seal every open change whose values differ from what stood before it."""
        return self._changes.seal_all()

    def unregistered(self, limit: int) -> Sequence[NewFamily]:
        """Families that the centre has not confirmed, oldest first."""
        return self._outbox.families(limit)

    def families_registered(self, results: Sequence[Result], head: Head) -> None:
        """Note what the EHM said of families, and ``head`` as seen."""
        with self._store.transaction():
            self._outbox.note_families(results)
            self.saw(head)

    def outbox(
        self, limit: int, size: int, first: Collection[str] = (), sent: Collection[str] = ()
    ) -> Sequence[WireChange]:
        """Sealed changes to send, of the forms ``first`` and then oldest first; at least one."""
        return self._outbox.changes(limit, size, first, sent)

    def record_results(self, results: Sequence[Result], head: Head) -> None:
        """Note what the EHM said of changes, and ``head`` as seen."""
        with self._store.transaction():
            self._outbox.note_changes(results)
            self.saw(head)

    # coming in

    def standing(self) -> Standing:
        """Cursor, furthest head seen, newest pack here."""
        return Standing(str(self._state.get(_CURSOR, "")), self._seen(), self._packs.newest)

    def saw(self, head: Head) -> None:
        """Keep the head if it is further than the one kept, or of another epoch."""
        seen = self._seen()
        if seen is None or seen.epoch != head.epoch or head.seq > seen.seq:
            self._state.put(_SEEN, head.model_dump())

    def stage(self, page: FeedPage) -> None:
        """Keep the page's items and workers, its cursor, and its head as seen. Show nothing."""
        with self._store.transaction():
            self._arrivals.stage(page.items, page.workers)
            self._state.put(_CURSOR, page.cursor)
            self.saw(page.head)

    def records_of_changes(self, family: str) -> Mapping[str, str]:
        """Change to its record, of every change of a family that is here or staged."""
        return self._arrivals.records_of_changes(family)

    def staged(self) -> tuple[int, int]:
        """How many families, and how many items, are staged and not shown."""
        return self._arrivals.staged()

    def prepare_next(self, timer: Timer) -> bool:
        """Make ready a part of what is staged, or clear away one of what went; False: all is."""
        return self._arrivals.prepare_next(timer)

    def show_next_families(self, timer: Timer) -> Sequence[Shown]:
        """Show every staged item of a family at once, of as many as a moment holds."""
        return self._arrivals.show_next_families(timer)

    def digests(self) -> Mapping[str, str]:
        """Family to the digest of its acknowledged and received changes."""
        return self._arrivals.digests()

    def mend(self, family: str, items: Sequence[Item]) -> None:
        """Make the family what the EHM lists of it."""
        self._arrivals.mend(family, items)

    def begin_again(self) -> None:
        """The EHM's past has changed: offer everything again, under its own ids."""
        with self._store.transaction():
            self._arrivals.begin_again()
            self._state.put(_CURSOR, None)
            self._state.put(_SEEN, None)

    # attachments

    def attachments_to_send(self, limit: int) -> Sequence[AttachmentReference]:
        """Attachments here that the EHM has not confirmed, named by a change that it keeps."""
        return self._transfers.to_send(limit)

    def attachment(self, name: str) -> bytes:
        """The content of an attachment that is here whole. Raises AttachmentMissing."""
        return read_attachment(self._store, name)

    def attachment_sent(self, name: str) -> None:
        """The EHM has all of it and has checked its hash."""
        self._transfers.sent(name)

    def attachments_wanted(self, limit: int) -> Sequence[AttachmentReference]:
        """Attachments that an answer names and that are not here whole."""
        return self._transfers.wanted(limit)

    def attachment_begun(self, name: str) -> int:
        """How many bytes of a wanted attachment are here."""
        return self._transfers.begun(name)

    def attachment_part(self, name: str, offset: int, content: bytes, is_last: bool) -> bool:
        """Keep a part; with the last, check the SHA-256 in the name. False: thrown away."""
        return self._transfers.keep_part(name, offset, content, is_last)

    # the audit

    def audit_to_send(self, limit: int) -> Sequence[DeviceAuditLine]:
        """Lines of the audit that the EHM has not taken, oldest first."""
        found = self._store.rows(
            "SELECT * FROM audit WHERE number > ? ORDER BY number LIMIT ?",
            (self._state.get(_AUDIT_TAKEN, 0), limit),
        )
        return [
            DeviceAuditLine(number=number, entry=entry, hash=linked)
            for number, entry, linked in found
        ]

    def audit_taken(self, upto: int) -> None:
        """The EHM has every line up to this number, and none after it."""
        self._state.put(_AUDIT_TAKEN, upto)

    # the rest

    def keep_pack(self, notice: PackNotice, content: bytes) -> None:
        """Keep a pack whose signature and hash were checked; in use from the next start."""
        self._packs.keep_for_next_start(notice.version, content, self._clock())

    def waiting(self) -> Waiting:
        """What is not in the EHM yet."""
        return self._outbox.waiting()

    def set_aside(self) -> Sequence[SetAside]:
        """What was sent and is not part of the records at the centre, with what it said of it."""
        return self._outbox.set_aside()

    def carry_out(self, order: Order) -> Removed | None:
        """Carry out an order that was checked; None: something must be handed in first."""
        if order.family is not None:
            with self._store.transaction():
                if self._unsent.in_family(order.family):
                    return None
                removed = self._arrivals.remove_family(order.family)
            self._clear()
            return removed
        if order.kind is OrderKind.WIPE:
            return None if self._unsent.is_being_written() else self._wipe(order)
        self._state.put(_ORDER_TO_LOCK, order.model_dump(mode="json"))
        return Removed()

    def ordered_to_lock(self) -> Order | None:
        """The order of the council by which it stays locked until a later answer lifts it."""
        found = self._state.get(_ORDER_TO_LOCK)
        return None if found is None else Order.model_validate_json(json.dumps(found))

    def lock_was_lifted(self) -> None:
        """A signed answer of the council no longer lists the order."""
        self._state.put(_ORDER_TO_LOCK, None)

    def has_unsent(self, family: str) -> bool:
        """True if anything of a family is on this device alone."""
        return self._unsent.anything_of(family)

    def remove_proved_family(self, family: str) -> Removed:
        """Remove a family of which the centre is known to hold all; nothing if it is not so."""
        with self._store.transaction():
            if self.has_unsent(family):
                return Removed()
            removed = self._arrivals.remove_family(family)
        self._clear()
        return removed

    def _clear(self) -> None:
        while self._changes.clear():
            pass

    def lease(self) -> Lease | None:
        """The lease kept."""
        found = self._state.get(_LEASE)
        return None if found is None else Lease.model_validate_json(json.dumps(found))

    def keep_lease(self, lease: Lease) -> None:
        """Keep a lease that was checked."""
        self._state.put(_LEASE, lease.model_dump(mode="json"))

    def _seen(self) -> Head | None:
        found = self._state.get(_SEEN)
        return None if found is None else Head.model_validate(found)
