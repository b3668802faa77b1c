"""The one history: entries in order, each hashed with all before it, delivered to workers.

Everything here runs inside ``Store.writing`` when it appends: the order of entries is the order
in which their transactions commit.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from sync.contract import digest
from sync.contract.messages import Head
from sync.ehm import schema
from sync.ehm.problems import forked

ROOT = "root"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something to append. ``ref`` names the change, for a change; ``body`` is JSON."""

    kind: str
    family: str
    record: str = ""
    ref: str = ""
    body: str = ""


def epoch(connection: Connection) -> str:
    """What names this database; another one, or one begun again, has another."""
    found: str = connection.execute(select(schema.council.c.epoch)).scalar_one()
    return found


def current_head(connection: Connection) -> Head:
    """How far history reaches."""
    entry = schema.entry.c
    last = connection.execute(select(entry.seq, entry.hash).order_by(entry.seq.desc()).limit(1))
    seq, hashed = last.one_or_none() or (0, ROOT)
    return Head(epoch=epoch(connection), seq=seq, hash=hashed)


def holds(connection: Connection, seen: Head | None) -> bool:
    """True if the head that somebody has seen is a point of this history."""
    if seen is None:
        return True
    if seen.epoch != epoch(connection):
        return False
    if seen.seq == 0:
        return seen.hash == ROOT
    entry = schema.entry.c
    found = connection.execute(select(entry.hash).where(entry.seq == seen.seq))
    return found.scalar_one_or_none() == seen.hash


def check_seen(connection: Connection, seen: Head | None) -> None:
    """Raises ``forked`` if this history does not hold what the device has seen."""
    if not holds(connection, seen):
        raise forked()


def append(connection: Connection, happenings: Sequence[Happening]) -> list[int]:
    """Appends entries; the sequence number of each."""
    at = current_head(connection)
    seq, hashed, rows = at.seq, at.hash, []
    for happening in happenings:
        seq += 1
        hashed = _hash(hashed, happening)
        rows.append(
            {
                "seq": seq,
                "hash": hashed,
                "kind": happening.kind,
                "family": happening.family,
                "record": happening.record,
                "ref": happening.ref,
                "body": happening.body,
            }
        )
    if rows:
        connection.execute(insert(schema.entry), rows)
    return list(range(at.seq + 1, seq + 1))


def _hash(before: str, happening: Happening) -> str:
    said = f"{before}\n{happening.kind}\n{happening.family}\n{happening.ref}\n{happening.body}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Delivery:
    """An entry for a worker's feed. ``fingerprint``: of its change, if it carries one."""

    worker: str
    seq: int
    family: str
    fingerprint: str = ""


def deliver(connection: Connection, deliveries: Sequence[Delivery], at: int | None = None) -> None:
    """Puts entries into feeds, at their own place or, for access given later, at ``at``."""
    if not deliveries:
        return
    rows = [
        {
            "worker": each.worker,
            "at": each.seq if at is None else at,
            "seq": each.seq,
            "family": each.family,
        }
        for each in deliveries
    ]
    connection.execute(insert(schema.delivery), rows)
    sums: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in deliveries:
        if each.fingerprint:
            sums[each.worker, each.family].append(each.fingerprint)
    for (worker, family), fingerprints in sums.items():
        set_holding(
            connection,
            worker,
            family,
            digest.family_digest(fingerprints, holding(connection, worker, family)),
        )


def holding(connection: Connection, worker: str, family: str) -> str:
    """The digest of what this worker may see of a family."""
    table = schema.holding
    found = connection.execute(
        select(table.c.digest).where(table.c.worker == worker, table.c.family == family)
    )
    return found.scalar_one_or_none() or digest.EMPTY


def set_holding(connection: Connection, worker: str, family: str, value: str) -> None:
    """Notes the digest of what this worker may see of a family."""
    table = schema.holding
    here = (table.c.worker == worker) & (table.c.family == family)
    if connection.execute(update(table).where(here).values(digest=value)).rowcount == 0:
        connection.execute(insert(table).values(worker=worker, family=family, digest=value))


def withdraw(connection: Connection, worker: str, family: str) -> None:
    """Takes a whole family out of a worker's feed."""
    for table in (schema.delivery, schema.holding):
        connection.execute(delete(table).where(table.c.worker == worker, table.c.family == family))


def take_out(
    connection: Connection, worker: str, family: str, entries: Sequence[tuple[int, str]]
) -> None:
    """Takes entries, each with its change's fingerprint, out of a worker's feed."""
    table = schema.delivery.c
    connection.execute(
        delete(schema.delivery).where(
            table.worker == worker, table.seq.in_([seq for seq, _ in entries])
        )
    )
    marks = [fingerprint for _, fingerprint in entries if fingerprint]
    left = digest.without(holding(connection, worker, family), marks)
    set_holding(connection, worker, family, left)


def members(connection: Connection, families: Collection[str]) -> dict[str, list[str]]:
    """The workers of each of these families."""
    found: dict[str, list[str]] = {family: [] for family in families}
    table = schema.member
    rows = connection.execute(
        select(table.c.family, table.c.worker)
        .where(table.c.family.in_(families))
        .order_by(table.c.worker)
    )
    for family, worker in rows:
        found[family].append(worker)
    return found


def have_in_feed(connection: Connection, family: str, record: str) -> list[str]:
    """The workers in whose feed anything of a record is."""
    entry, delivery = schema.entry.c, schema.delivery.c
    rows = connection.execute(
        select(delivery.worker)
        .join_from(schema.entry, schema.delivery)
        .where(entry.family == family, entry.record == record, entry.kind == "change")
        .distinct()
        .order_by(delivery.worker)
    )
    return list(rows.scalars())


def last_delivery(connection: Connection, worker: str) -> tuple[int, int]:
    """The place of the last entry in a worker's feed."""
    table = schema.delivery
    row = connection.execute(
        select(table.c.at, func.max(table.c.seq))
        .where(table.c.worker == worker)
        .group_by(table.c.at)
        .order_by(table.c.at.desc())
        .limit(1)
    ).one_or_none()
    return (0, 0) if row is None else (row[0], row[1])
