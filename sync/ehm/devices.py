"""Devices: enrolled with a one-time code and a key pair, given tokens, leases and orders."""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, Row, delete, insert, select, update

from sync.contract import signatures
from sync.contract.messages import (
    DevicePolicy,
    Enrol,
    Enrolled,
    Lease,
    OrderKind,
    Token,
    TokenRequest,
    Worker,
)
from sync.ehm import council as councils
from sync.ehm import orders, people, recovery, schema
from sync.ehm.changes import Sender
from sync.ehm.council import TOKEN_LIFE, Council
from sync.ehm.permissions import Role
from sync.ehm.problems import (
    Refusal,
    client_too_old,
    device_locked,
    device_revoked,
    sign_in_again,
    unreadable,
)
from sync.ehm.store import aware

CODE_LIFE = timedelta(days=14)
CLOCK_MARGIN = timedelta(days=1)
_LETTERS = "ABCDEFGHJKLMNPQRTUVWXY346789"


def enrol_code(connection: Connection, worker: str, now: datetime) -> str:
    """A code that enrols one device for this worker, once, within 14 days: ``7K3M-9Q4T-XH6B``.

    ``ValueError`` while the council has no recovery key: a forgotten passphrase would lose work.
    """
    if not councils.can_recover(connection):
        raise ValueError("make the council's recovery key first: your-family-ehm recovery-key")
    groups = ["".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3)]
    code = "-".join(groups)
    connection.execute(
        insert(schema.enrolment).values(
            code_hash=_code_hash(code), worker=worker, until=now + CODE_LIFE
        )
    )
    return code


