"""Who the people of a family are, as its household forms say; kept as an index for matching.

The index is derived. A family whose records changed is *due*; it is read again before anybody looks
for matches, never while a device waits for its hand-in.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection, Row, delete, insert, select

from forms.casework.entities import Entity, entities
from sync.ehm import schema
from sync.ehm.known_records import Forms, known_records
from sync.ehm.matching import keys
from sync.ehm.matching.likeness import Identity
from sync.ehm.store import insert_or_leave, parts

_CHILDREN = ("child", "other_child", "unborn")
_AT_ONCE = 200
_SECRET = ("yes", "unknown")


def take_due(connection: Connection) -> list[str]:
    """Brings the index up to date; the families that were due, at most 200 at once."""
    due = list(
        connection.execute(
            select(schema.match_due.c.family).order_by(schema.match_due.c.family).limit(_AT_ONCE)
        ).scalars()
    )
    forms = Forms(connection)
    for family in due:
        _index(connection, forms, family)
    connection.execute(delete(schema.match_due).where(schema.match_due.c.family.in_(due)))
    return due


def of_family(connection: Connection, family: str) -> list[Identity]:
    """The people of a family, as indexed."""
    return of_families(connection, [family]).get(family, [])


def of_families(connection: Connection, families: Sequence[str]) -> dict[str, list[Identity]]:
    """The people of each of these families of whom anybody is indexed."""
    table, found = schema.identity, dict[str, list[Identity]]()
    for part in parts(families):
        rows = connection.execute(
            select(table).where(table.c.family.in_(part)).order_by(table.c.family, table.c.person)
        )
        for row in rows:
            found.setdefault(row.family, []).append(_from_row(row))
    return found


def alike(connection: Connection, people: Sequence[Identity]) -> dict[str, list[Identity]]:
    """The families worth comparing, with their people: somebody there may be one of these."""
    wanted = sorted({key for person in people for key in keys.asked(person)})
    table = schema.identity_key.c
    found: set[str] = set()
    for part in parts(wanted):
        found.update(connection.execute(select(table.family).where(table.key.in_(part))).scalars())
    return of_families(connection, sorted(found))


def seal(connection: Connection, family: str, person: str) -> None:
    """Sets an identity apart for ever: from before, or after, an adoption."""
    insert_or_leave(connection, schema.sealed_identity, [{"family": family, "person": person}])
    insert_or_leave(connection, schema.match_due, [{"family": family}])


def _index(connection: Connection, forms: Forms, family: str) -> None:
    for table in (schema.identity, schema.identity_key):
        connection.execute(delete(table).where(table.c.family == family))
    records = known_records(connection, forms, family)
    sealed = schema.sealed_identity.c
    apart = set(connection.execute(select(sealed.person).where(sealed.family == family)).scalars())
    homes = [home for home in entities(records, "home") if home.said("confidential") not in _SECRET]
    places = tuple((home.said("postcode"), home.said("line_1")) for home in homes)
    read = partial(_identity, family, places, apart)
    people = [read(person) for person in entities(records, "person")]
    if people:
        connection.execute(insert(schema.identity), [_as_row(person) for person in people])
    found_by = {key for person in people for key in keys.kept(person)}
    insert_or_leave(
        connection, schema.identity_key, [{"family": family, "key": k} for k in sorted(found_by)]
    )


def _identity(
    family: str, places: tuple[tuple[str, str], ...], apart: set[str], person: Entity
) -> Identity:
    said = person.said
    given = "" if said("role") == "unborn" else said("given_name") or said("preferred_name")
    return Identity(
        family=family,
        person=person.id,
        given_name=given,
        last_names=tuple(name for name in (said("last_name"), said("previous_names")) if name),
        born="" if said("role") == "unborn" else said("born")[:10],
        is_guess=said("born_estimated") == "yes",
        is_child=said("role") in _CHILDREN,
        places=places,
        is_sealed=person.id in apart or "adopted" in person.chosen("status"),
    )


def _as_row(person: Identity) -> dict[str, object]:
    return {
        "family": person.family,
        "person": person.person,
        "given_name": person.given_name,
        "last_names": json.dumps(person.last_names),
        "born": person.born,
        "is_guess": person.is_guess,
        "is_child": person.is_child,
        "places": json.dumps(person.places),
        "is_sealed": person.is_sealed,
    }


def _from_row(row: Row[tuple[str, ...]]) -> Identity:
    return Identity(
        family=row.family,
        person=row.person,
        given_name=row.given_name,
        last_names=tuple(json.loads(row.last_names)),
        born=row.born,
        is_guess=row.is_guess,
        is_child=row.is_child,
        places=tuple((postcode, line) for postcode, line in json.loads(row.places)),
        is_sealed=row.is_sealed,
    )
