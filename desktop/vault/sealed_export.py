"""A file for somebody else: AES-256-GCM under a passphrase of its own, by Argon2id.

Not an encrypted zip: its key comes of 1,000 rounds of SHA-1, which a graphics card guesses through,
and its names stay readable. The price is that it opens with this program alone
(``your-family vault open-export``).
"""

from __future__ import annotations

import secrets
import struct

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.vault.errors import VaultError, WrongPassphrase
from desktop.vault.passphrase_cost import FLOOR, PassphraseCost

_HEAD = struct.Struct(">4sBIB16s12s")
_MARK = b"YFX1"


class NotAnExport(VaultError):
    """A file that this program did not make, or that was changed."""

    title = "This is not an export"
    message = "The file was not made by Your Family, or it was changed. Ask for it again."


def seal_export(content: bytes, passphrase: bytearray, cost: PassphraseCost = FLOOR) -> bytes:
    """``content``, readable with this passphrase alone. About a second."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    head = _HEAD.pack(_MARK, cost.passes, cost.kibibytes, cost.lanes, salt, nonce)
    return head + AESGCM(_key(passphrase, salt, cost)).encrypt(nonce, content, head)


def open_export(sealed: bytes, passphrase: bytearray) -> bytes:
    """What was sealed. Raises NotAnExport, or WrongPassphrase."""
    if len(sealed) < _HEAD.size:
        raise NotAnExport
    head = sealed[: _HEAD.size]
    mark, passes, kibibytes, lanes, salt, nonce = _HEAD.unpack(head)
    cost = PassphraseCost(passes, kibibytes, lanes)
    if mark != _MARK or not cost.is_acceptable:
        raise NotAnExport
    try:
        return AESGCM(_key(passphrase, salt, cost)).decrypt(nonce, sealed[_HEAD.size :], head)
    except InvalidTag as error:
        raise WrongPassphrase from error


def _key(passphrase: bytearray, salt: bytes, cost: PassphraseCost) -> bytes:
    return hash_secret_raw(
        bytes(passphrase), salt, cost.passes, cost.kibibytes, cost.lanes, 32, Type.ID
    )
