"""Signing in: whose ID token this is, and until when their device is given what is new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from sync.contract import signatures
from sync.contract.messages import ShowIdToken, SignedIn
from sync.ehm import audit, people, provider, schema
from sync.ehm.changes import Sender
from sync.ehm.problems import Refusal
from sync.ehm.provider import Documents, Provider
from sync.ehm.store import aware

_NAMES = ("preferred_username", "email", "upn", "sub")


def show(
    connection: Connection, documents: Documents, sender: Sender, said: ShowIdToken
) -> SignedIn:
    """Takes an ID token for the worker of this device. Safe to repeat.

    The first one binds the worker to the provider's subject; another person's is refused.
    """
    here = provider.read(connection)
    if here is None:
        raise Refusal(
            403, "no_provider", "Nobody signs in here", "This council uses the laptop's own key."
        )
    nonce = signatures.sign_in_nonce(sender.device, said.secret) if said.secret else None
    told = provider.claims(here, documents, said.id_token, nonce, sender.at)
    table = schema.signed_in
    before = connection.execute(select(table).where(table.c.device == sender.device)).one_or_none()
    _check_person(connection, sender.worker, told)
    in_person = sender.at
    if nonce is None:
        if before is None or before.subject != told["sub"]:
            raise _sign_in_in_person()
        in_person = aware(before.in_person)
    until = _until(here, in_person, sender.at)
    connection.execute(delete(table).where(table.c.device == sender.device))
    connection.execute(
        insert(table).values(
            device=sender.device, subject=told["sub"], in_person=in_person, until=until
        )
    )
    audit.note(connection, sender.at, sender.worker, "signed in", detail=sender.device)
    return SignedIn(worker=people.of_ids(connection, {sender.worker})[sender.worker], until=until)


def is_due(connection: Connection, device: str, now: datetime) -> bool:
    """True if the worker of this device must sign in before they are given what is new."""
    if provider.read(connection) is None:
        return False
    table = schema.signed_in.c
    until = connection.execute(
        select(table.until).where(table.device == device)
    ).scalar_one_or_none()
    return until is None or aware(until) <= now


def _until(here: Provider, in_person: datetime, now: datetime) -> datetime:
    until = min(now + timedelta(days=here.days), in_person + timedelta(days=here.longest_days))
    if until <= now:
        raise _sign_in_in_person()
    return until


def _check_person(connection: Connection, worker: str, told: Mapping[str, Any]) -> None:
    row = people.row(connection, worker)
    assert row is not None  # noqa: S101 - a device belongs to a worker
    subject = str(told["sub"])
    names = {str(told[name]).casefold() for name in _NAMES if name in told}
    known = people.of_subject(connection, subject)
    is_them = known == worker if known else row.subject is None
    if not is_them or (row.login and row.login.casefold() not in names):
        raise Refusal(
            403,
            "another_person",
            "Somebody else is signed in",
            "The sign-in is not that of the person whose laptop this is. Sign in as yourself.",
        )
    if row.subject is None:
        connection.execute(
            update(schema.worker).where(schema.worker.c.id == worker).values(subject=subject)
        )


def _sign_in_in_person() -> Refusal:
    return Refusal(
        403,
        "sign_in_in_person",
        "Sign in again",
        "Please sign in again, in the browser. What you wrote is safe on this laptop.",
    )
