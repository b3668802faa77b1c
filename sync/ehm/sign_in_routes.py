"""The API's path for signing in."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel

from sync.contract.messages import ShowIdToken, SignedIn
from sync.ehm import devices, sign_in
from sync.ehm.access import ANSWERS, Asks, Body, takes
from sync.ehm.bodies import parse, reply

REQUESTS: tuple[type[BaseModel], ...] = (ShowIdToken,)

router = APIRouter(responses=ANSWERS, prefix="/v1")


@router.post(
    "/sign-in",
    response_model=SignedIn,
    openapi_extra=takes(ShowIdToken),
    summary="Show an ID token of the council's provider",
)
def show(asks: Asks, body: Body) -> Response:
    """With the device's own token: an ID token is good only on the device that it was made for."""
    said = parse(ShowIdToken, body)
    with asks.as_sender(writes=True) as (connection, sender):
        devices.check_current(connection, sender)
        return reply(asks.request, sign_in.show(connection, asks.ehm.documents, sender, said))
