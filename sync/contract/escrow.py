"""Unsent work of a device that must be wiped, sealed so that only the council can read it.

The escrow key (X25519) is not the recovery key: who can open a laptop cannot read what another one
handed over, nor the other way round. Sealed: 32 bytes of an ephemeral public key, then AES-256-GCM
(key by HKDF-SHA256) over gzipped JSON. Each seal has a key of its own, so its nonce is always zero.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from typing import Annotated

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import Field, ValidationError

from sync.contract.messages import (
    MAX_ATTACHMENT,
    AttachmentName,
    Identifier,
    NewFamily,
    Request,
    WireChange,
)
from sync.contract.signatures import from_base64

SEALED_NAME = ".sealed"
"""How the name of a sealed file ends: ``sha256-<64 hex>.sealed``."""

_ABOUT = b"your-family unsent work"
_KEY = 32
_NONCE = bytes(12)
_MOST = 400_000_000

_Content = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]*={0,2}$", max_length=2 * MAX_ATTACHMENT)]


class UnsentWork(Request):
    """What was on a device alone. The attachments' bytes are in base64."""

    device: Identifier
    families: tuple[NewFamily, ...] = ()
    changes: tuple[WireChange, ...] = ()
    attachments: Mapping[AttachmentName, _Content] = Field(default_factory=dict)


class NotOpened(ValueError):
    """A sealed file that this key does not open, or that was altered."""

    title = "The sealed file could not be opened"
    message = "The key is not the one that it was sealed to, or the file was altered."

    def __init__(self) -> None:
        super().__init__(self.message)


def seal(escrow_key: str, work: UnsentWork) -> bytes:
    """The work, readable only with the private half of ``escrow_key`` (X25519, base64)."""
    plain = gzip.compress(work.model_dump_json(exclude_defaults=True).encode(), mtime=0)
    ephemeral = X25519PrivateKey.generate()
    receiver = X25519PublicKey.from_public_bytes(from_base64(escrow_key))
    ours = ephemeral.public_key().public_bytes_raw()
    key = _key(ephemeral.exchange(receiver), ours, receiver)
    return ours + AESGCM(key).encrypt(_NONCE, plain, _ABOUT)


def open_sealed(private_key: bytes, sealed: bytes) -> UnsentWork:
    """What was sealed to the public half of a 32-byte X25519 key; raises ``NotOpened``."""
    private = X25519PrivateKey.from_private_bytes(private_key)
    try:
        theirs = X25519PublicKey.from_public_bytes(sealed[:_KEY])
        key = _key(private.exchange(theirs), sealed[:_KEY], private.public_key())
        plain = AESGCM(key).decrypt(_NONCE, sealed[_KEY:], _ABOUT)
        inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        return UnsentWork.model_validate_json(inflater.decompress(plain, _MOST))
    except (InvalidTag, ValidationError, zlib.error, ValueError):
        raise NotOpened from None


def _key(shared: bytes, ephemeral: bytes, receiver: X25519PublicKey) -> bytes:
    bound = ephemeral + receiver.public_bytes_raw()
    return HKDF(SHA256(), 32, salt=bound, info=_ABOUT).derive(shared)
