"""Coming down: what is new to a worker, and whether both sides hold the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from sync.contract.messages.change import ShortChange, WireChange
from sync.contract.messages.devices import Worker
from sync.contract.messages.head import Head
from sync.contract.messages.kinds import (
    PRINTABLE,
    Base64,
    Cursor,
    Digest,
    Identifier,
    Path,
    Reply,
    Request,
    Time,
)
from sync.contract.messages.limits import MAX_PAGE
from sync.contract.messages.orders import Order


class FamilyItem(Reply):
    """A family of this worker: begun, given the centre's number, or newly theirs."""

    kind: Literal["family"] = "family"
    family: Identifier
    reference: str
    number: str = ""
    begun: Time
    part_of: Identifier | None = Field(
        default=None, description="Merged: shown as one with this family, until it says otherwise."
    )
    notice: str = Field(default="", description="For the worker: that somebody will ring.")


class ChangeItem(Reply):
    """A change by anyone, whole: history is needed on the device."""

    kind: Literal["change"] = "change"
    change: WireChange

    @property
    def family(self) -> str:
        """The family that it belongs to."""
        return self.change.family


class FollowingItem(Reply):
    """A change by anyone that answers again what this reader was given: its record goes unsaid.

    Who does not have what it follows asks for the page again, ``whole``.
    """

    kind: Literal["following"] = "following"
    change: ShortChange

    @property
    def family(self) -> str:
        """The family that it belongs to."""
        return self.change.family


class MineItem(Reply):
    """A change that this device sent: it is in the EHM. It is not sent back whole."""

    kind: Literal["mine"] = "mine"
    family: Identifier
    id: Identifier


class ErasedItem(Reply):
    """Take the words out of these paths of these changes of a record; keep ids, bases and times.

    No paths: out of all of them. No changes: of every one that is here. What was written since is
    not in ``changes`` and keeps its words, however late or often the item comes.
    """

    kind: Literal["erased"] = "erased"
    family: Identifier
    record: Identifier
    paths: tuple[Path, ...] = ()
    changes: tuple[Identifier, ...] = ()

    def takes_from(self, change: str) -> bool:
        """True if the words of this change go."""
        return not self.changes or change in self.changes


class GoneItem(Reply):
    """This worker may not have a record any more: remove it whole, once nothing of it is unsent."""

    kind: Literal["gone"] = "gone"
    family: Identifier
    record: Identifier


class LeftItem(Reply):
    """This worker no longer has the family: hand in what is unsent of it, then remove it."""

    kind: Literal["left"] = "left"
    family: Identifier


Item = Annotated[
    FamilyItem | ChangeItem | FollowingItem | MineItem | ErasedItem | GoneItem | LeftItem,
    Field(discriminator="kind"),
]


class PackNotice(Reply):
    """A pack that the device should fetch: ``GET /v1/packs/{version}``."""

    version: str
    sha256: Digest
    size: int
    signature: Base64


class FeedRequest(Request):
    """Asks for what is new to this worker since ``cursor``; with ``family``: of it alone, whole."""

    seen: Head | None
    cursor: Cursor = ""
    limit: int = Field(default=MAX_PAGE, ge=1, le=MAX_PAGE)
    family: Identifier | None = None
    pack: str = Field(default="", max_length=100, pattern=PRINTABLE)
    whole: bool = Field(default=False, description="Say no change as ``following``.")


class FeedPage(Reply):
    """A page of the feed. Kept with its cursor in one transaction, shown when ``more`` is false."""

    head: Head
    cursor: Cursor
    more: bool
    left: int = Field(description="How many items are still to come after this page.")
    items: tuple[Item, ...]
    workers: tuple[Worker, ...] = ()
    pack: PackNotice | None = None
    orders: tuple[Order, ...] = Field(
        default=(), description="Families to remove; a lock or wipe comes with a refusal."
    )
    digest: Digest | None = Field(
        default=None,
        description=(
            "Of everything that this worker has (``digest.everything``), once nothing more is"
            " coming: a device that holds the same has been checked, without another request."
        ),
    )


class DigestRequest(Request):
    """The digest of each family held, compared when the device is level with the feed."""

    seen: Head | None
    cursor: Cursor
    families: Mapping[Identifier, Digest] = Field(max_length=5_000)


class DigestReply(Reply):
    """The families that differ, and those that this worker does not have (any more)."""

    head: Head
    level: bool = Field(description="False: something is new, nothing was compared.")
    differing: tuple[Identifier, ...] = ()
    not_yours: tuple[Identifier, ...] = ()
