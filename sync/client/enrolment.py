"""Enrolment: a one-time code makes a laptop the device of a worker."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sync.client.line import CLIENT, Credential
from sync.client.wire import HttpWire
from sync.contract import signatures
from sync.contract.messages import Enrol, Worker


@dataclass(frozen=True, slots=True, repr=False)
class Enrolment:
    """What a vault is made with. The credential is kept inside it and nowhere else.

    ``signing_key``: the council's, for orders, leases and packs. ``recovery_key``: the council's
    X25519 public key, 32 bytes, for the recovery slot of the key file. ``escrow_key``: the one that
    unsent work is sealed to, base64; each lease has the newest.
    """

    credential: Credential
    worker: Worker
    council: str
    signing_key: str
    recovery_key: bytes
    escrow_key: str


def new_private_key() -> bytes:
    """A device's private key. Kept before it is used: an enrolment is repeated with the same."""
    return secrets.token_bytes(32)


def enrol(wire: HttpWire, code: str, device_name: str, private_key: bytes) -> Enrolment:
    """Registers this device. Raises ``SyncError``; after a lost reply, call it again alike."""
    reply = wire.enrol(
        Enrol(
            code=code.strip(),
            public_key=signatures.public_key(private_key),
            name=device_name,
            client=CLIENT,
        )
    )
    return Enrolment(
        credential=Credential(reply.device, private_key),
        worker=reply.worker,
        council=reply.council,
        signing_key=reply.signing_key,
        recovery_key=signatures.from_base64(reply.recovery_key),
        escrow_key=reply.escrow_key,
    )
