"""The API's paths for contributors: asking in, and what a person decides for them."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel

from sync.contract.messages import AskIn, Clear, Contributors, Grant, Identifier
from sync.ehm import contributors
from sync.ehm.access import ANSWERS, SECURED, Asks, Body, takes
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
def read_contributors(asks: Asks, family: Identifier) -> Response:
    """For those whose family it is, and those who oversee."""
    with asks.as_sender(writes=False, may=Act.INVITE) as (connection, sender):
        return reply(asks.request, contributors.of_family(connection, sender, family))


@router.post(
    "",
    status_code=204,
    openapi_extra=takes(AskIn),
    summary="Ask a contributor in, or end that",
)
def ask_in(asks: Asks, body: Body, family: Identifier) -> Response:
    """What they get is worked out from the family's choices, whenever these change."""
    said = parse(AskIn, body)
    with asks.as_sender(writes=True, may=Act.INVITE) as (connection, sender):
        contributors.ask_in(connection, sender, family, said)
        return asks.done(connection)


@router.post(
    "/clear",
    status_code=204,
    openapi_extra=takes(Clear),
    summary="Somebody who must not see this is not this contributor",
)
def clear(asks: Asks, body: Body, family: Identifier) -> Response:
    """Until one more word is written there."""
    said = parse(Clear, body)
    with asks.as_sender(writes=True, may=Act.SETTLE) as (connection, sender):
        contributors.clear(connection, sender, family, said)
        return asks.done(connection)


@router.post(
    "/grant",
    status_code=204,
    openapi_extra=takes(Grant),
    summary="Share with a contributor on a recorded decision",
)
def grant(asks: Asks, body: Body, family: Identifier) -> Response:
    """While the record of that decision says so."""
    said = parse(Grant, body)
    with asks.as_sender(writes=True, may=Act.SETTLE) as (connection, sender):
        contributors.grant(connection, sender, family, said)
        return asks.done(connection)
