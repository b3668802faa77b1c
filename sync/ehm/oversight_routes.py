"""The API's path for oversight. What is read is audited."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response
from pydantic import BaseModel

from sync.contract.messages import Oversight
from sync.ehm import caseload, history, measuring, overseeing
from sync.ehm.access import ANSWERS, SECURED, Asks
from sync.ehm.bodies import reply
from sync.ehm.permissions import Act

REQUESTS: tuple[type[BaseModel], ...] = ()
ZONE = ZoneInfo("Europe/London")

router = APIRouter(responses=ANSWERS, prefix="/v1")


@router.get(
    "/oversight",
    response_model=Oversight,
    openapi_extra=SECURED,
    summary="The families of a team that need looking at",
)
def read_oversight(asks: Asks) -> Response:
    """Drift, what is overdue, and what waits for a manager: kinds and days, and no words."""
    with asks.as_reader("read what needs oversight", may=Act.TEAM) as (connection, sender):
        team = caseload.team(connection, sender.worker)
        today = sender.at.astimezone(ZONE).date()
        timescales = measuring.rules_of(connection).timescales
        found = sorted(
            overseeing.oversight(connection, asks.ehm.cases, team, timescales, today),
            key=lambda one: (-len(one.waiting), -len(one.drift + one.overdue), one.reference),
        )
        head = history.current_head(connection)
    return reply(asks.request, Oversight(head=head, families=tuple(found)))
