"""Devices: registered, and given tokens."""

from __future__ import annotations

from pydantic import Field

from sync.contract.messages.kinds import (
    PRINTABLE,
    Base64,
    Identifier,
    Reply,
    Request,
    Time,
    Word,
    WorkerId,
)
from sync.contract.messages.lease import Lease


class Worker(Reply):
    """Somebody who writes: what a colleague's screen says of them."""

    id: WorkerId
    name: str
    role: str = ""
    team: str = ""


class Enrol(Request):
    """Registers a device with a one-time code. Sent again with the same key: the same answer."""

    code: Word
    public_key: Base64 = Field(
        description="Ed25519, 32 bytes; its private half never leaves the device."
    )
    name: str = Field(
        min_length=1,
        max_length=100,
        pattern=PRINTABLE,
        description="As the council labels the laptop.",
    )
    client: str = Field(max_length=40, pattern=PRINTABLE, description="The program's version.")


class Enrolled(Reply):
    """What a registered device is told."""

    device: Identifier
    worker: Worker
    council: str
    signing_key: Base64
    recovery_key: Base64
    escrow_key: Base64


class TokenRequest(Request):
    """Asks for an access token; signed with the device's key (``signatures.token_text``)."""

    device: Identifier
    at: Time
    nonce: str = Field(pattern=r"^[A-Za-z0-9_-]{16,64}$")
    client: str = Field(
        default="", max_length=40, pattern=PRINTABLE, description="The program's version now."
    )
    signature: Base64


class Token(Reply):
    """A credential for ``Authorization: Bearer``, good for ``expires_in`` seconds."""

    access_token: str
    expires_in: int
    time: Time
    lease: Lease
