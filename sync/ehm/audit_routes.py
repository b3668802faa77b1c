"""The API's paths for the audit, and for looking into a family with a reason."""

from __future__ import annotations

from fastapi import APIRouter, Response
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
from sync.ehm import audit, audit_words, device_audit, history, looking
from sync.ehm.access import ANSWERS, Asks, Body, takes
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
def hand_in(asks: Asks, body: Body) -> Response:
    """Safe to repeat. A revoked device hands in too."""
    said = parse(HandInAudit, body)
    with asks.as_sender(writes=True) as (connection, sender):
        return reply(asks.request, device_audit.take(connection, sender, said))


@router.post(
    "/audit",
    response_model=AuditPage,
    openapi_extra=takes(ReadAudit),
    summary="Read the audit",
)
def read_audit(asks: Asks, body: Body) -> Response:
    """For information governance; reading it is a line in it, with the reason."""
    said = parse(ReadAudit, body)
    with asks.as_sender(writes=True, may=Act.AUDIT) as (connection, sender):
        whole = audit.is_whole(connection)
        lines, more = audit.read(connection, said)
        family = said.family or ""
        audit.note(connection, sender.at, sender.worker, "read the audit", family, said.reason)
        message = AuditPage(
            head=history.current_head(connection),
            lines=tuple(lines),
            more=more,
            is_whole=whole,
            words=audit_words.words_of(connection, sender.worker, lines),
        )
    return reply(asks.request, message)


@router.post(
    "/families/{family}/look",
    response_model=LookedInto,
    openapi_extra=takes(Look),
    summary="Look into a family that is not theirs",
)
def look(asks: Asks, body: Body, family: Identifier) -> Response:
    """Online only, with a reason, audited; nothing of it comes in the feed."""
    said = parse(Look, body)
    with asks.as_sender(writes=True, may=Act.LOOK) as (connection, sender):
        found = looking.look(connection, sender, family, said)
        head = history.current_head(connection)
    return reply(asks.request, LookedInto(head=head, family=found))


@router.post(
    "/families/{family}/known",
    status_code=204,
    openapi_extra=takes(KnowsFamily),
    summary="I know this family: hide it from me",
)
def knows(asks: Asks, body: Body, family: Identifier) -> Response:
    """It leaves their devices and is not there for them, until somebody else shows it again."""
    said = parse(KnowsFamily, body)
    with asks.as_sender(writes=True, may=Act.KNOW) as (connection, sender):
        looking.knows(connection, sender, family, said)
        return asks.done(connection)
