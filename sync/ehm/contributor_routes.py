"""The API's paths for contributors: asking in, and what a person decides for them."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from sync.contract.messages import AskIn, Clear, Contributors, Grant, Identifier
from sync.ehm import contributors
from sync.ehm.access import ANSWERS, SECURED, Authorization, Body, TheEhm, as_sender, takes
from sync.ehm.bodies import parse, reply
from sync.ehm.permissions import Act

REQUESTS: tuple[type[BaseModel], ...] = (AskIn, Clear, Grant)

router = APIRouter(responses=ANSWERS, prefix="/v1/families/{family}/contributors")


@router.get(
    "",
    response_model=Contributors,
    openapi_extra=SECURED,
    summary="Who was asked in to a family, and what they get now",
)
def read_contributors(
    request: Request, ehm: TheEhm, family: Identifier, authorization: Authorization = None
) -> Response:
    """For those whose family it is, and those who oversee."""
    with as_sender(ehm, authorization, None, writes=False, may=Act.INVITE) as (connection, sender):
        return reply(request, contributors.of_family(connection, sender, family))


@router.post(
    "",
    status_code=204,
    openapi_extra=takes(AskIn),
    summary="Ask a contributor in, or end that",
)
def ask_in(
    ehm: TheEhm, body: Body, family: Identifier, authorization: Authorization = None
) -> Response:
    """What they get is worked out from the family's choices, whenever these change."""
    said = parse(AskIn, body)
    with as_sender(ehm, authorization, None, writes=True, may=Act.INVITE) as (connection, sender):
        contributors.ask_in(connection, sender, family, said)
    return Response(status_code=204)


@router.post(
    "/clear",
    status_code=204,
    openapi_extra=takes(Clear),
    summary="Somebody who must not see this is not this contributor",
)
def clear(
    ehm: TheEhm, body: Body, family: Identifier, authorization: Authorization = None
) -> Response:
    """Until one more word is written there."""
    said = parse(Clear, body)
    with as_sender(ehm, authorization, None, writes=True, may=Act.SETTLE) as (connection, sender):
        contributors.clear(connection, sender, family, said)
    return Response(status_code=204)


@router.post(
    "/grant",
    status_code=204,
    openapi_extra=takes(Grant),
    summary="Share with a contributor on a recorded decision",
)
def grant(
    ehm: TheEhm, body: Body, family: Identifier, authorization: Authorization = None
) -> Response:
    """While the record of that decision says so."""
    said = parse(Grant, body)
    with as_sender(ehm, authorization, None, writes=True, may=Act.SETTLE) as (connection, sender):
        contributors.grant(connection, sender, family, said)
    return Response(status_code=204)
