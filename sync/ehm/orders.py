"""Orders to devices: who asks, who confirms, what goes out signed, and what came of it.

A lock is given by one person, for a lost laptop cannot wait. A wipe is given by two: one asks, a
different one confirms, both are recorded, and nothing goes out before. A purge of one family
follows by itself when a worker no longer has it.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from sync.contract import signatures
from sync.contract.messages import (
    AskedOrder,
    AskOrder,
    Order,
    OrderKind,
    Orders,
    OrdersRequest,
    Receipt,
)
from sync.ehm import audit, people, permissions, schema
from sync.ehm.council import Council
from sync.ehm.permissions import Act
from sync.ehm.problems import Refusal, not_found, unreadable
from sync.ehm.store import aware

_LOCKED = "Your council has locked this laptop. Please ring the helpdesk."
_WIPED = "Your council has asked for this laptop to be wiped."


def ask(
    connection: Connection, council: Council, asked: AskOrder, by: str, now: datetime
) -> AskedOrder:
    """Asks for a lock (given at once) or a wipe (given when somebody else confirms it)."""
    permissions.check(people.role_of(connection, by), Act.ORDER)
    if asked.kind is OrderKind.PURGE:
        raise unreadable("A purge follows from taking a family away")
    table = schema.asked_order
    if _asked(connection, asked.id) is None:
        known = select(schema.device.c.id).where(schema.device.c.id == asked.device)
        if connection.execute(known).one_or_none() is None:
            raise not_found()
        plain = asked.model_dump(mode="json")
        connection.execute(insert(table).values(**plain, asked_by=by, asked=now))
        audit.note(connection, now, by, f"ask {asked.kind}", "", _detail(asked.id, asked.reason))
        if asked.kind is OrderKind.LOCK:
            order = lock(connection, council, asked.device, by, _LOCKED, now)
            _note_given(connection, asked.id, order)
    return asked_order(connection, asked.id)


def confirm(
    connection: Connection, council: Council, asked: str, by: str, now: datetime
) -> AskedOrder:
    """The second person's word for a wipe: it goes out, and the device's registration ends.

    Confirmed again: nothing more happens. Raises ``Refusal`` if it is the same person, if it was
    withdrawn, or if the council has no escrow key for what is unsent on the device.
    """
    permissions.check(people.role_of(connection, by), Act.ORDER)
    row = _asked(connection, asked)
    if row is None or row.kind != OrderKind.WIPE:
        raise not_found()
    if row.given is None:
        if row.withdrawn is not None:
            raise _refused("withdrawn", "It was withdrawn. Ask again if it is still needed.")
        if row.asked_by == by:
            raise _refused("same_person", "Somebody else must confirm this. You asked for it.")
        if not council.escrow_key:
            raise _refused(
                "no_escrow_key",
                "What is unsent on the laptop would be lost: the council has no escrow key. "
                "Ask IT to run: your-family-ehm escrow-key.",
            )
        connection.execute(
            update(schema.asked_order)
            .where(schema.asked_order.c.id == asked)
            .values(confirmed_by=by, confirmed=now)
        )
        device = schema.device
        connection.execute(update(device).where(device.c.id == row.device).values(revoked=now))
        givers = (row.asked_by, by)
        order = _give(connection, council, row.device, OrderKind.WIPE, givers, _WIPED, now)
        _note_given(connection, asked, order)
        audit.note(connection, now, by, "confirm wipe", "", _detail(asked, row.reason))
    return asked_order(connection, asked)


def withdraw(connection: Connection, asked: str, by: str, now: datetime) -> AskedOrder:
    """Takes back a wipe that nobody has confirmed, or lifts a lock. A wipe given stays given."""
    permissions.check(people.role_of(connection, by), Act.ORDER)
    row = _asked(connection, asked)
    if row is None:
        raise not_found()
    if row.given is not None and row.kind == OrderKind.WIPE:
        raise _refused("given", "It has gone out to the laptop and cannot be taken back.")
    if row.withdrawn is None:
        table = schema.asked_order
        connection.execute(update(table).where(table.c.id == asked).values(withdrawn=now))
        if row.given is not None:
            _lift(connection, row.given, now)
        audit.note(connection, now, by, f"withdraw {row.kind}", "", _detail(asked, row.reason))
    return asked_order(connection, asked)


def lock(
    connection: Connection, council: Council, device: str, by: str, words: str, now: datetime
) -> str:
    """Locks a device until the order is lifted; the order's id."""
    return _give(connection, council, device, OrderKind.LOCK, (by,), words, now)


def purge(
    connection: Connection, council: Council, worker: str, family: str, by: str, now: datetime
) -> None:
    """Tells every device of a worker to remove a family that is no longer theirs."""
    device = schema.device.c
    for each in (
        connection.execute(
            select(device.id).where(device.worker == worker, device.revoked.is_(None))
        )
        .scalars()
        .all()
    ):
        _give(connection, council, each, OrderKind.PURGE, (by,), "", now, family)


def end_purges(connection: Connection, worker: str, family: str, now: datetime) -> None:
    """The worker has the family again: what was ordered before no longer stands."""
    order, device = schema.order, schema.device.c
    theirs = select(device.id).where(device.worker == worker)
    connection.execute(
        update(order)
        .where(order.c.family == family, order.c.device.in_(theirs), order.c.lifted.is_(None))
        .values(lifted=now)
    )


