"""The API's paths for measures: figures, the families behind one, a quarter published. Audited."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from sync.contract.messages import AllMeasured, AskListed, AskMeasures, Listed, PublishQuarter
from sync.ehm import audit, measuring
from sync.ehm.access import ANSWERS, Authorization, Body, Seen, TheEhm, as_sender, takes, with_head
from sync.ehm.bodies import head_of, parse, reply
from sync.ehm.permissions import Act

REQUESTS: tuple[type[BaseModel], ...] = (AskMeasures, AskListed, PublishQuarter)

router = APIRouter(responses=ANSWERS, prefix="/v1")


@router.post(
    "/measures",
    response_model=AllMeasured,
    openapi_extra=takes(AskMeasures),
    summary="Every measure over a period",
)
def measures(
    request: Request,
    ehm: TheEhm,
    body: Body,
    authorization: Authorization = None,
    seen: Seen = None,
) -> Response:
    """Of the reader's own families, their team's, or the council's. Audited."""
    asked = parse(AskMeasures, body)
    with as_sender(ehm, authorization, head_of(seen), writes=True, may=Act.KNOW) as (
        connection,
        sender,
    ):
        audit.note(connection, sender.at, sender.worker, f"read the measures: {asked.scope}")
        message = measuring.measure(connection, sender, asked)
        return with_head(connection, reply(request, message))


@router.post(
    "/measures/families",
    response_model=Listed,
    openapi_extra=takes(AskListed),
    summary="The families behind one figure",
)
def listed(
    request: Request,
    ehm: TheEhm,
    body: Body,
    authorization: Authorization = None,
    seen: Seen = None,
) -> Response:
    """By their references, never names. Audited."""
    asked = parse(AskListed, body)
    with as_sender(ehm, authorization, head_of(seen), writes=True, may=Act.MEASURE) as (
        connection,
        sender,
    ):
        act = f"read the families behind {asked.measure}: {asked.scope}"
        audit.note(connection, sender.at, sender.worker, act)
        message = measuring.list_families(connection, sender, asked)
        return with_head(connection, reply(request, message))


@router.post(
    "/quarters",
    status_code=204,
    openapi_extra=takes(PublishQuarter),
    summary="Publish the figures of a quarter that is over",
)
def publish(
    ehm: TheEhm, body: Body, authorization: Authorization = None, seen: Seen = None
) -> Response:
    """What changes them later is shown as a revision. Publishing again keeps what was before."""
    said = parse(PublishQuarter, body)
    with as_sender(ehm, authorization, head_of(seen), writes=True, may=Act.MEASURE_ALL) as (
        connection,
        sender,
    ):
        measuring.publish(connection, sender, said.last)
        act = f"published the quarter to {said.last}"
        audit.note(connection, sender.at, sender.worker, act)
        return with_head(connection, Response(status_code=204))
