"""What the exchange loop needs of a store. The vault is one; tests have one in memory.

``tests/sync/replica_contract.py`` says in tests what is promised here in words. Every method that
changes something is one durable transaction: killed before, after or inside it, the store is as
it was before or as it is after. No method waits for a network.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sync.contract.messages import (
    DeviceAuditLine,
    FeedPage,
    Head,
    Item,
    Lease,
    NewFamily,
    Order,
    PackNotice,
    Result,
    WireChange,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the store stands with the EHM.

    ``cursor`` is up to where pages are staged. ``seen`` is the furthest head that any reply named.
    ``pack`` is the version of the pack in use (``""``: none).
    """

    cursor: str = ""
    seen: Head | None = None
    pack: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is on this device alone. ``oldest`` is when the oldest waiting change was written."""

    changes: int = 0
    attachments: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class AttachmentReference:
    """An attachment and a record with an answer that names it; the record is what gives access.

    ``size`` is in bytes; 0 if the content is not here. ``is_owed``: no answer here names it any
    more, and it is only kept until the EHM has it.
    """

    name: str
    record: str
    size: int = 0
    is_owed: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What became visible when one family's staged items were shown.

    ``changes`` counts the changes by others; ``authors`` are their ids; ``conflicts`` counts the
    answers of the family that stand in open conflict now. ``left``: the family was removed.
    """

    family: str
    is_new: bool = False
    changes: int = 0
    authors: frozenset[str] = frozenset()
    conflicts: int = 0
    left: bool = False


@dataclass(frozen=True, slots=True)
class Removed:
    """How much an order removed: changes and attachments. Counts, for the receipt."""

    changes: int = 0
    attachments: int = 0


