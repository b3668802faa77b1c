"""A backup that only the council's backup key opens: written and read as a stream, never in clear.

X25519 to the backup key, HKDF-SHA256, then AES-256-GCM over parts of 64 KB (the STREAM
construction, as age has it): the nonce of each counts it, and says whether it is the last, so that
parts can be neither left out, nor put elsewhere, nor cut off at the end.
"""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sync.contract.signatures import from_base64

_BEGINS = b"your-family-ehm sealed backup 1\n"
_ABOUT = b"your-family backup"
_PART = 65_536
_TAG = 16
_KEY = 32


class NotOpened(ValueError):
    """A file that is no sealed backup, was altered, or is not for this key."""


def make_key(file: Path) -> str:
    """Makes a backup key: the private half into a new file; the public half, in base64."""
    private = X25519PrivateKey.generate()
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(base64.b64encode(private.private_bytes_raw()).decode() + "\n")
    return base64.b64encode(private.public_key().public_bytes_raw()).decode()


def is_sealed(file: Path) -> bool:
    """True for a file that begins as a sealed backup does."""
    with file.open("rb") as opened:
        return opened.read(len(_BEGINS)) == _BEGINS


def read_key(file: Path) -> bytes:
    """The private half that ``make_key`` wrote; ``ValueError`` if it is none."""
    key = from_base64(file.read_text(encoding="ascii").strip())
    if len(key) != _KEY:
        raise ValueError(f"{file} holds no backup key")
    return key


class Sealing(io.RawIOBase):
    """Seals what is written to it. ``close`` writes the last part, and leaves the file open."""

    def __init__(self, file: IO[bytes], public_key: str) -> None:
        super().__init__()
        receiver = X25519PublicKey.from_public_bytes(from_base64(public_key))
        ephemeral = X25519PrivateKey.generate()
        ours = ephemeral.public_key().public_bytes_raw()
        self._file = file
        self._sealer = _sealer(ephemeral.exchange(receiver), ours, receiver)
        self._parts = 0
        self._waiting = bytearray()
        file.write(_BEGINS + ours)

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        """Takes content; the whole of it."""
        self._waiting += content
        while len(self._waiting) > _PART:
            self._write_part(is_last=False)
        return len(content)

    def close(self) -> None:
        """Writes the last part, once."""
        if not self.closed:
            self._write_part(is_last=True)
        super().close()

    def _write_part(self, *, is_last: bool) -> None:
        part = bytes(self._waiting[:_PART])
        del self._waiting[:_PART]
        self._file.write(self._sealer.encrypt(_nonce(self._parts, is_last=is_last), part, _ABOUT))
        self._parts += 1


@contextmanager
def read(file: Path, private_key: bytes) -> Iterator[IO[bytes]]:
    """The content of a sealed backup, part by part as it is read; raises ``NotOpened``.

    Not before its last byte was read is it known to be whole.
    """
    with file.open("rb") as sealed:
        opening: Any = _Opening(sealed, private_key)
        yield io.BufferedReader(opening, _PART)


class _Opening(io.RawIOBase):
    def __init__(self, file: IO[bytes], private_key: bytes) -> None:
        super().__init__()
        if file.read(len(_BEGINS)) != _BEGINS:
            raise NotOpened
        private, theirs = X25519PrivateKey.from_private_bytes(private_key), file.read(_KEY)
        try:
            shared = private.exchange(X25519PublicKey.from_public_bytes(theirs))
        except ValueError:
            raise NotOpened from None
        self._file = file
        self._opener = _sealer(shared, theirs, private.public_key())
        self._parts = 0
        self._ahead = file.read(_PART + _TAG)
        if not self._ahead:
            raise NotOpened  # cut off before the first part: the empty file has one too
        self._plain = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, into: bytearray) -> int:  # type: ignore[override]
        """Fills ``into`` as far as one part goes; 0 at the end."""
        while not self._plain and self._ahead:
            self._plain = self._next_part()
        taken, self._plain = self._plain[: len(into)], self._plain[len(into) :]
        into[: len(taken)] = taken
        return len(taken)

    def _next_part(self) -> bytes:
        sealed, self._ahead = self._ahead, self._file.read(_PART + _TAG)
        nonce = _nonce(self._parts, is_last=not self._ahead)
        self._parts += 1
        try:
            return self._opener.decrypt(nonce, sealed, _ABOUT)
        except (InvalidTag, ValueError):
            raise NotOpened from None


def _nonce(part: int, *, is_last: bool) -> bytes:
    return part.to_bytes(11, "big") + bytes([is_last])


def _sealer(shared: bytes, ephemeral: bytes, receiver: X25519PublicKey) -> AESGCM:
    salt = ephemeral + receiver.public_bytes_raw()
    return AESGCM(HKDF(SHA256(), 32, salt=salt, info=_ABOUT).derive(shared))
