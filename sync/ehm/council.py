"""The council that an EHM belongs to: its name, and the keys that sign what devices must trust."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Connection, insert, select, update

from sync.contract import signatures
from sync.contract.messages import DevicePolicy
from sync.contract.recovery import DEMO_PUBLIC_KEY
from sync.ehm import schema

OLDEST_CLIENT = "0.1.0"
TOKEN_LIFE = timedelta(minutes=15)
_DEMO_KEY = base64.b64encode(DEMO_PUBLIC_KEY).decode()


@dataclass(frozen=True, slots=True, repr=False)
class Council:
    """What is true of the whole EHM."""

    name: str
    is_demo: bool
    signing_key: bytes
    token_secret: bytes
    recovery_key: str
    escrow_key: str
    policy: DevicePolicy
    oldest_client: str

    @property
    def public_key(self) -> str:
        """The key that devices check orders, leases and packs with."""
        return signatures.public_key(self.signing_key)

    def token(self, device: str, now: datetime) -> str:
        """An access token for a device: who, until when, and our own seal over both."""
        said = f"{device}.{int((now + TOKEN_LIFE).timestamp())}"
        return f"{said}.{self._seal(said)}"

    def device_of(self, token: str, now: datetime) -> str | None:
        """The device that a token was given to; None if it is forged or too old."""
        said, _, seal = token.rpartition(".")
        device, _, until = said.partition(".")
        if not hmac.compare_digest(seal.encode(), self._seal(said).encode()):
            return None
        return device if int(until) > now.timestamp() else None

    def _seal(self, said: str) -> str:
        mac = hmac.digest(self.token_secret, said.encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def found(
    connection: Connection,
    name: str,
    *,
    is_demo: bool,
    recovery_key: str = "",
    escrow_key: str = "",
) -> None:
    """Sets up an empty EHM for a council.

    ``recovery_key`` and ``escrow_key`` are the public halves of the council's X25519 keys (base64).
    Without a recovery key a demo has the published one of demonstrations, and any other EHM enrols
    nobody until `recovery.make_key`; without an escrow key a demo has one that nobody can open.
    """
    connection.execute(
        insert(schema.council).values(
            id=1,
            name=name,
            is_demo=is_demo,
            epoch=secrets.token_hex(8),
            signing_key=secrets.token_bytes(32),
            token_secret=secrets.token_bytes(32),
            recovery_key=recovery_key or (_DEMO_KEY if is_demo else ""),
            escrow_key=escrow_key or (_nobodys_key() if is_demo else ""),
            policy=DevicePolicy().model_dump_json(exclude_defaults=True),
            next_number=1,
        )
    )


def _nobodys_key() -> str:
    public = X25519PrivateKey.generate().public_key().public_bytes_raw()
    return base64.b64encode(public).decode()


def read(connection: Connection) -> Council:
    """The council of this database."""
    row = connection.execute(select(schema.council)).one()
    return Council(
        name=row.name,
        is_demo=row.is_demo,
        signing_key=row.signing_key,
        token_secret=row.token_secret,
        recovery_key=row.recovery_key,
        escrow_key=row.escrow_key,
        policy=DevicePolicy.model_validate_json(row.policy),
        oldest_client=row.oldest_client or OLDEST_CLIENT,
    )


def set_policy(connection: Connection, policy: DevicePolicy) -> None:
    """What devices are told at their next contact."""
    text = policy.model_dump_json(exclude_defaults=True)
    connection.execute(update(schema.council).values(policy=text))


def set_oldest_client(connection: Connection, version: str) -> None:
    """The oldest program that is given anything; an older one can always hand in.

    ``ValueError`` for what is no version: it would bar nobody.
    """
    if not all(part.isdecimal() for part in version.split(".")):
        raise ValueError(f"{version!r} is no version like 0.10.2")
    connection.execute(update(schema.council).values(oldest_client=version))


def set_escrow_key(connection: Connection, escrow_key: str) -> None:
    """The public half (X25519, base64) of the key that unsent work is sealed to from now on."""
    connection.execute(update(schema.council).values(escrow_key=escrow_key))


def can_recover(connection: Connection) -> bool:
    """True if laptops can be sealed to a key of this council; a demo has a published one."""
    ours = read(connection)
    made = schema.recovery_key.c.public
    known = connection.execute(select(made).where(made == ours.recovery_key)).one_or_none()
    return ours.is_demo or known is not None


def is_founded(connection: Connection) -> bool:
    """True once ``found`` was called."""
    return connection.execute(select(schema.council.c.id)).one_or_none() is not None
