"""Examples of leases and orders."""

from __future__ import annotations

from pydantic import BaseModel

from sync.contract.examples.family import ASKED, AT, DEVICE, FAMILY, KEY, ORDER
from sync.contract.messages import (
    AskedOrder,
    AskedOrders,
    AskOrder,
    DevicePolicy,
    Lease,
    Order,
    OrderKind,
    Orders,
    OrdersRequest,
    Receipt,
    Recovered,
    Worker,
)

_LOCK = Order(
    id=ORDER,
    device=DEVICE,
    kind=OrderKind.LOCK,
    at=AT,
    by=("tom.okafor",),
    words="Your council has locked this laptop. Please ring the helpdesk.",
    signature=KEY,
)
_RECEIPT = Receipt(
    device=DEVICE,
    done=True,
    handed_in=3,
    removed_changes=212,
    removed_files=4,
    signature=KEY,
)
_ASKED = AskedOrder(
    id=ASKED,
    device=DEVICE,
    kind=OrderKind.WIPE,
    reason="Left on the 14:10 bus.",
    asked_by=Worker(id="tom.okafor", name="Tom Okafor", role="manager"),
    asked=AT,
    confirmed_by=Worker(id="ann.lee", name="Ann Lee", role="information governance"),
    confirmed=AT,
    order=ORDER,
    receipt=_RECEIPT,
)
_RECOVERED = Recovered(request=ASKED, at=AT, by=("Ann Lee", "Cy Fox"), reason="Forgotten on leave.")

EXAMPLES: tuple[BaseModel, ...] = (
    Lease(
        device=DEVICE,
        worker="priya.shah",
        role="worker",
        at=AT,
        policy=DevicePolicy(warn_days=4),
        escrow_key=KEY,
        recovered=(_RECOVERED,),
        signature=KEY,
    ),
    _LOCK.model_copy(update={"kind": OrderKind.PURGE, "family": FAMILY, "words": ""}),
    OrdersRequest(device=DEVICE, nonce="Zk3v8Qw1Lr5TnY2x"),
    Orders(device=DEVICE, nonce="Zk3v8Qw1Lr5TnY2x", at=AT, orders=(_LOCK,), signature=KEY),
    _RECEIPT,
    AskOrder(id=ASKED, device=DEVICE, kind=OrderKind.WIPE, reason="Left on the 14:10 bus."),
    _ASKED,
    AskedOrders(orders=(_ASKED,)),
)
