"""The API's paths for the work of a hub and a team: requests, handing over, devices."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel

from sync.contract.messages import (
    AcceptedRequest,
    DecideRequest,
    HandOver,
    HeldDevices,
    Identifier,
    SendRequest,
    SupportRequest,
    SupportRequests,
)
from sync.ehm import audit, caseload, held_devices, support_requests
from sync.ehm.access import (
    ANSWERS,
    SECURED,
    Asks,
    Body,
    takes,
)
from sync.ehm.bodies import parse
from sync.ehm.permissions import Act
from sync.ehm.problems import unreadable

REQUESTS: tuple[type[BaseModel], ...] = (SendRequest, DecideRequest, HandOver)

router = APIRouter(responses=ANSWERS, prefix="/v1")


@router.post(
    "/requests",
    response_model=SupportRequest,
    openapi_extra=takes(SendRequest),
    summary="Send a request for support to the hub",
)
def send(asks: Asks, body: Body) -> Response:
    """The sender stays responsible until a named receiver has accepted it."""
    said = parse(SendRequest, body)
    with asks.as_sender(writes=True, may=Act.CARRY) as (connection, sender):
        sent = support_requests.send(connection, said, sender.worker, sender.at)
        return asks.reply(connection, sent)


@router.get(
    "/requests/mine",
    response_model=SupportRequests,
    openapi_extra=SECURED,
    summary="What I asked for, and what was decided",
)
def mine(asks: Asks) -> Response:
    """A decision that is in it is noted as told."""
    with asks.as_sender(writes=True, may=Act.CARRY) as (connection, sender):
        found = support_requests.sent_by(connection, sender.worker, sender.at)
        return asks.reply(connection, SupportRequests(requests=tuple(found)))


@router.get(
    "/requests",
    response_model=SupportRequests,
    openapi_extra=SECURED,
    summary="The hub's inbox",
)
def inbox(asks: Asks) -> Response:
    """What is not decided yet; what it says is read by accepting it."""
    with asks.as_sender(writes=True, may=Act.REQUESTS) as (connection, sender):
        audit.note(connection, sender.at, sender.worker, "read the inbox of requests")
        found = support_requests.inbox(connection, sender.worker)
        return asks.reply(connection, SupportRequests(requests=tuple(found)))


@router.post(
    "/requests/{record}/accept",
    response_model=AcceptedRequest,
    openapi_extra=SECURED,
    summary="Accept a request, by name",
)
def accept(asks: Asks, record: Identifier) -> Response:
    """From now on the receiver is responsible, and has the family."""
    with asks.as_sender(writes=True, may=Act.REQUESTS) as (connection, sender):
        accepted, said = support_requests.accept(connection, record, sender.worker, sender.at)
        message = AcceptedRequest(request=accepted, said=said)
        return asks.reply(connection, message)


@router.post(
    "/requests/{record}/decide",
    response_model=SupportRequest,
    openapi_extra=takes(DecideRequest),
    summary="Decide a request that I accepted",
)
def decide(asks: Asks, body: Body, record: Identifier) -> Response:
    """The words are told to whoever asked."""
    said = parse(DecideRequest, body)
    with asks.as_sender(writes=True, may=Act.REQUESTS) as (connection, sender):
        decided = support_requests.decide(connection, record, said, sender.worker, sender.at)
        return asks.reply(connection, decided)


@router.post(
    "/families/{family}/hand-over",
    status_code=204,
    openapi_extra=takes(HandOver),
    summary="Give a family from one worker to another",
)
def hand_over(asks: Asks, body: Body, family: Identifier) -> Response:
    """In one step: there is never nobody in between."""
    said = parse(HandOver, body)
    if said.giver == said.receiver:
        raise unreadable("A family is handed over to somebody else")
    with asks.as_sender(writes=True, may=Act.ALLOCATE) as (connection, sender):
        by, now = sender.worker, sender.at
        caseload.allocate(connection, by, said.receiver, family, said.reason, now)
        caseload.take_away(connection, by, said.giver, family, said.reason, now)
        return asks.done(connection)


@router.get(
    "/team/devices",
    response_model=HeldDevices,
    openapi_extra=SECURED,
    summary="Who holds which families on which device, and since when it was not heard of",
)
def team_devices(asks: Asks) -> Response:
    """By the centre's numbers, never names. Audited."""
    with asks.as_sender(writes=True, may=Act.ORDER) as (connection, sender):
        audit.note(connection, sender.at, sender.worker, "read who holds what")
        found = held_devices.held(connection, sender)
        return asks.reply(connection, HeldDevices(devices=tuple(found)))