def _code_hash(code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def enrol(connection: Connection, council: Council, request: Enrol, now: datetime) -> Enrolled:
    """Registers a device. The same code and key again: the same answer, for a reply was lost."""
    if not _is_key(request.public_key):
        raise unreadable("The device's key is not an Ed25519 key")
    code = schema.enrolment.c
    offered = connection.execute(
        select(schema.enrolment).where(code.code_hash == _code_hash(request.code))
    ).one_or_none()
    if offered is None or aware(offered.until) < now:
        raise _code_refused()
    if offered.device is not None:
        row = find(connection, offered.device)
        if row is None or row.public_key != request.public_key:
            raise _code_refused()
        return _enrolled(connection, council, row)
    device = str(uuid.uuid4())
    connection.execute(
        insert(schema.device).values(
            id=device,
            worker=offered.worker,
            name=request.name,
            public_key=request.public_key,
            client=request.client,
            enrolled=now,
        )
    )
    connection.execute(
        update(schema.enrolment).where(code.code_hash == offered.code_hash).values(device=device)
    )
    row = find(connection, device)
    assert row is not None  # noqa: S101 - inserted above
    return _enrolled(connection, council, row)


def _is_key(public_key: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
    except (ValueError, binascii.Error):
        return False
    return True


def _code_refused() -> Refusal:
    return Refusal(
        403,
        "code_refused",
        "This code cannot be used",
        "This code is wrong, used already or too old. Please ask for a new one.",
    )


def _enrolled(connection: Connection, council: Council, device: Row[tuple[str, ...]]) -> Enrolled:
    return Enrolled(
        device=device.id,
        worker=worker(connection, device.worker),
        council=council.name,
        signing_key=council.public_key,
        recovery_key=council.recovery_key,
        escrow_key=council.escrow_key,
    )


def find(connection: Connection, device: str) -> Row[tuple[str, ...]] | None:
    """The device's row."""
    return connection.execute(
        select(schema.device).where(schema.device.c.id == device)
    ).one_or_none()


def everything(connection: Connection) -> Sequence[Row[Any, Any, Any, Any, Any, Any, Any, Any]]:
    """Every laptop that was ever enrolled, with its worker's name; the latest heard of last."""
    device, person = schema.device.c, schema.worker.c
    return connection.execute(
        select(
            device.id,
            device.name,
            person.name.label("worker"),
            person.is_active,
            device.client,
            device.enrolled,
            device.last_contact,
            device.revoked,
        )
        .join_from(schema.device, schema.worker)
        .order_by(device.last_contact, device.enrolled, device.id)
    ).all()


def worker(connection: Connection, worker_id: str) -> Worker:
    """What is known of a worker."""
    row = connection.execute(select(schema.worker).where(schema.worker.c.id == worker_id)).one()
    return people.as_message(row)


def token(connection: Connection, council: Council, request: TokenRequest, now: datetime) -> Token:
    """An access token for a device that proved its key. A revoked one can still hand in."""
    device = find(connection, request.device)
    if device is None or abs(now - request.at) > CLOCK_MARGIN:
        raise sign_in_again()
    text = signatures.token_text(request)
    if not signatures.is_signed(device.public_key, text, request.signature):
        raise sign_in_again()
    _use_nonce(connection, request, now)
    connection.execute(
        update(schema.device)
        .where(schema.device.c.id == device.id)
        .values(last_contact=now, client=request.client or device.client)
    )
    return Token(
        access_token=council.token(device.id, now),
        expires_in=int(TOKEN_LIFE.total_seconds()),
        time=now,
        lease=_lease(connection, council, device, now),
    )


def _use_nonce(connection: Connection, request: TokenRequest, now: datetime) -> None:
    """A signed request is good once: whoever copied it off a proxy's log gets nothing by it."""
    nonce = schema.used_nonce
    used = connection.execute(
        select(nonce.c.at).where(nonce.c.device == request.device, nonce.c.nonce == request.nonce)
    ).one_or_none()
    if used is not None:
        raise sign_in_again()
    connection.execute(delete(nonce).where(nonce.c.at < now - 2 * CLOCK_MARGIN))
    connection.execute(insert(nonce).values(device=request.device, nonce=request.nonce, at=now))


def _lease(
    connection: Connection, council: Council, device: Row[tuple[str, ...]], now: datetime
) -> Lease:
    ended = DevicePolicy(warn_days=0, read_only_days=0, cover_days=0)
    unsigned = Lease(
        device=device.id,
        worker=device.worker,
        role=worker(connection, device.worker).role,
        at=now,
        policy=ended if device.revoked else council.policy,
        escrow_key=council.escrow_key,
        recovered=recovery.of_device(connection, device.id),
        signature="",
    )
    signature = signatures.sign(council.signing_key, signatures.lease_text(unsigned))
    return unsigned.model_copy(update={"signature": signature})


def sender(
    connection: Connection, council: Council, authorization: str | None, now: datetime
) -> Sender:
    """Who holds the access token of a request; raises ``sign_in`` if nobody."""
    scheme, _, credential = (authorization or "").partition(" ")
    device_id = council.device_of(credential, now) if scheme.lower() == "bearer" else None
    device = find(connection, device_id) if device_id else None
    if device is None:
        raise sign_in_again()
    row = people.row(connection, device.worker)
    assert row is not None  # noqa: S101 - a device belongs to a worker
    return Sender(
        device.worker,
        device.id,
        is_revoked=device.revoked is not None or not row.is_active,
        at=now,
        role=Role.of(row.role),
        client=device.client,
    )


def check_current(connection: Connection, sender: Sender) -> None:
    """Raises ``device_revoked`` or ``device_locked``, each with the order that goes with it."""
    standing = orders.standing(connection, sender.device, OrderKind.WIPE, OrderKind.LOCK)
    if sender.is_revoked:
        wipes = (order for order in standing if order.kind is OrderKind.WIPE)
        raise device_revoked(next(wipes, standing[0] if standing else None))
    if standing:
        raise device_locked(standing[0])


def check_client(council: Council, sender: Sender) -> None:
    """Raises ``client_too_old`` for a program that says it is older than the council takes."""
    said = _version(sender.client)
    if said and said < _version(council.oldest_client):
        raise client_too_old(council.oldest_client)


def _version(client: str) -> tuple[int, ...]:
    """``0.10.2`` after ``0.9``; nothing for what is no version."""
    parts = client.split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()
