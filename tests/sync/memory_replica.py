"""A replica in memory: the plainest reading of the protocol, and the oracle for the vault's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, fields, replace
from enum import Enum

from forms.records.heads import Heads
from sync.client.replica import AttachmentReference, Removed, Shown, Standing, Waiting
from sync.contract import digest
from sync.contract.changes import attachment_names, erased, from_wire
from sync.contract.messages import (
    ChangeItem,
    DeviceAuditLine,
    ErasedItem,
    FamilyItem,
    FeedPage,
    GoneItem,
    Head,
    Item,
    Lease,
    LeftItem,
    MineItem,
    NewFamily,
    Order,
    OrderKind,
    PackNotice,
    Result,
    Status,
    WireChange,
)


class Place(Enum):
    """Where a change stands."""

    WAITING = "waiting"
    IN_EHM = "in ehm"
    HELD = "held"
    REJECTED = "rejected"


_KEPT = (Place.IN_EHM, Place.HELD)


@dataclass
class KeptFamily:
    """A family here: what the centre has said of it, and whether it was asked."""

    reference: str
    begun: object
    number: str = ""
    registered: bool = False
    part_of: str | None = None
    notice: str = ""


@dataclass
class State:
    """Everything durable."""

    families: dict[str, KeptFamily] = field(default_factory=dict)
    departed: dict[str, KeptFamily] = field(default_factory=dict)
    """Left, but for what the EHM would not take."""
    changes: dict[str, WireChange] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    words: dict[str, tuple[str, str]] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    staged: list[Item] = field(default_factory=list)
    cursor: str = ""
    seen: Head | None = None
    pack: str = ""
    packs: dict[str, bytes] = field(default_factory=dict)
    attachments: dict[str, bytes] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    owed: set[tuple[str, str]] = field(default_factory=set)
    parts: dict[str, bytes] = field(default_factory=dict)
    workers: dict[str, str] = field(default_factory=dict)
    orders: list[Order] = field(default_factory=list)
    lease: Lease | None = None
    audit: list[DeviceAuditLine] = field(default_factory=list)
    audit_taken: int = 0

    def copy(self) -> State:
        """An image of the disk. What is in it is never edited but families are."""
        image = replace(self)
        for each in fields(self):
            setattr(image, each.name, copy(getattr(self, each.name)))
        image.families = {family: replace(kept) for family, kept in self.families.items()}
        return image


class MemoryReplica:
    """Keeps the promises of ``sync.client.replica.Replica`` without a disk.

    Over thirty methods in a long file: nearly as many promises, and an oracle is read in one piece.
    """

    def __init__(self, worker: str, device: str) -> None:
        self.worker = worker
        self.device = device
        self.state = State()
        self._fingerprints: dict[int, tuple[WireChange, str]] = {}

    # what a person does
    def begin_family(self, family: NewFamily) -> None:
        self.state.families[family.id] = KeptFamily(family.reference, family.begun)

    def keep_change(self, change: WireChange) -> None:
        """A sealed change, written here."""
        self.state.changes[change.id] = change
        self.state.places[change.id] = Place.WAITING

    def keep_attachment(self, content: bytes, extension: str) -> str:
        name = f"sha256-{hashlib.sha256(content).hexdigest()}.{extension}"
        self.state.attachments[name] = content
        return name

    def heads(self, record: str) -> Heads:
        """What the worker sees of a record: everything here that is not staged."""
        here = [c for c in self.state.changes.values() if c.family not in self.state.departed]
        return Heads(from_wire(c) for c in here if c.record == record)

    # going out
    def seal_all(self) -> object:
        return ()

    def unregistered(self, limit: int) -> Sequence[NewFamily]:
        waiting = [
            NewFamily(id=family, reference=kept.reference, begun=kept.begun)  # type: ignore[arg-type]
            for family, kept in self.state.families.items()
            if not kept.registered and family not in self.state.words
        ]
        return sorted(waiting, key=lambda family: family.begun)[:limit]

    def families_registered(self, results: Sequence[Result], head: Head) -> None:
        for result in results:
            if result.status.is_kept:
                self.state.families[result.id].registered = True
            else:
                self.state.words[result.id] = (result.code, result.words)
        self.saw(head)

    def outbox(
        self, limit: int, size: int, first: Collection[str] = (), sent: Collection[str] = ()
    ) -> Sequence[WireChange]:
        batch: list[WireChange] = []
        places = self.state.places.items()
        waiting = [c for c, place in places if place is Place.WAITING and c not in sent]
        changes = sorted(
            (self.state.changes[c] for c in waiting), key=lambda c: c.form not in first
        )
        for change in changes:
            size -= len(digest.canonical(change))
            if batch and (size < 0 or len(batch) == limit):
                break
            batch.append(change)
        return batch

    def record_results(self, results: Sequence[Result], head: Head) -> None:
        for result in results:
            if result.status is Status.HELD:
                self.state.places[result.id] = Place.HELD
                self.state.words[result.id] = (result.code, result.words)
            elif result.status is Status.REJECTED:
                self.state.places[result.id] = Place.REJECTED
                self.state.words[result.id] = (result.code, result.words)
            else:
                self._acknowledge(result.id)
        self.saw(head)

    def _acknowledge(self, change: str) -> None:
        self.state.places[change] = Place.IN_EHM
        self.state.acknowledged.add(change)
        self.state.words.pop(change, None)

    # coming in
    def standing(self) -> Standing:
        return Standing(self.state.cursor, self.state.seen, self.state.pack)

    def saw(self, head: Head) -> None:
        seen = self.state.seen
        if seen is None or seen.epoch != head.epoch or head.seq > seen.seq:
            self.state.seen = head

    def stage(self, page: FeedPage) -> None:
        known = {c for c, place in self.state.places.items() if place is Place.IN_EHM}
        self.state.staged.extend(
            item for item in page.items if not (isinstance(item, MineItem) and item.id in known)
        )
        self.state.workers.update({worker.id: worker.name for worker in page.workers})
        self.state.cursor = page.cursor
        self.saw(page.head)

    def records_of_changes(self, family: str) -> Mapping[str, str]:
        staged = [item.change for item in self.state.staged if isinstance(item, ChangeItem)]
        every = [*self.state.changes.values(), *staged]
        return {change.id: change.record for change in every if change.family == family}

    def staged(self) -> tuple[int, int]:
        return len({item.family for item in self.state.staged}), len(self.state.staged)

    def prepare_next(self, timer: Callable[[], float]) -> bool:
        return False

    def show_next_families(self, timer: Callable[[], float]) -> list[Shown]:
        for family in dict.fromkeys(item.family for item in self.state.staged):
            items = [item for item in self.state.staged if item.family == family]
            leaves = any(isinstance(item, LeftItem) for item in items)
            if leaves and self._waits(family):
                continue
            if all(isinstance(item, GoneItem) and self._only_waits(item.record) for item in items):
                continue
            return [self._show(family, items)]
        return []

    def _waits(self, family: str) -> bool:
        """True if something of this family is unsent."""
        changes = self.state.changes.values()
        return any(change.family == family and self._is_unsent(change) for change in changes)

    def _must_wait(self, order: Order) -> bool:
        """True if something that would go is to be handed in first."""
        if order.family is not None:
            return self._waits(order.family)
        return order.kind is OrderKind.WIPE and Place.WAITING in self.state.places.values()

    def _only_waits(self, record: str) -> bool:
        here = [change for change in self.state.changes.values() if change.record == record]
        return bool(here) and all(map(self._is_unsent, here))

    def _is_unsent(self, change: WireChange) -> bool:
        """The EHM has not answered for it, or has not all of a picture that it names."""
        place = self.state.places[change.id]
        if place in _KEPT:
            unsent = self.state.attachments.keys() - self.state.sent
            return not unsent.isdisjoint(attachment_names(change))
        return place is Place.WAITING

    def _show(self, family: str, items: Sequence[Item]) -> Shown:
        was_here, before = family in self.state.families, set(self.state.changes)
        for item in items:
            self._apply(item)
        self.state.staged = [
            item
            for item in self.state.staged
            if item.family != family
            or (isinstance(item, GoneItem) and self._only_waits(item.record))
        ]
        added = [self.state.changes[c] for c in self.state.changes.keys() - before]
        others = [change for change in added if change.author != self.worker]
        is_here = family in self.state.families
        return Shown(
            family=family,
            is_new=is_here and not was_here,
            changes=len(others),
            authors=frozenset(change.author for change in others),
            conflicts=sum(len(self.heads(r).conflicts()) for r in self._records(family)),
            left=not is_here,
        )

    def _records(self, family: str) -> set[str]:
        return {c.record for c in self.state.changes.values() if c.family == family}

    def _apply(self, item: Item) -> None:
        match item:
            case FamilyItem():
                self.state.departed.pop(item.family, None)
                self.state.families[item.family] = KeptFamily(
                    item.reference, item.begun, item.number, True, item.part_of, item.notice
                )
            case MineItem():
                if item.id in self.state.changes:
                    self._acknowledge(item.id)
            case ChangeItem():
                was = self.state.changes.get(item.change.id, item.change)
                if was != item.change:
                    self._owe(was)
                    self.state.sent -= attachment_names(was)
                self.state.changes[item.change.id] = item.change
                self._acknowledge(item.change.id)
                self._drop(set(attachment_names(was)) - self._named())
            case ErasedItem():
                before = self._named()
                for change in list(self.state.changes.values()):
                    waits = self.state.places[change.id] is Place.WAITING
                    is_meant = change.record == item.record and item.takes_from(change.id)
                    if is_meant and not waits:
                        self._owe(change)
                        self.state.sent -= attachment_names(change)
                        self.state.changes[change.id] = erased(change, item.paths)
                self._drop(before - self._named())
            case GoneItem():
                before = self._named()
                for change in [c for c in self.state.changes.values() if c.record == item.record]:
                    if not self._is_unsent(change):
                        self._forget(change.id)
                self._drop(before - self._named())
            case LeftItem():
                self._remove(item.family)

    def _remove(self, family: str) -> None:
        before = self._named()
        here = [c for c in self.state.changes.values() if c.family == family]
        refused = {c.id for c in here if self.state.places[c.id] is Place.REJECTED}
        for change in here:
            if change.id not in refused:
                self._forget(change.id)
        left = self.state.families.pop(family, None)
        if left is not None and refused:
            self.state.departed[family] = left
        self._drop(before - self._named())

    def _forget(self, change: str) -> None:
        self.state.sent -= attachment_names(self.state.changes[change])
        del self.state.changes[change], self.state.places[change]
        self.state.words.pop(change, None)
        self.state.acknowledged.discard(change)

    def _named(self) -> set[str]:
        return {name for c in self.state.changes.values() for name in attachment_names(c)}

    def _owe(self, change: WireChange) -> None:
        """What it drew and the EHM has not is kept until it has."""
        if self.state.places[change.id] in _KEPT:
            unsent = self.state.attachments.keys() - self.state.sent
            self.state.owed |= {(each, change.record) for each in attachment_names(change) & unsent}

    def _drop(self, names: set[str]) -> None:
        names = names - {name for name, _record in self.state.owed}
        for name in names:
            self.state.attachments.pop(name, None)
            self.state.parts.pop(name, None)
        self.state.sent -= names

    def digests(self) -> Mapping[str, str]:
        found = dict.fromkeys(self.state.families, digest.EMPTY)
        for change in self.state.changes.values():
            if self.state.places[change.id] is Place.IN_EHM:
                so_far = found.get(change.family, digest.EMPTY)
                found[change.family] = digest.family_digest([self._fingerprint(change)], so_far)
        return found

    def _fingerprint(self, change: WireChange) -> str:
        """Worked out once for each object: changes are never edited, only replaced."""
        known = self._fingerprints.get(id(change))
        if known is None:
            known = self._fingerprints[id(change)] = change, digest.fingerprint(change)
        return known[1]

    def mend(self, family: str, items: Sequence[Item]) -> None:
        listed = {i.change.id for i in items if isinstance(i, ChangeItem)}
        before = self._named()
        for item in items:
            self._apply(item)
        for change in [c for c in self.state.changes.values() if c.family == family]:
            if change.id in listed or self.state.places[change.id] is not Place.IN_EHM:
                continue
            if change.author == self.worker:
                self.state.places[change.id] = Place.WAITING
            else:
                self._forget(change.id)
        self._drop(before - self._named())

    def begin_again(self) -> None:
        leaving: dict[str, Item] = {}
        for item in self.state.staged:
            match item:
                case LeftItem():
                    leaving[item.family] = item
                case GoneItem():
                    leaving[item.record] = item
                case FamilyItem():
                    leaving.pop(item.family, None)
                    self._apply(item)
                case ChangeItem():
                    leaving.pop(item.change.record, None)
                    self._apply(item)
                case _:
                    self._apply(item)
        departed = self.state.departed
        self.state.staged = [*leaving.values(), *(LeftItem(family=each) for each in departed)]
        self.state.families |= departed
        departed.clear()
        for kept in self.state.families.values():
            kept.registered = False
        self.state.places = dict.fromkeys(self.state.changes, Place.WAITING)
        self.state.words.clear()
        self.state.sent.clear()
        self.state.cursor, self.state.seen = "", None

    # attachments
    def _references(
        self, places: Collection[Place], wanted: Callable[[str], bool], limit: int
    ) -> list[AttachmentReference]:
        found: dict[tuple[str, str], AttachmentReference] = {}
        for change in self.state.changes.values():
            if self.state.places[change.id] in places:
                for name in attachment_names(change):
                    if wanted(name):
                        size = len(self.state.attachments.get(name, b""))
                        reference = AttachmentReference(name, change.record, size)
                        found[name, change.record] = reference
        return list(found.values())[:limit]

    def attachments_to_send(self, limit: int) -> Sequence[AttachmentReference]:
        here, sent = self.state.attachments, self.state.sent
        owed = [
            AttachmentReference(name, record, len(here[name]), is_owed=True)
            for name, record in sorted(self.state.owed)
            if name not in sent
        ]
        named = self._references(_KEPT, lambda name: name in here and name not in sent, limit)
        return [*owed, *named][:limit]

    def attachment(self, name: str) -> bytes:
        return self.state.attachments[name]

    def attachment_sent(self, name: str) -> None:
        self.state.sent.add(name)
        owed = {each for each in self.state.owed if each[0] == name}
        self.state.owed -= owed
        if owed and name not in self._named():
            self._drop({name})

    def attachments_wanted(self, limit: int) -> Sequence[AttachmentReference]:
        here = self.state.attachments
        return self._references((Place.IN_EHM,), lambda name: name not in here, limit)

    def attachment_begun(self, name: str) -> int:
        return len(self.state.parts.get(name, b""))

    def attachment_part(self, name: str, offset: int, content: bytes, is_last: bool) -> bool:
        whole = self.state.parts.get(name, b"")[:offset] + content
        self.state.parts[name] = whole
        if not is_last:
            return True
        del self.state.parts[name]
        if not name.startswith(f"sha256-{hashlib.sha256(whole).hexdigest()}."):
            return False
        self.state.attachments[name] = whole
        self.state.sent.add(name)
        return True

    # the rest
    def note(self, kind: str) -> None:
        """Appends a line to the audit, as a vault does."""
        entry = json.dumps({"at": "2026-03-02T12:00:00+00:00", "event": {"kind": kind}})
        before = self.state.audit[-1].hash if self.state.audit else "0" * 64
        linked = hashlib.sha256(f"{before}\n{entry}".encode()).hexdigest()
        number = len(self.state.audit) + 1
        self.state.audit.append(DeviceAuditLine(number=number, entry=entry, hash=linked))

    def audit_to_send(self, limit: int) -> Sequence[DeviceAuditLine]:
        return self.state.audit[self.state.audit_taken :][:limit]

    def audit_taken(self, upto: int) -> None:
        self.state.audit_taken = upto

    def keep_pack(self, notice: PackNotice, content: bytes) -> None:
        self.state.packs[notice.version] = content
        self.state.pack = notice.version

    def waiting(self) -> Waiting:
        waits = [
            self.state.changes[c].at for c, p in self.state.places.items() if p is Place.WAITING
        ]
        unsent = len(self.state.attachments.keys() - self.state.sent)
        return Waiting(len(waits), unsent, min(waits, default=None))

    def carry_out(self, order: Order) -> Removed | None:
        if self._must_wait(order):
            return None
        changes, files = len(self.state.changes), len(self.state.attachments)
        self.state.orders.append(order)
        if order.family is not None:
            self._remove(order.family)
        elif order.kind is OrderKind.WIPE:
            self.state = State(orders=self.state.orders)
        return Removed(changes - len(self.state.changes), files - len(self.state.attachments))

    def lease(self) -> Lease | None:
        return self.state.lease

    def keep_lease(self, lease: Lease) -> None:
        self.state.lease = lease
