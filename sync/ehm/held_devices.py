"""Which device holds which families, and when it was last heard of: no name, no word of theirs."""

from __future__ import annotations

from sqlalchemy import Connection, select

from sync.contract.messages import HeldDevice, OrderKind
from sync.ehm import looking, orders, people, schema
from sync.ehm.changes import Sender
from sync.ehm.permissions import Role
from sync.ehm.store import aware


def held(connection: Connection, reader: Sender) -> list[HeldDevice]:
    """The devices of a manager's team, of everybody for others; the longest unheard of first.

    Without the families that the reader said they know.
    """
    device, worker = schema.device, schema.worker
    query = select(device, worker.c.team).join(worker, worker.c.id == device.c.worker)
    row = people.row(connection, reader.worker)
    if reader.role is Role.MANAGER and row is not None and row.team:
        query = query.where(worker.c.team == row.team)
    rows = connection.execute(query.order_by(device.c.last_contact, device.c.id)).all()
    names = people.of_ids(connection, {row.worker for row in rows})
    numbers = _numbers(connection, looking.hidden_from(connection, reader.worker))
    return [
        HeldDevice(
            device=row.id,
            name=row.name,
            worker=names[row.worker],
            client=row.client,
            enrolled=aware(row.enrolled),
            last_contact=aware(row.last_contact) if row.last_contact else None,
            revoked=aware(row.revoked) if row.revoked else None,
            locked=bool(orders.standing(connection, row.id, OrderKind.LOCK)),
            families=tuple(numbers.get(row.worker, ())),
        )
        for row in rows
    ]


def _numbers(connection: Connection, hidden: set[str]) -> dict[str, list[str]]:
    member, family = schema.member, schema.family
    rows = connection.execute(
        select(member.c.worker, family.c.id, family.c.number)
        .join(family, family.c.id == member.c.family)
        .order_by(family.c.number)
    )
    found: dict[str, list[str]] = {}
    for worker, which, number in rows:
        if which not in hidden:
            found.setdefault(worker, []).append(number)
    return found