class Replica(Protocol):
    """A store of changes that can be brought level with the EHM."""

    # going out
    def seal_all(self) -> object:
        """Seals every open change whose values differ from what stood before it."""

    def unregistered(self, limit: int) -> Sequence[NewFamily]:
        """Families that the centre has not confirmed, oldest first."""

    def families_registered(self, results: Sequence[Result], head: Head) -> None:
        """Notes what the EHM said of families, and ``head`` as seen.

        Kept (``Status.is_kept``): no longer unregistered. Rejected: set aside with the words.
        """

    def outbox(
        self, limit: int, size: int, first: Collection[str] = (), sent: Collection[str] = ()
    ) -> Sequence[WireChange]:
        """Sealed changes that the EHM has not answered for: of the forms ``first``, then oldest.

        At most ``limit``, and at most ``size`` bytes of canonical JSON, but always one if there is
        one. Changes that were rejected are not in it, nor those that are on their way, ``sent``.
        """

    def record_results(self, results: Sequence[Result], head: Head) -> None:
        """Notes what the EHM said of changes, and ``head`` as seen.

        ``applied``, ``already``, ``conflict``: out of the outbox, acknowledged, in the digests.
        ``held``: out of the outbox, kept with its code and words, not acknowledged, not in the
        digests until the feed lists it. ``rejected``: out of the outbox, kept and listed with code
        and words, never removed.
        """

    # coming in
    def standing(self) -> Standing:
        """Cursor, furthest head seen, pack in use."""

    def saw(self, head: Head) -> None:
        """Keeps the head if it is further than the one kept (same epoch: higher ``seq``)."""

    def stage(self, page: FeedPage) -> None:
        """Keeps the items of a page that is whole (``completing``), its workers and its cursor, and
        its head as seen. Shows nothing.

        But no ``MineItem`` of a change that is known to be in the EHM: it says nothing new.
        """

    def records_of_changes(self, family: str) -> Mapping[str, str]:
        """Change to its record, of every change of a family that is here or staged."""

    def staged(self) -> tuple[int, int]:
        """How many families, and how many items, are staged and not shown."""

    def prepare_next(self, timer: Callable[[], float]) -> bool:
        """Makes ready a part of what is staged, of which nothing is seen by it.

        So that a large family, too, is shown in a moment. Or clears away a part of what is left of
        what went. False: nothing is left to do.
        ``timer`` counts seconds and never goes back: a part is what can be done in some 20 ms.
        """

    def show_next_families(self, timer: Callable[[], float]) -> Sequence[Shown]:
        """Shows every staged item of one family at once, in the order staged; none: none is left.

        Of as many as can be shown in a moment, as above: a transaction has a price of its own.
        A change that is here already is not added twice; one that was in the outbox is acknowledged
        by being listed. ``MineItem`` acknowledges a change. ``ErasedItem`` blanks
        (``contract.changes.erased``) every change of the record that it ``takes_from`` and that is
        here and not in the outbox, and drops attachments that no answer names any more; those that
        the EHM has not are owed: out of sight, to send, and dropped once they were.
        ``GoneItem`` removes the record whole, but what is unsent: in the outbox, open, or a change
        with an attachment to send. That stays, and the item stays staged, until the EHM has it. A
        family of which nothing else is staged is passed over.
        ``LeftItem`` removes the family whole, with its search entries and attachments, but what the
        EHM rejected: that stays, out of sight, and comes into view with the family. It waits if
        something of the family is unsent: it stays staged, out of sight, and none is returned if
        nothing else can be shown. A file that a removed change named counts as unsent if another
        still names it: the EHM may have let go of it.
        """

    def digests(self) -> Mapping[str, str]:
        """Family to ``digest.family_digest`` of its acknowledged and received changes.

        Staged changes do not count, nor changes in the outbox, held or rejected.
        """

    def mend(self, family: str, items: Sequence[Item]) -> None:
        """Makes the family what the EHM lists of it: ``items``, whole.

        Changes that are missing here are added, blanked ones are blanked. A change that the EHM
        does not list: if this worker wrote it, it goes back to the outbox; if not, it is removed.
        """

    def begin_again(self) -> None:
        """The EHM's past has changed: it was put back from a backup.

        What was staged is shown first, not dropped; but a family or a record that was about to
        leave stays, the family out of sight, until it was handed in. Then every family is
        unregistered again; every sealed change here, own and received, held and rejected too, is in
        the outbox again under its own id, and stays in view; attachments count as unsent;
        ``cursor`` and ``seen`` are empty. What was acknowledged stays so for the protective
        answers.
        """

    # attachments
    def attachments_to_send(self, limit: int) -> Sequence[AttachmentReference]:
        """Attachments here that the EHM has not confirmed, named by a change that it keeps.

        Held changes are kept too: what was drawn is not lost with the access to it. One for each
        record that names it.
        """

    def attachment(self, name: str) -> bytes:
        """The content of an attachment that is here whole."""

    def attachment_sent(self, name: str) -> None:
        """The EHM has all of it and has checked its hash, or wants nothing of it from here."""

    def attachments_wanted(self, limit: int) -> Sequence[AttachmentReference]:
        """Attachments that an answer names and that are not here whole; one for each record."""

    def attachment_begun(self, name: str) -> int:
        """How many bytes of a wanted attachment are here."""

    def attachment_part(self, name: str, offset: int, content: bytes, is_last: bool) -> bool:
        """Keeps a part; with the last, checks the SHA-256 in the name.

        True if all is well. False: the hash was wrong and the parts were thrown away.
        """

    # the audit
    def audit_to_send(self, limit: int) -> Sequence[DeviceAuditLine]:
        """Lines of this device's audit that the EHM has not taken, oldest first."""

    def audit_taken(self, upto: int) -> None:
        """The EHM has every line up to this number, and none after it."""

    # the rest
    def keep_pack(self, notice: PackNotice, content: bytes) -> None:
        """Keeps a pack whose signature and hash were checked; from the next start it is in use."""

    def waiting(self) -> Waiting:
        """What is not in the EHM yet."""

    def carry_out(self, order: Order) -> Removed | None:
        """Carries out an order that was checked (``client.orders.is_for_us``); what was removed.

        ``purge``: the family goes whole, as ``LeftItem`` does it, if it is here. ``lock``: the
        session ends and stays so. ``wipe``: everything goes. Carried out already: nothing more is
        removed. None: nothing was done, because something that would go is open or in the outbox,
        perhaps written this moment, or for a purge an attachment to send; it goes up first.
        """

    def lease(self) -> Lease | None:
        """The lease kept, with the latest ``at`` that was ever seen."""

    def keep_lease(self, lease: Lease) -> None:
        """Keeps a lease that was checked (``client.orders.is_newer_lease``)."""
