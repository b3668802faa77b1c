"""The API's paths for what is held until a person has looked at it."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel

from sync.contract.messages import AllHeld, Identifier, ShowHeld, Shown
from sync.ehm import audit, held_work, looking
from sync.ehm.access import (
    ANSWERS,
    SECURED,
    Asks,
    Body,
    takes,
)
from sync.ehm.bodies import parse
from sync.ehm.permissions import Act

REQUESTS: tuple[type[BaseModel], ...] = (ShowHeld,)

router = APIRouter(responses=ANSWERS, prefix="/v1")


@router.get(
    "/held",
    response_model=AllHeld,
    openapi_extra=SECURED,
    summary="What is kept and not shown, and for what it waits",
)
def list_held(asks: Asks) -> Response:
    """Nothing that it says, and nothing of families that the reader knows. Audited."""
    with asks.as_sender(writes=True, may=Act.SETTLE) as (connection, sender):
        audit.note(connection, sender.at, sender.worker, "read what is held")
        known = looking.hidden_from(connection, sender.worker)
        found = [each for each in held_work.waiting(connection) if each.family not in known]
        return asks.reply(connection, AllHeld(held=tuple(found)))


@router.post(
    "/held/{record}/show",
    response_model=Shown,
    openapi_extra=takes(ShowHeld),
    summary="Make what is held of a record part of its family",
)
def show(asks: Asks, body: Body, record: Identifier) -> Response:
    """Each change keeps its author. What waits for a form or a family goes on waiting."""
    said = parse(ShowHeld, body)
    with asks.as_sender(writes=True, may=Act.SETTLE) as (connection, sender):
        families = held_work.families_of(connection, record)
        looking.check_shown(connection, sender.worker, *families)
        shown = held_work.show(connection, record, sender.worker, said.reason, sender.at)
        return asks.reply(connection, Shown(changes=shown))
