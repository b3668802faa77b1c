"""The PIN that brings a hidden window back: kept in the vault as what tells it, never as itself.

A PIN is short, and no cost of computing makes it strong: the store's encryption keeps its verifier,
and three wrong tries end the process. The cost here only keeps the PIN from being read off at a
glance by whoever opens a store with the council's recovery key.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw

_PASSES, _KIBIBYTES, _LANES = 2, 19 * 1024, 1
_BYTES = 32


@dataclass(frozen=True, slots=True, repr=False)
class PinVerifier:
    """Tells one PIN from all others. ``salt`` and ``proof`` are hex, as they are remembered."""

    salt: str
    proof: str

    @classmethod
    def of(cls, pin: str) -> PinVerifier:
        """A verifier of this PIN, with a salt of its own."""
        salt = secrets.token_bytes(16)
        return cls(salt.hex(), _derive(pin, salt).hex())

    def tells(self, pin: str) -> bool:
        """True if it is this PIN. About 40 ms."""
        return hmac.compare_digest(_derive(pin, bytes.fromhex(self.salt)).hex(), self.proof)


def _derive(pin: str, salt: bytes) -> bytes:
    return hash_secret_raw(pin.encode(), salt, _PASSES, _KIBIBYTES, _LANES, _BYTES, Type.ID)