def standing(connection: Connection, device: str, *kinds: OrderKind) -> tuple[Order, ...]:
    """The orders of these kinds that a device must obey, oldest first.

    A lock stands until it is lifted; a purge until its receipt; a wipe for ever, for a copy of the
    laptop's disk may come back.
    """
    order = schema.order.c
    rows = connection.execute(
        select(schema.order)
        .where(
            order.device == device,
            order.kind.in_(kinds),
            order.lifted.is_(None),
            (order.kind != OrderKind.PURGE) | order.done.is_(None),
        )
        .order_by(order.at, order.id)
    )
    return tuple(_order(row) for row in rows)


def poll(connection: Connection, council: Council, asked: OrdersRequest, now: datetime) -> Orders:
    """What an unlock page is told. Signed, whether there is anything or not."""
    unsigned = Orders(
        device=asked.device,
        nonce=asked.nonce,
        at=now,
        orders=standing(connection, asked.device, OrderKind.LOCK, OrderKind.WIPE),
        signature="",
    )
    signature = signatures.sign(council.signing_key, signatures.orders_text(unsigned))
    return unsigned.model_copy(update={"signature": signature})


def receipt(connection: Connection, order: str, told: Receipt, now: datetime) -> None:
    """Notes what a device says of an order that it was given; ``not_found`` unless it signed it."""
    table, device = schema.order, schema.device.c
    known = connection.execute(select(device.public_key).where(device.id == told.device))
    public_key = known.scalar_one_or_none()
    if public_key is None or not signatures.is_receipt_of(public_key, order, told):
        raise not_found()
    here = (table.c.id == order) & (table.c.device == told.device)
    changed = connection.execute(
        update(table)
        .where(here)
        .values(done=now if told.done else None, receipt=told.model_dump_json())
    )
    if changed.rowcount == 0:
        raise not_found()


def asked_order(connection: Connection, asked: str) -> AskedOrder:
    """An order that was asked for, and what came of it; raises ``not_found``."""
    row = _asked(connection, asked)
    if row is None:
        raise not_found()
    return _as_message(connection, [row])[0]


def asked_orders(connection: Connection) -> tuple[AskedOrder, ...]:
    """All that were asked for, newest first."""
    table = schema.asked_order
    order = schema.order.c
    rows = connection.execute(
        select(table, order.receipt)
        .outerjoin(schema.order, order.id == table.c.given)
        .order_by(table.c.asked.desc(), table.c.id)
    ).all()
    return tuple(_as_message(connection, rows))


def _asked(connection: Connection, asked: str) -> Row[tuple[str, ...]] | None:
    table, order = schema.asked_order, schema.order.c
    return connection.execute(
        select(table, order.receipt)
        .outerjoin(schema.order, order.id == table.c.given)
        .where(table.c.id == asked)
    ).one_or_none()


def _as_message(connection: Connection, rows: Sequence[Row[tuple[str, ...]]]) -> list[AskedOrder]:
    ids = {each for row in rows for each in (row.asked_by, row.confirmed_by) if each}
    names = people.of_ids(connection, ids)
    return [
        AskedOrder(
            id=row.id,
            device=row.device,
            kind=OrderKind(row.kind),
            reason=row.reason,
            asked_by=names[row.asked_by],
            asked=aware(row.asked),
            confirmed_by=names[row.confirmed_by] if row.confirmed_by else None,
            confirmed=aware(row.confirmed) if row.confirmed else None,
            withdrawn=aware(row.withdrawn) if row.withdrawn else None,
            order=row.given,
            receipt=Receipt.model_validate_json(row.receipt) if row.receipt else None,
        )
        for row in rows
    ]


def _give(
    connection: Connection,
    council: Council,
    device: str,
    kind: OrderKind,
    by: tuple[str, ...],
    words: str,
    now: datetime,
    family: str | None = None,
) -> str:
    """Signs an order; its id. From now on it stands."""
    unsigned = Order(
        id=str(uuid.uuid4()),
        device=device,
        kind=kind,
        at=now,
        by=by,
        words=words,
        family=family,
        signature="",
    )
    signature = signatures.sign(council.signing_key, signatures.order_text(unsigned))
    connection.execute(
        insert(schema.order).values(
            id=unsigned.id,
            device=device,
            kind=kind.value,
            at=now,
            words=words,
            signature=signature,
            given_by=json.dumps(by),
            family=family,
        )
    )
    return unsigned.id


def _note_given(connection: Connection, asked: str, order: str) -> None:
    table = schema.asked_order
    connection.execute(update(table).where(table.c.id == asked).values(given=order))


def _lift(connection: Connection, order: str, now: datetime) -> None:
    table = schema.order
    connection.execute(update(table).where(table.c.id == order).values(lifted=now))


def _order(row: Row[tuple[str, ...]]) -> Order:
    return Order(
        id=row.id,
        device=row.device,
        kind=OrderKind(row.kind),
        at=aware(row.at),
        by=tuple(json.loads(row.given_by)),
        words=row.words,
        family=row.family,
        signature=row.signature,
    )


def _detail(asked: str, reason: str) -> str:
    return json.dumps({"asked": asked, "reason": reason})


def _refused(code: str, words: str) -> Refusal:
    return Refusal(403, code, "This order cannot be given", words)
