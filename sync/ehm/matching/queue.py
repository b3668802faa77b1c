"""Possible matches: found by likeness, decided by a coordinator, never by a program."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from sync.contract.messages import (
    Decide,
    FindFamilies,
    FoundFamily,
    MatchedFamily,
    MatchedPerson,
    PossibleMatch,
)
from sync.ehm import audit, history, people, schema
from sync.ehm.matching import bonds, identities, likeness
from sync.ehm.matching.likeness import POSSIBLE, FamilyLikeness, Identity
from sync.ehm.problems import not_found
from sync.ehm.store import aware

_MOST_FOUND = 10


def look(connection: Connection, now: datetime) -> int:
    """Compares every family that was written in since; how many new possible matches there are."""
    found = 0
    for family in identities.take_due(connection):
        here = identities.of_family(connection, family)
        if not here:
            continue
        for other, people_there in identities.alike(connection, here).items():
            if other == family:
                continue
            alike = likeness.of_families(here, people_there)
            found += alike.score >= POSSIBLE and _propose(connection, family, other, alike, now)
    return found


def waiting(connection: Connection) -> list[PossibleMatch]:
    """What nobody has decided yet, the likeliest first."""
    table = schema.possible_match
    rows = connection.execute(
        select(table).where(table.c.decided.is_(None)).order_by(table.c.score.desc(), table.c.id)
    ).all()
    return [_as_message(connection, row) for row in rows]


def families_of(connection: Connection, match: str) -> set[str]:
    """The two families that a possible match is about; nothing if there is no such match."""
    table = schema.possible_match.c
    rows = connection.execute(select(table.one, table.other).where(table.id == match))
    return {family for row in rows for family in row}


def decide(
    connection: Connection, match: str, said: Decide, by: str, now: datetime
) -> PossibleMatch:
    """A coordinator's decision. Decided again: the first one stands, until its bond is undone."""
    table = schema.possible_match
    row = connection.execute(select(table).where(table.c.id == match)).one_or_none()
    if row is None:
        raise not_found()
    if row.decided is None:
        one, other = _older_first(connection, row.one, row.other)
        bond = None
        if said.decision == "same_family":
            bond = bonds.merge(connection, one, other, by, said.reason, now).id
        elif said.decision == "same_child":
            bond = bonds.link(connection, one, other, by, said.reason, now).id
        else:
            detail = json.dumps({"other": one, "reason": said.reason})
            audit.note(connection, now, by, "no match", other, detail)
        connection.execute(
            update(table)
            .where(table.c.id == match)
            .values(decided=now, decided_by=by, decision=said.decision, bond=bond)
        )
        for family in (row.one, row.other):
            bonds.tell(connection, family)
    return _as_message(
        connection, connection.execute(select(table).where(table.c.id == match)).one()
    )


def reopen(connection: Connection, bond: str) -> None:
    """What was decided by a bond that is undone waits for a decision again."""
    table = schema.possible_match
    decided = connection.execute(select(table).where(table.c.bond == bond)).all()
    connection.execute(
        update(table)
        .where(table.c.bond == bond)
        .values(decided=None, decided_by=None, decision="", bond=None)
    )
    for row in decided:
        bonds.tell(connection, row.one)
        bonds.tell(connection, row.other)


def find(connection: Connection, asked: FindFamilies, now: datetime) -> list[FoundFamily]:
    """Families with somebody like this, the likeliest first: whom to ring, nothing about them."""
    look(connection, now)
    wanted = Identity(
        family="",
        person="",
        given_name=asked.given_name,
        last_names=(asked.last_name,) if asked.last_name else (),
        born=asked.born,
        places=((asked.postcode, ""),) if asked.postcode else (),
    )
    likely = {
        family: max(likeness.of_people(wanted, person).score for person in here)
        for family, here in identities.alike(connection, [wanted]).items()
    }
    likely = {family: score for family, score in likely.items() if score >= POSSIBLE}
    scores: dict[str, int] = {}
    for family, first in bonds.roots(connection, likely).items():
        scores[first] = max(likely[family], scores.get(first, 0))
    best = sorted(scores, key=lambda family: (-scores[family], family))[:_MOST_FOUND]
    return _found(connection, best)


def _found(connection: Connection, families: Sequence[str]) -> list[FoundFamily]:
    table = schema.family.c
    rows = connection.execute(select(table.id, table.number).where(table.id.in_(families)))
    numbers = {row.id: row.number for row in rows}
    holders = history.members(connection, families)
    known = people.of_ids(connection, {worker for here in holders.values() for worker in here})
    return [
        FoundFamily(
            id=family,
            number=numbers[family],
            ring=tuple(known[worker] for worker in sorted(holders[family])),
        )
        for family in families
    ]


def _propose(
    connection: Connection, one: str, other: str, alike: FamilyLikeness, now: datetime
) -> bool:
    """True if it is new: a pair that was decided is not proposed again."""
    first, second = sorted((one, other))
    table = schema.possible_match
    known = connection.execute(
        select(table.c.id).where(table.c.one == first, table.c.other == second)
    ).one_or_none()
    if known is not None or bonds.whole(connection, one) & bonds.whole(connection, other):
        return False
    connection.execute(
        insert(table).values(
            id=str(uuid.uuid4()),
            one=first,
            other=second,
            score=alike.score,
            because=json.dumps(alike.because),
            is_one_household=alike.is_one_household,
            found=now,
            decision="",
        )
    )
    for family in (first, second):
        bonds.tell(connection, family)
    return True


def _older_first(connection: Connection, one: str, other: str) -> tuple[str, str]:
    table = schema.family.c
    rows = connection.execute(
        select(table.id).where(table.id.in_((one, other))).order_by(table.begun, table.id)
    ).scalars()
    first, second = rows
    return first, second


def _as_message(connection: Connection, row: Row[tuple[str, ...]]) -> PossibleMatch:
    return PossibleMatch(
        id=row.id,
        found=aware(row.found),
        score=row.score,
        because=tuple(json.loads(row.because)),
        suggestion="same_family" if row.is_one_household else "same_child",
        families=tuple(
            _matched(connection, family) for family in _older_first(connection, row.one, row.other)
        ),
        decision=row.decision or None,
        bond=row.bond,
    )


def _matched(connection: Connection, family: str) -> MatchedFamily:
    row = connection.execute(select(schema.family).where(schema.family.c.id == family)).one()
    holders: Sequence[str] = history.members(connection, [family])[family]
    known = people.of_ids(connection, set(holders))
    return MatchedFamily(
        id=family,
        reference=row.reference,
        number=row.number,
        people=tuple(
            MatchedPerson(
                given_name=each.given_name,
                last_names=each.last_names,
                born=each.born,
                is_child=each.is_child,
                postcodes=tuple(postcode for postcode, _line in each.places if postcode),
            )
            for each in identities.of_family(connection, family)
            if not each.is_sealed
        ),
        holders=tuple(known[worker] for worker in sorted(known)),
    )
