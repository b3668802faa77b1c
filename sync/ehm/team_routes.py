"""The API's paths for a team: who I am, who has which family, giving and covering."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel

from sync.contract.messages import Allocate, Cover, Covered, Identifier, Me, Team
from sync.ehm import audit, caseload, history, people, permissions
from sync.ehm.access import ANSWERS, SECURED, Asks, Body, takes
from sync.ehm.bodies import parse, reply
from sync.ehm.permissions import Act
from sync.ehm.problems import not_found

REQUESTS: tuple[type[BaseModel], ...] = (Allocate, Cover)

router = APIRouter(responses=ANSWERS, prefix="/v1")


@router.get("/me", response_model=Me, openapi_extra=SECURED, summary="Who I am, and what I may ask")
def me(asks: Asks) -> Response:
    """As the table of permissions has it."""
    with asks.as_sender(writes=False, may=Act.KNOW) as (connection, sender):
        worker = people.of_ids(connection, {sender.worker})[sender.worker]
        may = tuple(act.value for act in permissions.acts_of(sender.role))
        head = history.current_head(connection)
    return reply(asks.request, Me(head=head, worker=worker, may=may))


@router.get(
    "/team",
    response_model=Team,
    openapi_extra=SECURED,
    summary="The team's caseload, without anything that was written",
)
def read_team(asks: Asks) -> Response:
    """Audited, as every reading by those who oversee."""
    with asks.as_sender(writes=True, may=Act.TEAM) as (connection, sender):
        audit.note(connection, sender.at, sender.worker, "read the team's caseload")
        found = caseload.team(connection, sender.worker)
        carriers = people.active(connection, permissions.PERMISSIONS[Act.BEGIN])
        head = history.current_head(connection)
    return reply(asks.request, Team(head=head, families=tuple(found), people=tuple(carriers)))


@router.post(
    "/families/{family}/workers",
    status_code=204,
    openapi_extra=takes(Allocate),
    summary="Give a family to a worker, or take it away",
)
def allocate(asks: Asks, body: Body, family: Identifier) -> Response:
    """Safe to repeat. It reaches both people's devices at their next exchange."""
    said = parse(Allocate, body)
    with asks.as_sender(writes=True, may=Act.ALLOCATE) as (connection, sender):
        act = caseload.allocate if said.what == "give" else caseload.take_away
        act(connection, sender.worker, said.worker, family, said.reason, sender.at)
        return asks.done(connection)


@router.post(
    "/covers",
    response_model=Covered,
    openapi_extra=takes(Cover),
    summary="Let somebody stand in for a worker until a time",
)
def cover(asks: Asks, body: Body) -> Response:
    """Everything that the worker has now; it is taken back by itself."""
    said = parse(Cover, body)
    with asks.as_sender(writes=True, may=Act.ALLOCATE) as (connection, sender):
        if people.row(connection, said.worker) is None:
            raise not_found()
        given = caseload.cover(
            connection, sender.worker, said.worker, said.stand_in, said.until, sender.at
        )
        head = history.current_head(connection)
    return reply(asks.request, Covered(head=head, families=given))
