"""The API's paths for a request for one's own data. Every call is a line of the audit."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel

from sync.contract.messages import AccessDraft, AskAccess, FindSubject, Subjects
from sync.ehm import subject_access
from sync.ehm.access import ANSWERS, Asks, Body, takes
from sync.ehm.bodies import parse, reply
from sync.ehm.permissions import Act

REQUESTS: tuple[type[BaseModel], ...] = (FindSubject, AskAccess)

router = APIRouter(responses=ANSWERS, prefix="/v1/subject-access")


@router.post(
    "/people",
    response_model=Subjects,
    openapi_extra=takes(FindSubject),
    summary="Who is in a family, for a request for one's own data",
)
def subjects(asks: Asks, body: Body) -> Response:
    """By the number or reference of the family, with a reason."""
    said = parse(FindSubject, body)
    with asks.as_sender(writes=True, may=Act.ACCESS) as (connection, sender):
        return reply(asks.request, subject_access.find(connection, sender, said))


@router.post(
    "/draft",
    response_model=AccessDraft,
    openapi_extra=takes(AskAccess),
    summary="What is written about one person: a draft for an officer",
)
def draft(asks: Asks, body: Body) -> Response:
    """Third parties, restricted and serious-harm material are marked; nothing is ready to send."""
    said = parse(AskAccess, body)
    with asks.as_sender(writes=True, may=Act.ACCESS) as (connection, sender):
        return reply(asks.request, subject_access.draft(connection, sender, said))
