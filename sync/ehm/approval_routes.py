"""The API's paths for second persons, and for a manager's notes. Everything is audited."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
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
from sync.ehm import approving, audit
from sync.ehm.access import (
    ANSWERS,
    SECURED,
    Authorization,
    Body,
    Seen,
    TheEhm,
    as_sender,
    takes,
    with_head,
)
from sync.ehm.bodies import head_of, parse, reply
from sync.ehm.permissions import Act

REQUESTS: tuple[type[BaseModel], ...] = (ReadWaiting, Approve, OversightNote)

router = APIRouter(responses=ANSWERS, prefix="/v1")


@router.get(
    "/approvals",
    response_model=AllWaiting,
    openapi_extra=SECURED,
    summary="What waits for a second person in the families of a team",
)
def waiting(
    request: Request, ehm: TheEhm, authorization: Authorization = None, seen: Seen = None
) -> Response:
    """Closures, Level 4, sharing without agreement, loosened answers; nothing that was written."""
    with as_sender(ehm, authorization, head_of(seen), writes=True, may=Act.APPROVE) as (
        connection,
        sender,
    ):
        audit.note(connection, sender.at, sender.worker, "read what waits for approval")
        message = AllWaiting(waiting=tuple(approving.waiting(connection, sender)))
        return with_head(connection, reply(request, message))


@router.post(
    "/approvals/read",
    response_model=WaitingRead,
    openapi_extra=takes(ReadWaiting),
    summary="Read what waits",
)
def read(
    request: Request,
    ehm: TheEhm,
    body: Body,
    authorization: Authorization = None,
    seen: Seen = None,
) -> Response:
    """The record's questions and answers in words, once."""
    said = parse(ReadWaiting, body)
    with as_sender(ehm, authorization, head_of(seen), writes=True, may=Act.APPROVE) as (
        connection,
        sender,
    ):
        return with_head(connection, reply(request, approving.read(connection, sender, said)))


@router.post(
    "/approvals/{record}",
    response_model=Noted,
    openapi_extra=takes(Approve),
    summary="Approve it, or send it back with words",
)
def decide(
    request: Request,
    ehm: TheEhm,
    body: Body,
    record: Identifier,
    authorization: Authorization = None,
    seen: Seen = None,
) -> Response:
    """Kept as a record of the family, which whoever asked gets."""
    said = parse(Approve, body)
    with as_sender(ehm, authorization, head_of(seen), writes=True, may=Act.APPROVE) as (
        connection,
        sender,
    ):
        noted = approving.decide(connection, sender, record, said)
        return with_head(connection, reply(request, noted))


@router.post(
    "/families/{family}/oversight",
    response_model=Noted,
    openapi_extra=takes(OversightNote),
    summary="Write a manager's note on a family of the team",
)
def note(
    request: Request,
    ehm: TheEhm,
    body: Body,
    family: Identifier,
    authorization: Authorization = None,
    seen: Seen = None,
) -> Response:
    """A record of the family: on the worker's page at their next sync."""
    said = parse(OversightNote, body)
    with as_sender(ehm, authorization, head_of(seen), writes=True, may=Act.APPROVE) as (
        connection,
        sender,
    ):
        noted = approving.note(connection, sender, family, said)
        return with_head(connection, reply(request, noted))
