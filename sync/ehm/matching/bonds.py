"""Families joined and undone again: a merge, or a link between a child's two families.

Nothing that was written is touched. A merged family is *part of* the other: both assessments are
kept, and who had one has both. A link reaches no device: separated parents see nothing of each
other. Each is an entry of the history that another entry undoes, so it is never half there.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, Row, insert, or_, select, update

from sync.ehm import audit, council, families, history, orders, schema
from sync.ehm.history import Delivery, Happening
from sync.ehm.permissions import Role
from sync.ehm.problems import Refusal, not_found
from sync.ehm.store import aware, parts

BondKind = Literal["merge", "link"]


@dataclass(frozen=True, slots=True)
class Bond:
    """Two families joined; ``other`` is part of ``one``, if it is a merge that stands."""

    id: str
    kind: BondKind
    one: str
    other: str
    by: str
    at: datetime
    reason: str
    undone: datetime | None = None

    @property
    def families(self) -> tuple[str, str]:
        """Both."""
        return self.one, self.other


@dataclass(frozen=True, slots=True)
class WrittenSince:
    """A record that was begun after a merge: a person looks whether it is in the right family."""

    family: str
    record: str
    form: str
    author: str


def merge(
    connection: Connection, one: str, other: str, by: str, reason: str, now: datetime
) -> Bond:
    """Makes ``other`` part of ``one``. Who has one of them has both from now on.

    But not a contributor, who has what each family chose; nor somebody who said that they know it.
    """
    _check(connection, one, other)
    if whole(connection, one) & whole(connection, other):
        raise _refused("merged", "These are one family already.")
    if root(connection, other) != other:
        raise _refused("part", "This family is part of another one. Undo that first.")
    one = root(connection, one)
    bond = _record(connection, "merge", one, other, by, reason, now)
    both = whole(connection, one)
    members = history.members(connection, both)
    everybody = _who_have_all(connection, {w for held in members.values() for w in held}, both)
    for family in sorted(both):
        for worker in sorted(everybody - set(members[family])):
            orders.end_purges(connection, worker, family, now)
            families.give(connection, worker, family)
            row = {"bond": bond.id, "family": family, "worker": worker}
            connection.execute(insert(schema.bond_member).values(**row))
    tell(connection, other)
    return bond


def link(connection: Connection, one: str, other: str, by: str, reason: str, now: datetime) -> Bond:
    """Notes that a child of one is a child of the other. No device is told anything."""
    _check(connection, one, other)
    return _record(connection, "link", one, other, by, reason, now)


def undo(
    connection: Connection, bond: str, by: str, reason: str, now: datetime
) -> list[WrittenSince]:
    """Takes a bond back; what was begun since, for a person to look at.

    Each family has what was written in it, before and since. Who came to one by the merge alone
    leaves it. Undone again: nothing more happens.
    """
    row = connection.execute(select(schema.bond).where(schema.bond.c.id == bond)).one_or_none()
    if row is None:
        raise not_found()
    if row.undone is None:
        before = whole(connection, row.other)
        connection.execute(
            update(schema.bond).where(schema.bond.c.id == bond).values(undone=now, undone_by=by)
        )
        history.append(connection, [Happening("unbond", row.other, ref=bond)])
        detail = json.dumps({"bond": bond, "other": row.one, "reason": reason})
        audit.note(connection, now, by, f"undo {row.kind}", row.other, detail)
        if row.kind == "merge":
            settle(connection, before, by, now)
            tell(connection, row.other)
    return _written_since(connection, row) if row.kind == "merge" else []


def keep(connection: Connection, worker: str, family: str) -> None:
    """The worker has the family in their own right now: undoing a merge leaves it to them."""
    table = schema.bond_member
    connection.execute(table.delete().where(table.c.worker == worker, table.c.family == family))


def root(connection: Connection, family: str) -> str:
    """The family that this one is part of, or itself."""
    bond = schema.bond.c
    found = connection.execute(
        select(bond.one).where(bond.other == family, bond.kind == "merge", bond.undone.is_(None))
    ).scalar_one_or_none()
    return family if found is None else root(connection, found)


def roots(connection: Connection, families: Collection[str]) -> dict[str, str]:
    """Each of these families to the one that it is part of, or to itself."""
    bond, found = schema.bond.c, {family: family for family in families}
    for part in parts(sorted(families)):
        joined = connection.execute(
            select(bond.other).where(
                bond.other.in_(part), bond.kind == "merge", bond.undone.is_(None)
            )
        ).scalars()
        found |= {family: root(connection, family) for family in joined.all()}
    return found


def by_root(connection: Connection, families: Collection[str]) -> dict[str, tuple[str, ...]]:
    """These families by the one that each is part of, in the order of their names; read once."""
    bond = schema.bond.c
    part_of = {
        row.other: row.one
        for row in connection.execute(
            select(bond.one, bond.other).where(bond.kind == "merge", bond.undone.is_(None))
        )
    }
    found: dict[str, tuple[str, ...]] = {}
    for family in sorted(families):
        first = family
        while first in part_of:
            first = part_of[first]
        found[first] = (*found.get(first, ()), family)
    return found


def whole(connection: Connection, family: str) -> set[str]:
    """The family with all its parts, from whichever of them it is asked."""
    bond = schema.bond.c
    found, more = set[str](), {root(connection, family)}
    while more:
        found |= more
        more = set(
            connection.execute(
                select(bond.other).where(
                    bond.one.in_(more), bond.kind == "merge", bond.undone.is_(None)
                )
            ).scalars()
        )
    return found


def bonds(connection: Connection) -> list[Bond]:
    """Every merge and link, newest first."""
    table = schema.bond
    rows = connection.execute(select(table).order_by(table.c.at.desc(), table.c.id))
    return [_bond(row) for row in rows]


def tell(connection: Connection, family: str) -> None:
    """Says a family's line again to everybody who has it."""
    (seq,) = history.append(connection, [Happening("family", family)])
    members = history.members(connection, [family])[family]
    history.deliver(connection, [Delivery(worker, seq, family) for worker in members])


