"""Who has which family: given, covered for a while, handed over, taken away. Always audited."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from sync.contract.messages import Holder, TeamFamily
from sync.ehm import audit, council, families, looking, orders, people, schema
from sync.ehm.matching import bonds
from sync.ehm.permissions import Act, Role, may
from sync.ehm.problems import Refusal, not_found
from sync.ehm.store import aware, parts


def allocate(
    connection: Connection, by: str, worker: str, family: str, reason: str, now: datetime
) -> None:
    """Gives a worker a family. Raises ``not_found``, and ``cannot_carry`` for their role."""
    _check_can_have(connection, worker)
    if families.find(connection, family) is None:
        raise not_found()
    if looking.is_hidden(connection, worker, family):
        raise Refusal(
            403,
            "knows_family",
            "This person knows the family",
            "They said that they know this family. Choose somebody else.",
        )
    for each in sorted(bonds.whole(connection, family)):
        orders.end_purges(connection, worker, each, now)
        families.give(connection, worker, each)
        bonds.keep(connection, worker, each)
    audit.note(connection, now, by, "gave", family, f"{worker}: {reason}")


def take_away(
    connection: Connection, by: str, worker: str, family: str, reason: str, now: datetime
) -> None:
    """Ends a worker's access. What they still have to hand in is held, never dropped."""
    if not families.is_member(connection, worker, family):
        raise not_found()
    for each in sorted(bonds.whole(connection, family)):
        if families.is_member(connection, worker, each):
            _end(connection, by, worker, each, now)
    audit.note(connection, now, by, "took away", family, f"{worker}: {reason}")


def cover(
    connection: Connection, by: str, worker: str, stand_in: str, until: datetime, now: datetime
) -> int:
    """Gives everything that a worker has to a stand-in until a time; how many families."""
    _check_can_have(connection, stand_in)
    known = looking.hidden_from(connection, stand_in)
    theirs = [line for line in families.list_of(connection, worker) if line.id not in known]
    for line in theirs:
        orders.end_purges(connection, stand_in, line.id, now)
        families.give(connection, stand_in, line.id, covers_for=worker, until=until)
        audit.note(connection, now, by, "gave cover", line.id, f"{stand_in} for {worker}")
    return len(theirs)


def end_covers(connection: Connection, now: datetime) -> None:
    """Takes back what was covered until now or before."""
    member = schema.member.c
    over = connection.execute(select(member.worker, member.family).where(member.until <= now)).all()
    for row in over:
        _end(connection, row.worker, row.worker, row.family, now)
        bonds.settle(connection, bonds.whole(connection, row.family), row.worker, now)
        audit.note(connection, now, row.worker, "cover ended", row.family)


def leave(connection: Connection, by: str, worker: str, now: datetime) -> int:
    """Takes every family away from somebody whose role or time here has ended; how many."""
    theirs = families.list_of(connection, worker)
    for line in theirs:
        _end(connection, by, worker, line.id, now)
        audit.note(connection, now, by, "took away", line.id, worker)
    return len(theirs)


def _end(connection: Connection, by: str, worker: str, family: str, now: datetime) -> None:
    """Out of the feed at once; off each device by a signed order that is answered for."""
    families.take_away(connection, worker, family)
    orders.purge(connection, council.read(connection), worker, family, by, now)


def team(
    connection: Connection, worker: str, among: Collection[str] | None = None
) -> list[TeamFamily]:
    """The families of a manager's team, or for a coordinator all, with nothing that was written.

    A family that nobody has is in every team's list: somebody must see it. ``among``: only those of
    these families.
    """
    reader = people.row(connection, worker)
    assert reader is not None  # noqa: S101 - their token was checked
    holders = _holders(connection, among)
    hidden = looking.hidden_from(connection, worker)
    written = _last_written(connection, among)
    whole = Role.of(reader.role) is Role.COORDINATOR or not reader.team
    family = schema.family
    query = select(family).order_by(family.c.reference)
    return [
        TeamFamily(
            id=row.id,
            reference=row.reference,
            number=row.number,
            begun=aware(row.begun),
            holders=tuple(held),
            last_written=written.get(row.id),
        )
        for row in _rows(connection, query, family.c.id, among)
        for held in [holders.get(row.id, [])]
        if row.id not in hidden
        and (whole or not held or any(each.worker.team == reader.team for each in held))
    ]


def _rows(
    connection: Connection,
    query: Select[Any],
    family: ColumnElement[str],
    among: Collection[str] | None,
) -> Iterator[Row[Any]]:
    """What a query finds: of all families, or of a few that are named."""
    if among is None:
        yield from connection.execute(query)
        return
    for part in parts(sorted(among)):
        yield from connection.execute(query.where(family.in_(part)))


def _holders(connection: Connection, among: Collection[str] | None) -> dict[str, list[Holder]]:
    member, worker = schema.member, schema.worker
    query = (
        select(worker, member.c.family, member.c.covers_for, member.c.until)
        .join(member, member.c.worker == worker.c.id)
        .order_by(worker.c.name)
    )
    found: dict[str, list[Holder]] = {}
    for row in _rows(connection, query, member.c.family, among):
        holder = Holder(
            worker=people.as_message(row),
            covers_for=row.covers_for,
            until=aware(row.until) if row.until else None,
        )
        found.setdefault(row.family, []).append(holder)
    return found


def _last_written(connection: Connection, among: Collection[str] | None) -> dict[str, datetime]:
    change = schema.change.c
    query = (
        select(change.family, func.max(change.received).label("at"))
        .where(change.held == "")
        .group_by(change.family)
    )
    return {row.family: aware(row.at) for row in _rows(connection, query, change.family, among)}


def _check_can_have(connection: Connection, worker: str) -> None:
    row = people.row(connection, worker)
    if row is None:
        raise not_found()
    role = Role.of(row.role)
    if not row.is_active or not may(role, Act.CARRY) or role is Role.CONTRIBUTOR:
        raise Refusal(
            403,
            "cannot_carry",
            "This person cannot have families",
            "Choose somebody who works with families. A contributor is invited instead.",
        )
