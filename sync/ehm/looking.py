"""Looking into a family that is not one's own, and not being able to: *I know this family*."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from forms.casework.audience import Reader, may_have
from sync.contract.changes import to_wire
from sync.contract.messages import FlatFamily, KnowsFamily, Look
from sync.ehm import (
    audience,
    audience_rules,
    audit,
    council,
    families,
    orders,
    people,
    permissions,
    schema,
)
from sync.ehm.changes import Sender
from sync.ehm.matching import bonds
from sync.ehm.permissions import Act
from sync.ehm.problems import not_found
from sync.ehm.store import insert_or_leave


def look(connection: Connection, sender: Sender, family: str, said: Look) -> FlatFamily:
    """What this role may see of a family, once. Audited, with the reason."""
    if families.find(connection, family) is None or is_hidden(connection, sender.worker, family):
        raise not_found()
    told = audience.stories(connection, family)
    rules, reader = audience_rules.newest(connection), Reader(sender.worker, sender.role)
    have = frozenset(change.id for story in told for change in story.changes)
    seen = [story for story in told if may_have(rules, reader, story, "", have)]
    audit.note(connection, sender.at, sender.worker, "looked into", family, said.reason)
    return families.flat_of(
        connection, family, [[to_wire(change) for change in story.changes] for story in seen]
    )


def knows(connection: Connection, sender: Sender, family: str, said: KnowsFamily) -> None:
    """Hides a family from somebody who knows it, or shows it again."""
    if families.find(connection, family) is None:
        raise not_found()
    table = schema.knows_family
    if said.what == "hide":
        for each in sorted(bonds.whole(connection, family)):
            insert_or_leave(connection, table, [{"family": each, "worker": sender.worker}])
            if families.is_member(connection, sender.worker, each):
                families.take_away(connection, sender.worker, each)
                ours, by = council.read(connection), sender.worker
                orders.purge(connection, ours, sender.worker, each, by, sender.at)
        audit.note(connection, sender.at, sender.worker, "knows this family", family)
        return
    permissions.check(sender.role, Act.ALLOCATE)
    worker = people.find(connection, said.worker)
    if worker is None or worker == sender.worker:
        raise not_found()
    connection.execute(
        delete(table).where(
            table.c.family.in_(bonds.whole(connection, family)), table.c.worker == worker
        )
    )
    detail = f"{worker}: {said.reason}"
    audit.note(connection, sender.at, sender.worker, "shows the family again", family, detail)


def is_hidden(connection: Connection, worker: str, family: str) -> bool:
    """True if this worker said that they know the family."""
    table = schema.knows_family.c
    found = connection.execute(
        select(table.worker)
        .where(table.family.in_(bonds.whole(connection, family)), table.worker == worker)
        .limit(1)
    )
    return found.one_or_none() is not None


def check_shown(connection: Connection, worker: str, *found: str) -> None:
    """Raises ``not_found`` if any of these families is hidden from this worker."""
    if any(is_hidden(connection, worker, family) for family in found):
        raise not_found()


def hidden_from(connection: Connection, worker: str) -> set[str]:
    """Every family that this worker said they know, with those that are one with it by now."""
    table = schema.knows_family.c
    said = connection.execute(select(table.family).where(table.worker == worker)).scalars().all()
    return {each for family in said for each in bonds.whole(connection, family)}
