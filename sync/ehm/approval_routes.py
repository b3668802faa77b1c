"""The API's paths for second persons, and for a manager's notes. Everything is audited."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel

from sync.contract.messages import (
    AllWaiting,
    Approve,
    Identifier,
    Noted,
    OversightNote,
    ReadWaiting,
    WaitingRead,
)
from sync.ehm import approving, awaited
from sync.ehm.access import (
    ANSWERS,
    SECURED,
    Asks,
    Body,
    takes,
)
from sync.ehm.bodies import parse
from sync.ehm.permissions import Act

REQUESTS: tuple[type[BaseModel], ...] = (ReadWaiting, Approve, OversightNote)

SECONDS_AT_A_TIME = 3.0
"""How long one request reads families that are due: well under what a laptop waits."""

router = APIRouter(responses=ANSWERS, prefix="/v1")


@router.get(
    "/approvals",
    response_model=AllWaiting,
    openapi_extra=SECURED,
    summary="What waits for a second person in the families of a team",
)
def waiting(asks: Asks) -> Response:
    """Closures, Level 4, sharing without agreement, loosened answers; nothing that was written."""
    with asks.as_sender(writes=False, may=Act.APPROVE):
        until = asks.ehm.timer() + SECONDS_AT_A_TIME
    unread = awaited.read_due(asks.ehm.store, lambda: asks.ehm.timer() > until)
    act = "read what waits for approval"
    with asks.as_reader(act, may=Act.APPROVE) as (connection, sender):
        waits = tuple(approving.waiting(connection, sender))
        return asks.reply(connection, AllWaiting(waiting=waits, unread=unread))


@router.post(
    "/approvals/read",
    response_model=WaitingRead,
    openapi_extra=takes(ReadWaiting),
    summary="Read what waits",
)
def read(asks: Asks, body: Body) -> Response:
    """The record's questions and answers in words, once."""
    said = parse(ReadWaiting, body)
    with asks.as_sender(writes=True, may=Act.APPROVE) as (connection, sender):
        return asks.reply(connection, approving.read(connection, sender, said))


@router.post(
    "/approvals/{record}",
    response_model=Noted,
    openapi_extra=takes(Approve),
    summary="Approve it, or send it back with words",
)
def decide(asks: Asks, body: Body, record: Identifier) -> Response:
    """Kept as a record of the family, which whoever asked gets."""
    said = parse(Approve, body)
    with asks.as_sender(writes=True, may=Act.APPROVE) as (connection, sender):
        noted = approving.decide(connection, sender, record, said)
        return asks.reply(connection, noted)


@router.post(
    "/families/{family}/oversight",
    response_model=Noted,
    openapi_extra=takes(OversightNote),
    summary="Write a manager's note on a family of the team",
)
def note(asks: Asks, body: Body, family: Identifier) -> Response:
    """A record of the family: on the worker's page at their next sync."""
    said = parse(OversightNote, body)
    with asks.as_sender(writes=True, may=Act.APPROVE) as (connection, sender):
        noted = approving.note(connection, sender, family, said)
        return asks.reply(connection, noted)
