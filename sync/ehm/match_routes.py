"""The API's paths for finding a family, and for deciding whether two are one."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
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
    Authorization,
    Body,
    Seen,
    TheEhm,
    as_sender,
    takes,
    with_head,
)
from sync.ehm.bodies import head_of, parse, reply
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
def find(
    request: Request,
    ehm: TheEhm,
    body: Body,
    authorization: Authorization = None,
    seen: Seen = None,
) -> Response:
    """Whom to ring, and nothing about the family. Audited, without what was asked."""
    message = parse(FindFamilies, body)
    with as_sender(ehm, authorization, head_of(seen), writes=True, may=Act.LOOK) as (
        connection,
        sender,
    ):
        known = looking.hidden_from(connection, sender.worker)
        asked = queue.find(connection, message, sender.at)
        found = [each for each in asked if each.id not in known]
        audit.note(connection, sender.at, sender.worker, "searched", detail=f"{len(found)} found")
        for each in found:
            audit.note(connection, sender.at, sender.worker, "found", each.id)
        return with_head(connection, reply(request, FoundFamilies(families=tuple(found))))


@router.get(
    "/matches",
    response_model=MatchQueue,
    openapi_extra=SECURED,
    summary="Families that may be one",
)
def list_matches(
    request: Request, ehm: TheEhm, authorization: Authorization = None, seen: Seen = None
) -> Response:
    """What is new is compared first. Audited, as every reading by those who oversee.

    What is about a family that they said they know is somebody else's to decide.
    """
    with as_sender(ehm, authorization, head_of(seen), writes=True, may=Act.MATCH) as (
        connection,
        sender,
    ):
        queue.look(connection, sender.at)
        known = looking.hidden_from(connection, sender.worker)
        found = [
            match
            for match in queue.waiting(connection)
            if known.isdisjoint(each.id for each in match.families)
        ]
        for family in sorted({each.id for match in found for each in match.families}):
            audit.note(connection, sender.at, sender.worker, "compared", family)
        return with_head(connection, reply(request, MatchQueue(matches=tuple(found))))


@router.post(
    "/matches/{match}/decide",
    response_model=PossibleMatch,
    openapi_extra=takes(Decide),
    summary="The same family, the same child in two families, or neither",
)
def decide(
    request: Request,
    ehm: TheEhm,
    body: Body,
    match: Identifier,
    authorization: Authorization = None,
    seen: Seen = None,
) -> Response:
    """Merges, links, or keeps apart. Decided again: the first decision stands."""
    message = parse(Decide, body)
    with as_sender(ehm, authorization, head_of(seen), writes=True, may=Act.MATCH) as (
        connection,
        sender,
    ):
        known = looking.hidden_from(connection, sender.worker)
        if not known.isdisjoint(queue.families_of(connection, match)):
            raise not_found()
        decided = queue.decide(connection, match, message, sender.worker, sender.at)
        return with_head(connection, reply(request, decided))


@router.get(
    "/bonds",
    response_model=AllJoined,
    openapi_extra=SECURED,
    summary="Families that were merged or linked",
)
def list_bonds(
    request: Request, ehm: TheEhm, authorization: Authorization = None, seen: Seen = None
) -> Response:
    """Those that were undone too, but of families that the reader knows. Audited."""
    with as_sender(ehm, authorization, head_of(seen), writes=True, may=Act.MATCH) as (
        connection,
        sender,
    ):
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
        return with_head(connection, reply(request, AllJoined(bonds=joined)))


@router.post(
    "/bonds/{bond}/undo",
    response_model=Undone,
    openapi_extra=takes(UndoBond),
    summary="Take a merge or a link back",
)
def undo(
    request: Request,
    ehm: TheEhm,
    body: Body,
    bond: Identifier,
    authorization: Authorization = None,
    seen: Seen = None,
) -> Response:
    """Each family has what was written in it; what was begun since is listed."""
    message = parse(UndoBond, body)
    with as_sender(ehm, authorization, head_of(seen), writes=True, may=Act.MATCH) as (
        connection,
        sender,
    ):
        joined = [each for each in bonds.bonds(connection) if each.id == bond]
        looking.check_shown(
            connection, sender.worker, *(family for each in joined for family in each.families)
        )
        since = bonds.undo(connection, bond, sender.worker, message.reason, sender.at)
        queue.reopen(connection, bond)
        told = Undone(begun_since=tuple(_begun(connection, since)))
        return with_head(connection, reply(request, told))


def _begun(connection: Connection, since: list[bonds.WrittenSince]) -> list[BegunSince]:
    names = people.of_ids(connection, {each.author for each in since})
    return [
        BegunSince(
            family=each.family, record=each.record, form=each.form, author=names[each.author]
        )
        for each in since
    ]
