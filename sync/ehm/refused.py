"""What was handed in and not taken. It is on its laptop alone, so the centre notes that it is.

Ids, and for what it was refused; never a word of it. Where the family has left that laptop, it is
there out of sight until the family comes back, and the centre's list is all that tells of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from sync.contract.messages import Result, Status, WireChange
from sync.ehm import audit, schema
from sync.ehm.changes import Sender
from sync.ehm.problems import not_found
from sync.ehm.store import aware, insert_or_leave


@dataclass(frozen=True, slots=True)
class Refused:
    """Changes to one record that are on one laptop alone; ``in_sight``: their worker sees them.

    ``record`` and what follows is blank for what could not be read.
    """

    device: str
    device_name: str
    worker: str
    record: str
    family: str
    number: str
    form: str
    code: str
    changes: int
    since: datetime
    in_sight: bool


def note(
    connection: Connection,
    sender: Sender,
    changes: Sequence[WireChange],
    results: Sequence[Result],
) -> None:
    """Notes which of these were refused; those that were kept now are noted no longer."""
    table, by_id = schema.refused, {change.id: change for change in changes}
    kept = [each.id for each in results if each.status.is_kept]
    of_it = table.c.device == sender.device, table.c.change.in_(kept)
    connection.execute(delete(table).where(*of_it))
    rows = []
    for each in results:
        if each.status is Status.REJECTED:
            said = by_id.get(each.id)
            rows.append(
                {
                    "device": sender.device,
                    "change": each.id,
                    "record": said.record if said else "",
                    "family": said.family if said else "",
                    "form": said.form if said else "",
                    "code": each.code,
                    "at": sender.at,
                }
            )
    insert_or_leave(connection, table, rows)


def waiting(connection: Connection) -> list[Refused]:
    """What was refused and not settled, a line a laptop, record and reason; the longest first."""
    refused, device, worker = schema.refused, schema.device, schema.worker
    family, member = schema.family, schema.member
    since, number = func.min(refused.c.at).label("since"), func.count().label("changes")
    said = (
        refused.c.device,
        device.c.name.label("device_name"),
        worker.c.name.label("worker"),
        refused.c.record,
        refused.c.family,
        family.c.number,
        refused.c.form,
        refused.c.code,
        member.c.worker.label("member"),
    )
    has_it = (member.c.family == refused.c.family) & (member.c.worker == worker.c.id)
    rows = connection.execute(
        select(*said, since, number)
        .join(device, device.c.id == refused.c.device)
        .join(worker, worker.c.id == device.c.worker)
        .outerjoin(family, family.c.id == refused.c.family)
        .outerjoin(member, has_it)
        .group_by(*said)
        .order_by(since, refused.c.device, refused.c.record)
    ).all()
    return [
        Refused(
            device=row.device,
            device_name=row.device_name,
            worker=row.worker,
            record=row.record,
            family=row.family,
            number=row.number or "",
            form=row.form,
            code=row.code,
            changes=row.changes,
            since=aware(row.since),
            in_sight=row.member is not None or row.number is None,
        )
        for row in rows
    ]


def settle(
    connection: Connection, device: str, record: str, by: str, reason: str, now: datetime
) -> int:
    """Takes what was refused of a record (blank: all) of a laptop off the list; how many changes.

    Somebody has seen to it. Nothing happens on the laptop. Raises ``not_found``.
    """
    table = schema.refused
    of_it = (table.c.device == device) & ((table.c.record == record) if record else True)
    families = connection.execute(select(table.c.family).where(of_it)).scalars().all()
    if not families:
        raise not_found()
    connection.execute(delete(table).where(of_it))
    said = f"{len(families)} on {device}: {reason}"
    for family in sorted(set(families)):
        audit.note(connection, now, by, "settled what was refused", family, said)
    return len(families)
