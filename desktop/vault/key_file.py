"""The key file: the store's random key, wrapped once for each way of opening it.

The key of the store is 32 random bytes with 16 bytes of salt; nothing that a person types is part
of it. The file holds it in *slots*, each sealed with AES-256-GCM: one opens with the passphrase
(Argon2id), one with the council's recovery key (X25519). Each slot authenticates the whole file
but for sealed bytes: vault, generations, the parameters of every slot and the council's public
key, so that none can be weakened, exchanged or rolled back alone. While the store is being
re-encrypted the file holds the keys of two generations.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
)

from desktop.vault.durable_file import replace_file
from desktop.vault.errors import (
    KeyFileDamaged,
    KeyFileFromNewerVersion,
    VaultMissing,
    WrongPassphrase,
)
from desktop.vault.passphrase_cost import PassphraseCost
from sync.contract.recovery import slot_key

FORMAT = 1
KEY_BYTES = 48  # 32 of key and 16 of salt
_NONCE_BYTES = 12
_TAG_BYTES = 16
_LONGEST_FILE = 64 * 1024


def _octets(value: object) -> object:
    return bytes.fromhex(value) if isinstance(value, str) else value


Octets = Annotated[bytes, BeforeValidator(_octets), PlainSerializer(bytes.hex)]


@dataclass(frozen=True, slots=True, repr=False)
class StoreKey:
    """One generation of the store's key. ``erase`` when the store is open."""

    generation: int
    secret: bytearray

    @classmethod
    def make(cls, generation: int) -> Self:
        """A new random key."""
        return cls(generation, bytearray(secrets.token_bytes(KEY_BYTES)))

    def erase(self) -> None:
        """Overwrite the secret with zeros."""
        self.secret[:] = bytes(len(self.secret))


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Slot(_Strict):
    nonce: Octets = b""
    sealed: Octets = b""


_SomeSlot = TypeVar("_SomeSlot", bound=_Slot)


class _PassphraseSlot(_Slot):
    kind: Literal["passphrase"] = "passphrase"
    salt: Octets
    passes: int
    kibibytes: int
    lanes: int

    @property
    def cost(self) -> PassphraseCost:
        return PassphraseCost(self.passes, self.kibibytes, self.lanes)


class _RecoverySlot(_Slot):
    kind: Literal["recovery"] = "recovery"
    council_key: Octets
    ephemeral_key: Octets


