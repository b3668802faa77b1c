"""Orders to a device: lock, give up one family, or hand in, wipe and be forgotten."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from sync.contract.messages.devices import Worker
from sync.contract.messages.kinds import (
    PRINTABLE,
    Base64,
    Identifier,
    Reply,
    Request,
    Time,
    WorkerId,
)


class OrderKind(StrEnum):
    """What a council can tell a device to do."""

    LOCK = "lock"
    """End the session; stay locked until a signed answer no longer lists this order."""
    PURGE = "purge"
    """Remove one family, once nothing of it is unsent: it was closed or given to somebody else."""
    WIPE = "wipe"
    """Seal what is unsent to the escrow key, destroy the keys, then the files."""


class Order(Reply):
    """An order to one device, signed with the council's key. Unsigned ones are passed over.

    ``by`` is who gave it: for a wipe two different people, or it is passed over. ``family`` is set
    for a purge. An order that was carried out is not carried out again; its receipt is sent again.
    """

    id: Identifier
    device: Identifier
    kind: OrderKind
    at: Time
    by: tuple[WorkerId, ...]
    words: str
    family: Identifier | None = None
    signature: Base64


class OrdersRequest(Request):
    """Asks, without signing in, what a device is ordered to do. ``nonce`` is new each time."""

    device: Identifier
    nonce: str = Field(pattern=r"^[A-Za-z0-9_-]{16,64}$")


class Orders(Reply):
    """What a device is ordered to do, for its unlock page: nothing about families in it.

    Signed over the nonce: an old answer played again is noticed. For a device that is not known
    the answer is the same as for one without orders.
    """

    device: Identifier
    nonce: str
    at: Time
    orders: tuple[Order, ...]
    signature: Base64


class Receipt(Request):
    """What became of an order. Counts only, never a name; no sign-in, but the device's signature.

    A device that was wiped while it was locked signs with ``key``, which its own key ``vouched``
    for while it was open; any other with its own.
    """

    device: Identifier
    done: bool
    handed_in: int = Field(default=0, ge=0, lt=2**63, description="Changes sent before.")
    sealed: int = Field(default=0, ge=0, lt=2**63, description="Changes sealed to the escrow key.")
    removed_changes: int = Field(default=0, ge=0, lt=2**63)
    removed_files: int = Field(default=0, ge=0, lt=2**63)
    key: Base64 = Field(default="", description="The key it is signed with, if not the device's.")
    vouched: Base64 = Field(default="", description="The device's signature of ``key``.")
    signature: Base64 = ""


class AskOrder(Request):
    """A coordinator, manager or information governance asks for a lock or a wipe.

    A lock is given at once. A wipe is given when somebody else confirms it. Safe to repeat: ``id``
    is made by whoever asks.
    """

    id: Identifier
    device: Identifier
    kind: OrderKind
    reason: str = Field(min_length=1, max_length=500, pattern=PRINTABLE)


class AskedOrder(Reply):
    """An order that was asked for, who asked and who confirmed. ``order``: it has gone out."""

    id: Identifier
    device: Identifier
    kind: OrderKind
    reason: str
    asked_by: Worker
    asked: Time
    confirmed_by: Worker | None = None
    confirmed: Time | None = None
    withdrawn: Time | None = None
    order: Identifier | None = None
    receipt: Receipt | None = None


class AskedOrders(Reply):
    """The orders asked for and given, newest first."""

    orders: tuple[AskedOrder, ...]
