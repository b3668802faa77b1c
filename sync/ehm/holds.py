"""Legal holds: while one stands, nothing of a family is erased, whoever asks."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Connection, insert, select

from sync.ehm import audit, families, schema
from sync.ehm.ledger import Hold, Ledger


def place(
    connection: Connection, ledger: Ledger, family: str, by: str, reason: str, now: datetime
) -> str:
    """Holds everything of a family; the hold's id. ``ValueError`` if there is no such family."""
    if families.find(connection, family) is None:
        raise ValueError("there is no such family")
    hold = Hold(id=str(uuid.uuid4()), family=family, reason=reason)
    _write(connection, ledger, hold)
    audit.note(connection, now, by, "legal hold", family, reason)
    return hold.id


def end(
    connection: Connection, ledger: Ledger, hold: str, by: str, reason: str, now: datetime
) -> None:
    """Ends a hold. ``ValueError`` if there is none."""
    table = schema.legal_hold.c
    family = connection.execute(
        select(table.family).where(table.id == hold, table.ends == "")
    ).scalar_one_or_none()
    if family is None:
        raise ValueError("there is no such hold")
    _write(connection, ledger, Hold(id=str(uuid.uuid4()), family=family, reason=reason, ends=hold))
    audit.note(connection, now, by, "legal hold ended", family, reason)


def standing(connection: Connection, family: str) -> list[str]:
    """The holds that stand on a family."""
    table, ending = schema.legal_hold.c, schema.legal_hold.alias()
    ended = select(ending.c.id).where(ending.c.ends == table.id)
    return list(
        connection.execute(
            select(table.id).where(table.family == family, table.ends == "", ~ended.exists())
        ).scalars()
    )


def check_none(connection: Connection, family: str) -> None:
    """``ValueError`` while a hold stands on the family."""
    if standing(connection, family):
        raise ValueError("a legal hold stands on this family: nothing of it may be erased")


def apply(connection: Connection, hold: Hold) -> None:
    """Notes a line of the ledger in the database."""
    connection.execute(insert(schema.legal_hold).values(**hold.model_dump(exclude={"kind"})))


def _write(connection: Connection, ledger: Ledger, hold: Hold) -> None:
    ledger.add(hold)
    apply(connection, hold)
