"""The API's paths for measures: figures, the families behind one, a quarter published. Audited."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel

from sync.contract.messages import (
    AllMeasured,
    AskListed,
    AskMeasures,
    CountedSoFar,
    Listed,
    PublishQuarter,
)
from sync.ehm import audit, measuring, quarters
from sync.ehm.access import (
    ANSWERS,
    Asks,
    Body,
    takes,
)
from sync.ehm.bodies import parse
from sync.ehm.permissions import Act

REQUESTS: tuple[type[BaseModel], ...] = (AskMeasures, AskListed, PublishQuarter)

SECONDS_AT_A_TIME = 3.0
"""How long one request counts ahead: well under what a laptop waits, on a busy server too."""

router = APIRouter(responses=ANSWERS, prefix="/v1")


@router.post(
    "/measures",
    response_model=AllMeasured,
    openapi_extra=takes(AskMeasures),
    summary="Every measure over a period",
)
def measures(asks: Asks, body: Body) -> Response:
    """Of the reader's own families, their team's, or the council's. Audited."""
    asked = parse(AskMeasures, body)
    act = f"read the measures: {asked.scope}"
    with asks.as_reader(act, may=Act.KNOW) as (connection, sender):
        message = measuring.measure(connection, asks.ehm.cases, sender, asked)
        return asks.reply(connection, message)


@router.post(
    "/measures/count",
    response_model=CountedSoFar,
    openapi_extra=takes(AskMeasures),
    summary="Count these figures ahead for a few seconds",
)
def count_ahead(asks: Asks, body: Body) -> Response:
    """Says how far it is, and no figure. Asked until all are counted, `measures` is quick."""
    asked, timer = parse(AskMeasures, body), asks.ehm.timer
    until = timer() + SECONDS_AT_A_TIME
    with asks.as_sender(writes=False, may=Act.KNOW) as (connection, sender):
        message = measuring.count_ahead(
            connection, asks.ehm.cases, sender, asked, lambda: timer() > until
        )
        return asks.reply(connection, message)


@router.post(
    "/measures/families",
    response_model=Listed,
    openapi_extra=takes(AskListed),
    summary="The families behind one figure",
)
def listed(asks: Asks, body: Body) -> Response:
    """By their references, never names. Audited."""
    asked = parse(AskListed, body)
    act = f"read the families behind {asked.measure}: {asked.scope}"
    with asks.as_reader(act, may=Act.MEASURE) as (connection, sender):
        message = measuring.list_families(connection, asks.ehm.cases, sender, asked)
        return asks.reply(connection, message)


@router.post(
    "/quarters",
    status_code=204,
    openapi_extra=takes(PublishQuarter),
    summary="Publish the figures of a quarter that is over",
)
def publish(asks: Asks, body: Body) -> Response:
    """What changes them later is shown as a revision. Publishing again keeps what was before."""
    said = parse(PublishQuarter, body)
    with asks.as_sender(writes=False, may=Act.MEASURE_ALL) as (connection, sender):
        frozen = measuring.to_publish(connection, asks.ehm.cases, sender, said.last)
    with asks.as_sender(writes=True, may=Act.MEASURE_ALL) as (connection, sender):
        quarters.keep(connection, frozen, sender.worker)
        act = f"published the quarter to {said.last}"
        audit.note(connection, sender.at, sender.worker, act)
        return asks.done(connection)
