"""The API's paths for oversight. What is read is audited."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlalchemy import Connection

from forms.casework.timescales import Timescales
from sync.contract.messages import CountedSoFar, Oversight, TeamFamily
from sync.ehm import caseload, history, measuring, overseeing
from sync.ehm.access import ANSWERS, SECURED, Asks
from sync.ehm.bodies import reply
from sync.ehm.changes import Sender
from sync.ehm.permissions import Act

REQUESTS: tuple[type[BaseModel], ...] = ()
ZONE = ZoneInfo("Europe/London")

SECONDS_AT_A_TIME = 3.0
"""How long one request looks ahead: well under what a laptop waits, on a busy server too."""

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
        team, timescales = _of(connection, sender)
        today = sender.at.astimezone(ZONE).date()
        found = sorted(
            overseeing.oversight(connection, asks.ehm.cases, team, timescales, today),
            key=lambda one: (-len(one.waiting), -len(one.drift + one.overdue), one.reference),
        )
        head = history.current_head(connection)
    return reply(asks.request, Oversight(head=head, families=tuple(found)))


@router.get(
    "/oversight/count",
    response_model=CountedSoFar,
    openapi_extra=SECURED,
    summary="Look through the families of a team ahead, for a few seconds",
)
def look_ahead(asks: Asks) -> Response:
    """Says how far it is, and of no family. Asked until all are counted, `oversight` is quick."""
    ehm, until = asks.ehm, asks.ehm.timer() + SECONDS_AT_A_TIME
    with asks.as_sender(writes=False, may=Act.TEAM) as (connection, sender):
        team, timescales = _of(connection, sender)
        today = sender.at.astimezone(ZONE).date()
        message = overseeing.look_ahead(
            connection, ehm.cases, team, timescales, today, lambda: ehm.timer() > until
        )
        return asks.reply(connection, message)


def _of(connection: Connection, sender: Sender) -> tuple[list[TeamFamily], Timescales]:
    """The reader's team, and the council's timescales."""
    team = caseload.team(connection, sender.worker)
    return team, measuring.rules_of(connection).timescales