def _check(connection: Connection, one: str, other: str) -> None:
    if one == other:
        raise _refused("same", "These are one family already.")
    for family in (one, other):
        if families.find(connection, family) is None:
            raise not_found()


def _record(
    connection: Connection,
    kind: BondKind,
    one: str,
    other: str,
    by: str,
    reason: str,
    now: datetime,
) -> Bond:
    bond = Bond(str(uuid.uuid4()), kind, one, other, by, now, reason)
    (seq,) = history.append(connection, [Happening("bond", other, ref=bond.id)])
    connection.execute(
        insert(schema.bond).values(
            id=bond.id, kind=kind, one=one, other=other, by=by, at=now, reason=reason, seq=seq
        )
    )
    detail = json.dumps({"bond": bond.id, "other": one, "reason": reason})
    audit.note(connection, now, by, kind, other, detail)
    return bond


def settle(connection: Connection, which: Collection[str], by: str, now: datetime) -> None:
    """Takes away what merges gave and no right of the worker's own upholds any more."""
    ours = council.read(connection)
    for family in sorted(which):
        one = whole(connection, family)
        granted = _granted(connection, one)
        members = history.members(connection, one)
        for worker in members.pop(family, []):
            is_upheld = any(
                worker in held and (each, worker) not in granted for each, held in members.items()
            )
            if (family, worker) in granted and not is_upheld:
                families.take_away(connection, worker, family)
                orders.purge(connection, ours, worker, family, by, now)


def _granted(connection: Connection, which: Collection[str]) -> set[tuple[str, str]]:
    """Family and worker, where the worker has it by merges alone."""
    table = schema.bond_member.c
    rows = connection.execute(select(table.family, table.worker).where(table.family.in_(which)))
    return {(row.family, row.worker) for row in rows}


def _who_have_all(connection: Connection, members: set[str], both: set[str]) -> set[str]:
    """Those of these members who get every part."""
    worker, knows = schema.worker.c, schema.knows_family.c
    guests = select(worker.id).where(worker.role == Role.CONTRIBUTOR)
    hidden = select(knows.worker).where(knows.family.in_(both))
    return members - set(connection.execute(guests.union(hidden)).scalars())


def _written_since(connection: Connection, bond: Row[tuple[str, ...]]) -> list[WrittenSince]:
    entry, change = schema.entry, schema.change
    joined = entry.join(change, (change.c.id == entry.c.ref) & (entry.c.kind == "change"))
    rows = connection.execute(
        select(entry.c.seq, change.c.family, change.c.record, change.c.form, change.c.author)
        .select_from(joined)
        .where(or_(entry.c.family == bond.one, entry.c.family == bond.other))
        .order_by(entry.c.seq)
    ).all()
    first: dict[str, Sequence[object]] = {}
    for row in rows:
        first.setdefault(row.record, row)
    return [
        WrittenSince(row.family, row.record, row.form, row.author)
        for row in rows
        if first[row.record] is row and row.seq > bond.seq
    ]


def _bond(row: Row[tuple[str, ...]]) -> Bond:
    return Bond(
        id=row.id,
        kind=row.kind,
        one=row.one,
        other=row.other,
        by=row.by,
        at=aware(row.at),
        reason=row.reason,
        undone=aware(row.undone) if row.undone else None,
    )


def _refused(code: str, words: str) -> Refusal:
    return Refusal(409, code, "These families cannot be joined", words)
