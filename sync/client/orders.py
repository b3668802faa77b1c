"""What a device is ordered to do: asked for by the unlock page without a sign-in, and obeyed.

An order counts only if the council signed it for this device; a wipe only if two different people
gave it. So no proxy, and no one person, can wipe a laptop.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

from sync.client.errors import AnswerRefused
from sync.client.wire import HttpWire
from sync.contract import signatures
from sync.contract.escrow import SEALED_NAME
from sync.contract.messages import (
    MAX_PART,
    Lease,
    Order,
    OrderKind,
    Orders,
    OrdersRequest,
    Receipt,
)
from sync.contract.signatures import Proof


def is_for_us(order: Order, device: str, signing_key: str) -> bool:
    """True if this order must be obeyed here."""
    if order.device != device or (order.kind is OrderKind.PURGE) != (order.family is not None):
        return False
    if order.kind is OrderKind.WIPE and len(set(order.by)) < 2:
        return False
    return signatures.is_signed(signing_key, signatures.order_text(order), order.signature)


def is_newer_lease(lease: Lease, kept: Lease | None, device: str, signing_key: str) -> bool:
    """True if the lease is the council's, for this device, and later than the one kept."""
    if lease.device != device or (kept is not None and lease.at <= kept.at):
        return False
    return signatures.is_signed(signing_key, signatures.lease_text(lease), lease.signature)


def ask(wire: HttpWire, device: str, signing_key: str) -> tuple[Order, ...]:
    """The locks and wipes that stand for this device, oldest first; raises ``SyncError``.

    A lock is lifted when an answer no longer lists it: the answer is signed over a fresh nonce, so
    an old one cannot be played again.
    """
    return standing(fresh_answer(wire, device, signing_key), device, signing_key)


def fresh_answer(wire: HttpWire, device: str, signing_key: str) -> Orders:
    """What the council answers now, signed; raises ``SyncError``."""
    asked = OrdersRequest(device=device, nonce=secrets.token_urlsafe(24))
    answer = wire.orders(asked)
    if answer.nonce != asked.nonce or not is_of_council(answer, device, signing_key):
        raise AnswerRefused
    return answer


def is_of_council(answer: Orders, device: str, signing_key: str) -> bool:
    """True for an answer, fresh or kept, that the council signed for this device."""
    text = signatures.orders_text(answer)
    return answer.device == device and signatures.is_signed(signing_key, text, answer.signature)


def standing(answer: Orders, device: str, signing_key: str) -> tuple[Order, ...]:
    """The orders of an answer that must be obeyed here."""
    return tuple(order for order in answer.orders if is_for_us(order, device, signing_key))


def hand_over(wire: HttpWire, order: Order, sealed: bytes, prove: Callable[[bytes], Proof]) -> None:
    """Sends what ``contract.escrow.seal`` made; taken up again where it was cut off.

    ``prove`` signs a text as this device, or with the key that its own key vouched for.
    """
    name = f"sha256-{hashlib.sha256(sealed).hexdigest()}{SEALED_NAME}"
    proof = prove(signatures.unsent_text(order.id, order.device, name))
    offset, is_whole = wire.unsent_offset(order, name, proof)
    while not is_whole:
        part = sealed[offset : offset + MAX_PART]
        is_last = offset + len(part) == len(sealed)
        reached, is_whole = wire.send_unsent(order, name, offset, part, proof, is_last=is_last)
        if reached <= offset and not is_whole:
            raise AnswerRefused
        offset = reached


def confirm(wire: HttpWire, order: Order, receipt: Receipt) -> None:
    """Says what became of an order. Safe to repeat; raises ``SyncError``."""
    wire.receipt(order.id, receipt)
