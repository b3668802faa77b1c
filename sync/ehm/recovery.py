"""The council's recovery key: made once, split among custodians, used for one laptop at a time.

Two of three custodians hold it together, as words on paper (SLIP-39), and even they need this EHM:
the key is derived from their secret and a part that is kept here. So each use passes here, once for
each request and with a reason, and is in the hash-chained audit that no custodian can edit.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from sqlalchemy import Connection, Row, insert, select, update

from sync.contract.messages import Recovered
from sync.contract.recovery import (
    DEMO_KEY,
    DEMO_PUBLIC_KEY,
    RecoveryAnswer,
    RecoveryRequest,
    seal_answer,
    slot_key_of,
)
from sync.ehm import audit, schema
from sync.ehm.council import Council
from sync.ehm.store import aware

CUSTODIANS, NEEDED = 3, 2
_SECRET_BYTES = 32
_PURPOSE = b"your-family council recovery key 1"


def make_key(connection: Connection, by: Sequence[str], now: datetime) -> list[str]:
    """Makes the council's key; one share of words for each custodian, kept nowhere here.

    Laptops enrolled from now on are sealed to it; those enrolled before stay with the key before
    it, whose shares still open them. ``ValueError`` if there are not three custodians.
    """
    if len(set(by)) != CUSTODIANS:
        raise ValueError(f"name {CUSTODIANS} custodians; any {NEEDED} of them can recover a laptop")
    secret, part = secrets.token_bytes(_SECRET_BYTES), secrets.token_bytes(_SECRET_BYTES)
    public = _base64(_key(secret, part).public_key().public_bytes_raw())
    connection.execute(insert(schema.recovery_key).values(public=public, part=part, made=now))
    connection.execute(update(schema.council).values(recovery_key=public))
    audit.note(connection, now, "", "recovery key", detail=json.dumps({"custodians": list(by)}))
    (shares,) = generate_mnemonics(1, [(NEEDED, CUSTODIANS)], secret)
    return [str(share) for share in shares]


def answer(
    connection: Connection,
    council: Council,
    request: RecoveryRequest,
    shares: Sequence[str],
    by: Sequence[str],
    reason: str,
    now: datetime,
) -> RecoveryAnswer:
    """What opens the laptop of this request, for it alone and once; the audit has it first.

    ``ValueError`` in words: shares that do not fit, a laptop that is not here, a request that was
    answered before, no reason.
    """
    _check(connection, request, by, reason)
    private_key = _private_key(connection, council, request, shares)
    connection.execute(
        insert(schema.recovery).values(
            id=request.id, device=request.device, at=now, by=json.dumps(list(by)), reason=reason
        )
    )
    detail = {"request": request.id, "device": request.device, "by": list(by), "reason": reason}
    audit.note(connection, now, "", "recovery", detail=json.dumps(detail))
    unsealed = RecoveryAnswer(
        request=request.id,
        device=request.device,
        at=now,
        by=tuple(by),
        reason=reason,
        sealed_with="",
        nonce="",
        sealed="",
        signature="",
    )
    opens = slot_key_of(request, private_key)
    return seal_answer(request, opens, unsealed, council.signing_key)


def of_device(connection: Connection, device: str) -> tuple[Recovered, ...]:
    """Each time that a laptop was recovered, oldest first: its worker is told."""
    table = schema.recovery
    rows = connection.execute(select(table).where(table.c.device == device).order_by(table.c.at))
    return tuple(
        Recovered(
            request=row.id, at=aware(row.at), by=tuple(json.loads(row.by)), reason=_one_line(row)
        )
        for row in rows
    )


def _one_line(row: Row[Any]) -> str:
    """The reason as it is signed: a line feed in it could pass for another part."""
    return " ".join(row.reason.split())


def _check(
    connection: Connection, request: RecoveryRequest, by: Sequence[str], reason: str
) -> None:
    if not reason.strip():
        raise ValueError("say why this laptop is recovered")
    if len(set(by)) < NEEDED:
        raise ValueError(f"name the {NEEDED} custodians who give their shares")
    device = schema.device.c.id
    if connection.execute(select(device).where(device == request.device)).one_or_none() is None:
        raise ValueError("this laptop is not enrolled here")
    known = schema.recovery.c.id
    if connection.execute(select(known).where(known == request.id)).one_or_none() is not None:
        raise ValueError("this request was answered before; the laptop must make a new one")


def _private_key(
    connection: Connection, council: Council, request: RecoveryRequest, shares: Sequence[str]
) -> X25519PrivateKey:
    if council.is_demo and request.council_key == _base64(DEMO_PUBLIC_KEY):
        return DEMO_KEY
    table = schema.recovery_key.c
    part = connection.execute(
        select(table.part).where(table.public == request.council_key)
    ).scalar_one_or_none()
    if part is None:
        raise ValueError("this laptop was sealed to a key that is not this council's")
    try:
        secret = combine_mnemonics([" ".join(share.split()).lower() for share in shares])
    except MnemonicError as error:
        raise ValueError("these shares do not fit together; read the words again") from error
    private_key = _key(secret, part)
    if _base64(private_key.public_key().public_bytes_raw()) != request.council_key:
        raise ValueError("these shares are of another key than the one that this laptop needs")
    return private_key


def _key(secret: bytes, part: bytes) -> X25519PrivateKey:
    derived = HKDF(hashes.SHA256(), _SECRET_BYTES, part, _PURPOSE).derive(secret)
    return X25519PrivateKey.from_private_bytes(derived)


def _base64(octets: bytes) -> str:
    return base64.b64encode(octets).decode()
