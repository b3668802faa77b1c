"""The API's paths for orders: asked for, confirmed, polled, carried out; and what was unsent."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from pydantic import BaseModel

from sync.contract.messages import (
    MAX_PART,
    AskedOrder,
    AskedOrders,
    AskOrder,
    Identifier,
    Orders,
    OrdersRequest,
    Receipt,
)
from sync.contract.signatures import Proof
from sync.ehm import audit, council, device_ledger, orders, sealed_work
from sync.ehm.access import (
    ANSWERS,
    SECURED,
    Asks,
    Body,
    TheEhm,
    takes,
)
from sync.ehm.bodies import parse, reply
from sync.ehm.permissions import Act
from sync.ehm.problems import too_large

REQUESTS: tuple[type[BaseModel], ...] = (OrdersRequest, Receipt, AskOrder)

router = APIRouter(responses=ANSWERS, prefix="/v1")

TheSealedName = Annotated[str, Path(pattern=r"^sha256-[0-9a-f]{64}\.sealed$")]
TheDevice = Annotated[
    Identifier, Header(alias="Your-Family-Device", description="The device it comes from")
]


def _proof(
    signature: Annotated[
        str,
        Header(
            alias="Your-Family-Signature",
            description="The device's, of order, device and name; or that of the key",
            max_length=200,
        ),
    ],
    key: Annotated[
        str,
        Header(
            alias="Your-Family-Key",
            description="The key it is signed with, if not the device's",
            max_length=200,
        ),
    ] = "",
    vouched: Annotated[
        str,
        Header(
            alias="Your-Family-Vouched",
            description="The device's signature of the key",
            max_length=200,
        ),
    ] = "",
) -> Proof:
    return Proof(signature, key, vouched)


TheProof = Annotated[Proof, Depends(_proof)]
_UPLOAD: dict[int | str, dict[str, Any]] = {
    204: {
        "description": "How much is here.",
        "headers": {
            "Upload-Offset": {"schema": {"type": "integer"}, "description": "Bytes held"},
            "Upload-Complete": {"schema": {"type": "string"}, "description": "?1 or ?0"},
        },
    }
}


@router.post(
    "/orders",
    response_model=Orders,
    openapi_extra=takes(OrdersRequest, without_token=True),
    summary="What a device is ordered to do, for its unlock page",
)
def poll(request: Request, ehm: TheEhm, body: Body) -> Response:
    """Without a sign-in. Nothing about families; for an unknown device, nothing at all."""
    message = parse(OrdersRequest, body)
    with ehm.store.reading() as connection:
        ours = council.read(connection)
        return reply(request, orders.poll(connection, ours, message, ehm.clock()))


@router.post(
    "/orders/{order}/receipt",
    status_code=204,
    openapi_extra=takes(Receipt, without_token=True),
    summary="What became of an order",
)
def receipt(ehm: TheEhm, body: Body, order: Identifier) -> Response:
    """Counts only. Without a sign-in, but signed by the device: nobody else can answer for it."""
    message = parse(Receipt, body)
    with ehm.store.writing() as connection:
        orders.receipt(connection, order, message, ehm.clock())
    return Response(status_code=204)


@router.head(
    "/orders/{order}/unsent/{name}",
    status_code=204,
    responses=_UPLOAD,
    openapi_extra={"security": []},
    summary="How much of the sealed unsent work the EHM has",
)
def unsent_offset(
    ehm: TheEhm, order: Identifier, name: TheSealedName, device: TheDevice, proof: TheProof
) -> Response:
    """``Upload-Offset`` bytes; ``Upload-Complete: ?1`` if that is all."""
    with ehm.store.reading() as connection:
        sealed_work.check_may_send(connection, device, order, name, proof)
        return _uploaded(*sealed_work.size_here(connection, device, order, name))


@router.patch(
    "/orders/{order}/unsent/{name}",
    status_code=204,
    responses=_UPLOAD,
    openapi_extra={
        "security": [],
        "requestBody": {
            "required": True,
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        },
    },
    summary="Send a part of the unsent work of a device that must be wiped",
)
def send_unsent(
    ehm: TheEhm,
    body: Body,
    order: Identifier,
    name: TheSealedName,
    device: TheDevice,
    proof: TheProof,
    offset: Annotated[int, Header(alias="Upload-Offset", ge=0, lt=2**31)],
    complete: Annotated[str, Header(alias="Upload-Complete", pattern=r"^\?[01]$")],
) -> Response:
    """Sealed to the escrow key: neither the EHM nor the line can read it. In parts, as files."""
    if len(body) > MAX_PART:
        raise too_large()
    with ehm.store.writing() as connection:
        sealed_work.check_may_send(connection, device, order, name, proof)
        is_last = complete == "?1"
        sealed_work.add(connection, device, order, name, offset, body, ehm.clock(), is_last=is_last)
        return _uploaded(*sealed_work.size_here(connection, device, order, name))


def _uploaded(size: int, is_whole: bool) -> Response:
    headers = {"Upload-Offset": str(size), "Upload-Complete": "?1" if is_whole else "?0"}
    return Response(status_code=204, headers=headers)


@router.get(
    "/asked-orders",
    response_model=AskedOrders,
    openapi_extra=SECURED,
    summary="Locks and wipes that were asked for, and what came of them",
)
def list_asked(asks: Asks) -> Response:
    """For coordinators, managers and information governance. Audited."""
    with asks.as_sender(writes=True, may=Act.ORDER) as (connection, sender):
        audit.note(connection, sender.at, sender.worker, "read what was ordered")
        message = AskedOrders(orders=orders.asked_orders(connection))
        return asks.reply(connection, message)


@router.post(
    "/asked-orders",
    response_model=AskedOrder,
    openapi_extra=takes(AskOrder),
    summary="Ask for a device to be locked or wiped",
)
def ask(asks: Asks, body: Body) -> Response:
    """A lock goes out at once; a wipe when somebody else has confirmed it."""
    message = parse(AskOrder, body)
    with asks.as_sender(writes=True, may=Act.ORDER) as (connection, sender):
        ours = council.read(connection)
        asked = orders.ask(connection, ours, message, sender.worker, sender.at)
        return asks.reply(connection, asked)


@router.post(
    "/asked-orders/{asked}/confirm",
    response_model=AskedOrder,
    openapi_extra=SECURED,
    summary="The second person's word for a wipe",
)
def confirm(asks: Asks, asked: Identifier) -> Response:
    """Refused for whoever asked. The device's registration ends with it."""
    with asks.as_sender(writes=True, may=Act.ORDER) as (connection, sender):
        ours = council.read(connection)
        found = orders.confirm(connection, ours, asked, sender.worker, sender.at)
        device_ledger.note_revoked(connection, asks.ehm.ledger, found.device, sender.at)
        return asks.reply(connection, found)


@router.post(
    "/asked-orders/{asked}/withdraw",
    response_model=AskedOrder,
    openapi_extra=SECURED,
    summary="Take back a wipe that is not confirmed, or lift a lock",
)
def withdraw(asks: Asks, asked: Identifier) -> Response:
    """A wipe that went out stays."""
    with asks.as_sender(writes=True, may=Act.ORDER) as (connection, sender):
        found = orders.withdraw(connection, asked, sender.worker, sender.at)
        return asks.reply(connection, found)
