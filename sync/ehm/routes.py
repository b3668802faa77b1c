"""The API's paths: who may, then one call into the room that does it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from sync.contract.messages import (
    API_VERSION,
    DigestReply,
    DigestRequest,
    Enrol,
    Enrolled,
    FamilyList,
    FeedPage,
    FeedRequest,
    FlatFamily,
    HandedIn,
    HandIn,
    Hello,
    Identifier,
    Limits,
    OrderKind,
    RegisterFamilies,
    SignIn,
    Token,
    TokenRequest,
)
from sync.ehm import (
    audit,
    caseload,
    changes,
    council,
    device_ledger,
    devices,
    erasure,
    families,
    feed,
    history,
    orders,
    packs,
    provider,
    refused,
)
from sync.ehm.access import ANSWERS, SECURED, Asks, Body, TheEhm, takes
from sync.ehm.bodies import parse, reply
from sync.ehm.envelope import read_hand_in
from sync.ehm.feed import Reader
from sync.ehm.permissions import Act
from sync.ehm.provider import Provider

CAPABILITIES = (
    "approvals",
    "contributors",
    "covers",
    "finding",
    "matching",
    "measures",
    "orders",
    "putting_right",
    "requests",
    "sealed_unsent_work",
    "team",
)
REQUESTS: tuple[type[BaseModel], ...] = (
    Enrol,
    TokenRequest,
    RegisterFamilies,
    HandIn,
    FeedRequest,
    DigestRequest,
)


router = APIRouter(responses=ANSWERS, prefix="/v1")


@router.get("", response_model=Hello, summary="Proof of connection, and what this EHM can do")
def hello(request: Request, ehm: TheEhm) -> Response:
    """Anything but this answer is not the EHM: a proxy's login page, another service."""
    with ehm.store.reading() as connection:
        ours, there = council.read(connection), provider.read(connection)
    return reply(
        request,
        Hello(
            service="your-family-ehm",
            api=API_VERSION,
            oldest_client=ours.oldest_client,
            council=ours.name,
            is_demo=ours.is_demo,
            time=ehm.clock(),
            sign_in=_how_to_sign_in(there),
            limits=Limits(),
            capabilities=CAPABILITIES,
        ),
    )


def _how_to_sign_in(there: Provider | None) -> SignIn:
    if there is None:
        return SignIn(kind="device")
    return SignIn(kind="openid", issuer=there.issuer, client_id=there.client_id, scope=there.scope)


@router.post(
    "/devices",
    response_model=Enrolled,
    openapi_extra=takes(Enrol, without_token=True),
    summary="Register a device with a one-time code",
)
def enrol(request: Request, ehm: TheEhm, body: Body) -> Response:
    """Safe to repeat with the same code and key."""
    message = parse(Enrol, body)
    with ehm.store.writing() as connection:
        ours = council.read(connection)
        enrolled = devices.enrol(connection, ours, message, ehm.clock())
        device_ledger.note_registered(connection, ehm.ledger, enrolled.device)
        return reply(request, enrolled)


@router.post(
    "/token",
    response_model=Token,
    openapi_extra=takes(TokenRequest, without_token=True),
    summary="An access token for a device that signs with its key",
)
def token(request: Request, ehm: TheEhm, body: Body) -> Response:
    """With a lease. A revoked device gets one too: it may hand in, and nothing else."""
    message = parse(TokenRequest, body)
    with ehm.store.writing() as connection:
        ours = council.read(connection)
        caseload.end_covers(connection, ehm.clock())
        return reply(request, devices.token(connection, ours, message, ehm.clock()))


@router.post(
    "/families",
    response_model=HandedIn,
    openapi_extra=takes(RegisterFamilies),
    summary="Make families known to the centre",
)
def register(asks: Asks, body: Body) -> Response:
    """Safe to repeat. The centre's number comes in the feed."""
    message = parse(RegisterFamilies, body)
    with asks.as_sender(seen=message.seen, writes=True) as (connection, sender):
        devices.check_current(connection, sender)
        results = families.register(connection, sender, message.families)
        head = history.current_head(connection)
    return reply(asks.request, HandedIn.of(head, results))


@router.get(
    "/families",
    response_model=FamilyList,
    openapi_extra=SECURED,
    summary="The families of this worker",
)
def list_families(asks: Asks) -> Response:
    """By reference."""
    with asks.as_sender(writes=False, may=Act.CARRY) as (connection, sender):
        found = families.list_of(connection, sender.worker)
        head = history.current_head(connection)
    return reply(asks.request, FamilyList(head=head, families=found))


@router.get(
    "/families/{family}/records",
    response_model=FlatFamily,
    openapi_extra=SECURED,
    summary="Every answer of a family, flat",
)
def flat_family(asks: Asks, family: Identifier) -> Response:
    """As an EHM imports it: path to values; more than one value is an open conflict."""
    with asks.as_sender(writes=True, may=Act.CARRY) as (connection, sender):
        audit.note(connection, sender.at, sender.worker, "read the records", family)
        return reply(asks.request, families.flat(connection, sender.worker, family))


@router.post(
    "/changes",
    response_model=HandedIn,
    openapi_extra=takes(HandIn),
    summary="Hand in sealed changes",
)
def hand_in(asks: Asks, body: Body) -> Response:
    """Safe to repeat at any point. Each change has a result of its own; none blocks another."""
    envelope = read_hand_in(body)
    with asks.as_sender(seen=envelope.seen, writes=True) as (connection, sender):
        erasure.copy_late(connection, sender, envelope.changes)
        kept = changes.hand_in(connection, sender, envelope.changes)
        results = envelope.in_order(kept)
        refused.note(connection, sender, envelope.changes, results)
        erasure.follow(connection, asks.ehm.ledger)
        head = history.current_head(connection)
    return reply(asks.request, HandedIn.of(head, results))


@router.post(
    "/feed",
    response_model=FeedPage,
    openapi_extra=takes(FeedRequest),
    summary="What is new to this worker",
)
def read_feed(asks: Asks, body: Body) -> Response:
    """In the order of the one history. With ``family``: of that family, whole."""
    message = parse(FeedRequest, body)
    with asks.as_sender(seen=message.seen, writes=False, may=Act.KNOW) as (connection, sender):
        reader = Reader(sender.worker, sender.device)
        feed.check_family(connection, reader, message.family)
        purges = orders.standing(connection, sender.device, OrderKind.PURGE)
        pack = packs.latest(connection)
        return reply(asks.request, feed.page(connection, reader, message, pack, purges))


@router.post(
    "/digest",
    response_model=DigestReply,
    openapi_extra=takes(DigestRequest),
    summary="Which families differ",
)
def compare(asks: Asks, body: Body) -> Response:
    """Compared only when the device is level with the feed."""
    message = parse(DigestRequest, body)
    with asks.as_sender(seen=message.seen, writes=False, may=Act.KNOW) as (connection, sender):
        reader = Reader(sender.worker, sender.device)
        return reply(asks.request, feed.compare(connection, reader, message))
