"""The API's paths for finding a family, and for deciding whether two are one."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlalchemy import Connection

from sync.contract.messages import (
    AllJoined,
    BegunSince,
    Decide,
    FindFamilies,
    FoundFamilies,
    Identifier,
    JoinedFamilies,
    MatchQueue,
    PossibleMatch,
    UndoBond,
    Undone,
)
from sync.ehm import audit, looking, people
from sync.ehm.access import (
    ANSWERS,
    SECURED,
    Asks,
    Body,
    takes,
)
from sync.ehm.bodies import parse
from sync.ehm.matching import bonds, queue
from sync.ehm.permissions import Act
from sync.ehm.problems import not_found

REQUESTS: tuple[type[BaseModel], ...] = (FindFamilies, Decide, UndoBond)

router = APIRouter(responses=ANSWERS, prefix="/v1")


@router.post(
    "/families/find",
    response_model=FoundFamilies,
    openapi_extra=takes(FindFamilies),
    summary="Is somebody known already?",
)
def find(asks: Asks, body: Body) -> Response:
    """Whom to ring, and nothing about the family. Audited, without what was asked."""
    message = parse(FindFamilies, body)
    with asks.as_sender(writes=True, may=Act.LOOK) as (connection, sender):
        known = looking.hidden_from(connection, sender.worker)
        asked = queue.find(connection, message, sender.at)
        found = [each for each in asked if each.id not in known]
        audit.note(connection, sender.at, sender.worker, "searched", detail=f"{len(found)} found")
        for each in found:
            audit.note(connection, sender.at, sender.worker, "found", each.id)
        return asks.reply(connection, FoundFamilies(families=tuple(found)))


@router.get(
    "/matches",
    response_model=MatchQueue,
    openapi_extra=SECURED,
    summary="Families that may be one",
)
def list_matches(asks: Asks) -> Response:
    """What is new is compared first. Audited, as every reading by those who oversee.

    What is about a family that they said they know is somebody else's to decide.
    """
    with asks.as_sender(writes=True, may=Act.MATCH) as (connection, sender):
        queue.look(connection, sender.at)
        known = looking.hidden_from(connection, sender.worker)
        found = [
            match
            for match in queue.waiting(connection)
            if known.isdisjoint(each.id for each in match.families)
        ]
        for family in sorted({each.id for match in found for each in match.families}):
            audit.note(connection, sender.at, sender.worker, "compared", family)
        return asks.reply(connection, MatchQueue(matches=tuple(found)))


@router.post(
    "/matches/{match}/decide",
    response_model=PossibleMatch,
    openapi_extra=takes(Decide),
    summary="The same family, the same child in two families, or neither",
)
def decide(asks: Asks, body: Body, match: Identifier) -> Response:
    """Merges, links, or keeps apart. Decided again: the first decision stands."""
    message = parse(Decide, body)
    with asks.as_sender(writes=True, may=Act.MATCH) as (connection, sender):
        known = looking.hidden_from(connection, sender.worker)
        if not known.isdisjoint(queue.families_of(connection, match)):
            raise not_found()
        decided = queue.decide(connection, match, message, sender.worker, sender.at)
        return asks.reply(connection, decided)


@router.get(
    "/bonds",
    response_model=AllJoined,
    openapi_extra=SECURED,
    summary="Families that were merged or linked",
)
def list_bonds(asks: Asks) -> Response:
    """Those that were undone too, but of families that the reader knows. Audited."""
    with asks.as_sender(writes=True, may=Act.MATCH) as (connection, sender):
        audit.note(connection, sender.at, sender.worker, "read what is joined")
        known = looking.hidden_from(connection, sender.worker)
        found = [bond for bond in bonds.bonds(connection) if known.isdisjoint(bond.families)]
        names = people.of_ids(connection, {bond.by for bond in found})
        joined = tuple(
            JoinedFamilies(
                id=bond.id,
                kind=bond.kind,
                one=bond.one,
                other=bond.other,
                by=names[bond.by],
                at=bond.at,
                reason=bond.reason,
                undone=bond.undone,
            )
            for bond in found
        )
        return asks.reply(connection, AllJoined(bonds=joined))


@router.post(
    "/bonds/{bond}/undo",
    response_model=Undone,
    openapi_extra=takes(UndoBond),
    summary="Take a merge or a link back",
)
def undo(asks: Asks, body: Body, bond: Identifier) -> Response:
    """Each family has what was written in it; what was begun since is listed."""
    message = parse(UndoBond, body)
    with asks.as_sender(writes=True, may=Act.MATCH) as (connection, sender):
        joined = [each for each in bonds.bonds(connection) if each.id == bond]
        looking.check_shown(
            connection, sender.worker, *(family for each in joined for family in each.families)
        )
        since = bonds.undo(connection, bond, sender.worker, message.reason, sender.at)
        queue.reopen(connection, bond)
        told = Undone(begun_since=tuple(_begun(connection, since)))
        return asks.reply(connection, told)


def _begun(connection: Connection, since: list[bonds.WrittenSince]) -> list[BegunSince]:
    names = people.of_ids(connection, {each.author for each in since})
    return [
        BegunSince(
            family=each.family, record=each.record, form=each.form, author=names[each.author]
        )
        for each in since
    ]
