"""The API's paths for the audit, and for looking into a family with a reason."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from sync.contract.messages import (
    AuditPage,
    AuditTaken,
    HandInAudit,
    Identifier,
    KnowsFamily,
    Look,
    LookedInto,
    ReadAudit,
)
from sync.ehm import audit, device_audit, history, looking
from sync.ehm.access import ANSWERS, Authorization, Body, TheEhm, as_sender, takes
from sync.ehm.bodies import parse, reply
from sync.ehm.permissions import Act

REQUESTS: tuple[type[BaseModel], ...] = (HandInAudit, ReadAudit, Look, KnowsFamily)

router = APIRouter(responses=ANSWERS, prefix="/v1")


@router.post(
    "/audit/device",
    response_model=AuditTaken,
    openapi_extra=takes(HandInAudit),
    summary="Hand in what a device noted of who looked at what",
)
def hand_in(
    request: Request, ehm: TheEhm, body: Body, authorization: Authorization = None
) -> Response:
    """Safe to repeat. A revoked device hands in too."""
    said = parse(HandInAudit, body)
    with as_sender(ehm, authorization, None, writes=True) as (connection, sender):
        return reply(request, device_audit.take(connection, sender, said))


@router.post(
    "/audit",
    response_model=AuditPage,
    openapi_extra=takes(ReadAudit),
    summary="Read the audit",
)
def read_audit(
    request: Request, ehm: TheEhm, body: Body, authorization: Authorization = None
) -> Response:
    """For information governance; reading it is a line in it, with the reason."""
    said = parse(ReadAudit, body)
    with as_sender(ehm, authorization, None, writes=True, may=Act.AUDIT) as (connection, sender):
        whole = audit.is_whole(connection)
        lines, more = audit.read(connection, said)
        family = said.family or ""
        audit.note(connection, sender.at, sender.worker, "read the audit", family, said.reason)
        head = history.current_head(connection)
    return reply(request, AuditPage(head=head, lines=tuple(lines), more=more, is_whole=whole))


@router.post(
    "/families/{family}/look",
    response_model=LookedInto,
    openapi_extra=takes(Look),
    summary="Look into a family that is not theirs",
)
def look(
    request: Request,
    ehm: TheEhm,
    body: Body,
    family: Identifier,
    authorization: Authorization = None,
) -> Response:
    """Online only, with a reason, audited; nothing of it comes in the feed."""
    said = parse(Look, body)
    with as_sender(ehm, authorization, None, writes=True, may=Act.LOOK) as (connection, sender):
        found = looking.look(connection, sender, family, said)
        head = history.current_head(connection)
    return reply(request, LookedInto(head=head, family=found))


@router.post(
    "/families/{family}/known",
    status_code=204,
    openapi_extra=takes(KnowsFamily),
    summary="I know this family: hide it from me",
)
def knows(
    ehm: TheEhm, body: Body, family: Identifier, authorization: Authorization = None
) -> Response:
    """It leaves their devices and is not there for them, until somebody else shows it again."""
    said = parse(KnowsFamily, body)
    with as_sender(ehm, authorization, None, writes=True, may=Act.KNOW) as (connection, sender):
        looking.knows(connection, sender, family, said)
    return Response(status_code=204)