class KeyFile(_Strict):
    """What the key file says. Made whole each time: changing a passphrase makes a new one."""

    format: Literal[1] = 1
    vault: str
    generations: tuple[int, ...]
    slots: tuple[Annotated[_PassphraseSlot | _RecoverySlot, Field(discriminator="kind")], ...]

    @property
    def council_key(self) -> bytes:
        """The council's public recovery key, raw."""
        return self._slot(_RecoverySlot).council_key

    @property
    def cost(self) -> PassphraseCost:
        """What one try of a passphrase costs."""
        return self._slot(_PassphraseSlot).cost

    def open_with_passphrase(self, passphrase: bytearray) -> list[StoreKey]:
        """The store's keys, newest last. WrongPassphrase; for bad costs KeyFileDamaged."""
        slot = self._slot(_PassphraseSlot)
        if not slot.cost.is_acceptable:
            raise KeyFileDamaged
        return self._open(slot, _from_passphrase(passphrase, slot))

    @property
    def ephemeral_key(self) -> bytes:
        """The public key that was made for the recovery slot alone, raw."""
        return self._slot(_RecoverySlot).ephemeral_key

    def open_for_recovery(self, opens: bytes) -> list[StoreKey]:
        """The store's keys, newest last, by what the council's key makes of this slot.

        Raises KeyFileDamaged if it is of another slot.
        """
        try:
            return self._open(self._slot(_RecoverySlot), opens)
        except WrongPassphrase as error:
            raise KeyFileDamaged from error

    def write(self, path: Path) -> None:
        """Replace the file at ``path``: after a power cut it is the old one or this one, whole."""
        content = self.model_dump(mode="json")
        content["check"] = _check(content)
        replace_file(path, json.dumps(content, indent=1).encode())

    @classmethod
    def read(cls, path: Path) -> Self:
        """The key file at ``path``. VaultMissing, KeyFileFromNewerVersion or KeyFileDamaged."""
        try:
            with path.open("rb") as file:
                content = json.loads(file.read(_LONGEST_FILE))
        except FileNotFoundError as error:
            raise VaultMissing from error
        except (OSError, ValueError, RecursionError) as error:
            raise KeyFileDamaged from error
        if not isinstance(content, dict) or content.pop("check", "") != _check(content):
            raise KeyFileDamaged
        written_by = content.get("format")
        if isinstance(written_by, int) and written_by > FORMAT:
            raise KeyFileFromNewerVersion
        try:
            return cls.model_validate(content)
        except ValidationError:
            raise KeyFileDamaged from None

    def _slot(self, kind: type[_SomeSlot]) -> _SomeSlot:
        for slot in self.slots:
            if isinstance(slot, kind):
                return slot
        raise KeyFileDamaged

    def _open(self, slot: _Slot, wrapping_key: bytes) -> list[StoreKey]:
        opened = bytearray(max(0, len(slot.sealed) - _TAG_BYTES))
        try:
            AESGCM(wrapping_key).decrypt_into(slot.nonce, slot.sealed, self.authenticated(), opened)
        except (InvalidTag, ValueError) as error:
            raise WrongPassphrase from error
        if len(opened) != KEY_BYTES * len(self.generations):
            raise KeyFileDamaged
        return list(self._split(opened))

    def _split(self, opened: bytearray) -> Iterator[StoreKey]:
        for place, generation in enumerate(self.generations):
            yield StoreKey(generation, opened[place * KEY_BYTES : (place + 1) * KEY_BYTES])
        opened[:] = bytes(len(opened))

    def authenticated(self) -> bytes:
        """What every slot vouches for: all of the file but the sealed bytes."""
        content = self.model_dump(mode="json")
        for slot in content["slots"]:
            del slot["nonce"], slot["sealed"]
        return _canonical(content)


def make_key_file(
    vault: str,
    keys: Sequence[StoreKey],
    passphrase: bytearray,
    cost: PassphraseCost,
    council_key: bytes,
) -> KeyFile:
    """A key file that holds these keys. ``council_key``: raw X25519 public key, 32 bytes."""
    ephemeral = X25519PrivateKey.generate()
    by_passphrase = _PassphraseSlot(
        salt=secrets.token_bytes(16),
        passes=cost.passes,
        kibibytes=cost.kibibytes,
        lanes=cost.lanes,
    )
    by_council = _RecoverySlot(
        council_key=council_key, ephemeral_key=ephemeral.public_key().public_bytes_raw()
    )
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(council_key))
    unsealed = KeyFile(
        vault=vault,
        generations=tuple(key.generation for key in keys),
        slots=(by_passphrase, by_council),
    )
    sealed = (
        _sealed(unsealed, by_passphrase, _from_passphrase(passphrase, by_passphrase), keys),
        _sealed(
            unsealed, by_council, slot_key(shared, by_council.ephemeral_key, council_key), keys
        ),
    )
    return unsealed.model_copy(update={"slots": sealed})


def _sealed(file: KeyFile, slot: _Slot, wrapping_key: bytes, keys: Sequence[StoreKey]) -> _Slot:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    together = bytearray().join(key.secret for key in keys)
    sealed = AESGCM(wrapping_key).encrypt(nonce, together, file.authenticated())
    together[:] = bytes(len(together))
    return slot.model_copy(update={"nonce": nonce, "sealed": sealed})


def _from_passphrase(passphrase: bytearray, slot: _PassphraseSlot) -> bytes:
    return hash_secret_raw(
        bytes(passphrase), slot.salt, slot.passes, slot.kibibytes, slot.lanes, 32, Type.ID
    )


def _canonical(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def _check(content: Mapping[str, object]) -> str:
    """Tells damage from a wrong passphrase; it keeps nobody out."""
    return hashlib.sha256(_canonical(content)).hexdigest()
