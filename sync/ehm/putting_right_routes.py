"""The API's path for putting right what was written in the wrong place."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel

from sync.contract.messages import Identifier, PutRight, SeenBy
from sync.ehm import erasure, looking, people
from sync.ehm.access import (
    ANSWERS,
    Asks,
    Body,
    takes,
)
from sync.ehm.bodies import parse
from sync.ehm.permissions import Act
from sync.ehm.problems import Refusal

REQUESTS: tuple[type[BaseModel], ...] = (PutRight,)

router = APIRouter(responses=ANSWERS, prefix="/v1")


@router.post(
    "/records/{record}/put-right",
    response_model=SeenBy,
    openapi_extra=takes(PutRight),
    summary="Take misfiled words out of a record, everywhere, or to the right family",
)
def put_right(asks: Asks, body: Body, record: Identifier) -> Response:
    """Within one exchange they are off every device. Audited, with who could have seen them."""
    said = parse(PutRight, body)
    with asks.as_sender(writes=True, may=Act.PUT_RIGHT) as (connection, sender):
        by, now = sender.worker, sender.at
        concerned = erasure.families_of(connection, record) | ({said.to} if said.to else set())
        looking.check_shown(connection, by, *concerned)
        try:
            if said.to is None:
                saw = erasure.erase(
                    connection, asks.ehm.ledger, record, said.paths, by, said.reason, now
                )
            else:
                saw = erasure.move(
                    connection, asks.ehm.ledger, record, said.paths, said.to, by, said.reason, now
                )
        except ValueError as error:
            raise Refusal(409, "not_put_right", "This cannot be done", str(error)) from None
        names = people.of_ids(connection, set(saw))
        told = SeenBy(workers=tuple(names[worker] for worker in saw))
        return asks.reply(connection, told)
