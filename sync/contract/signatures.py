"""What is signed with Ed25519, and how: by a device to get a token, by the council in its orders.

Nothing rests on the line between them being honest: a proxy that reads and alters everything can
neither wipe a laptop nor give it forms.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.contract.messages import (
    Lease,
    Order,
    Orders,
    PackNotice,
    Receipt,
    Recovered,
    TokenRequest,
)


def sign(private_key: bytes, text: bytes) -> str:
    """The signature of ``text`` by a 32-byte Ed25519 private key, in base64."""
    signature = Ed25519PrivateKey.from_private_bytes(private_key).sign(text)
    return base64.b64encode(signature).decode()


def is_signed(public_key: str, text: bytes, signature: str) -> bool:
    """True if ``signature`` (base64) is of ``text`` by the key (base64)."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(signature, validate=True), text)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def public_key(private_key: bytes) -> str:
    """The public half of a 32-byte Ed25519 private key, in base64."""
    key = Ed25519PrivateKey.from_private_bytes(private_key).public_key()
    return base64.b64encode(key.public_bytes_raw()).decode()


def from_base64(text: str) -> bytes:
    """The bytes of a key; ``ValueError`` if it is not base64."""
    return base64.b64decode(text, validate=True)


def _lines(*parts: str) -> bytes:
    return "\n".join(parts).encode()


def token_text(request: TokenRequest) -> bytes:
    """What a device signs to get an access token."""
    return _lines("your-family token", request.device, request.at.isoformat(), request.nonce)


def sign_in_nonce(device: str, secret: str) -> str:
    """The nonce of a sign-in: only who knows the secret can use the ID token, on this device."""
    said = _lines("your-family sign-in", device, secret)
    return base64.urlsafe_b64encode(hashlib.sha256(said).digest()).decode().rstrip("=")


def order_text(order: Order) -> bytes:
    """What the council signs of an order."""
    return _lines(
        "your-family order",
        order.id,
        order.device,
        order.kind.value,
        order.at.isoformat(),
        order.family or "",
        str(len(order.by)),
        *order.by,
        order.words,
    )


def orders_text(answer: Orders) -> bytes:
    """What the council signs of an answer to an unlock page."""
    return _lines(
        "your-family orders",
        answer.device,
        answer.nonce,
        answer.at.isoformat(),
        *(order.id for order in answer.orders),
    )


def receipt_text(order: str, told: Receipt) -> bytes:
    """What a device signs of what became of an order."""
    return _lines(
        "your-family receipt",
        order,
        told.device,
        "done" if told.done else "not done",
        str(told.handed_in),
        str(told.sealed),
        str(told.removed_changes),
        str(told.removed_files),
    )


def receipt_key_text(device: str, key: str) -> bytes:
    """What a device signs of the key that may sign for its wipe while it is locked."""
    return _lines("your-family receipt key", device, key)


def unsent_text(order: str, device: str, name: str) -> bytes:
    """What a device signs of sealed unsent work, which its name is the hash of."""
    return _lines("your-family unsent work", order, device, name)


@dataclass(frozen=True, slots=True)
class Proof:
    """A signature of a device, in base64; or of ``key``, which its own key ``vouched`` for."""

    signature: str = ""
    key: str = ""
    vouched: str = ""

    def is_of(self, public_key: str, device: str, text: bytes) -> bool:
        """True if the device of this public key signed the text, or a key that it vouched for."""
        if not self.key:
            return is_signed(public_key, text, self.signature)
        is_vouched = is_signed(public_key, receipt_key_text(device, self.key), self.vouched)
        return is_vouched and is_signed(self.key, text, self.signature)


def is_receipt_of(public_key: str, order: str, told: Receipt) -> bool:
    """True if the device of this public key signed the receipt, or a key that it vouched for."""
    proof = Proof(told.signature, told.key, told.vouched)
    return proof.is_of(public_key, told.device, receipt_text(order, told))


def lease_text(lease: Lease) -> bytes:
    """What the council signs of a lease."""
    return _lines(
        "your-family lease",
        lease.device,
        lease.worker,
        lease.role,
        lease.at.isoformat(),
        *(f"{name}={days}" for name, days in sorted(lease.policy)),
        lease.escrow_key,
        *(part for one in lease.recovered for part in _recovered_lines(one)),
    )


def _recovered_lines(recovered: Recovered) -> tuple[str, ...]:
    by = recovered.by
    return (recovered.request, recovered.at.isoformat(), str(len(by)), *by, recovered.reason)


def unsigned_pack(version: str, content: bytes) -> PackNotice:
    """What is known of a pack before it is signed."""
    digest = hashlib.sha256(content).hexdigest()
    return PackNotice(version=version, sha256=digest, size=len(content), signature="")


def pack_text(pack: PackNotice) -> bytes:
    """What the council signs of a pack."""
    return _lines("your-family pack", pack.version, pack.sha256, str(pack.size))
