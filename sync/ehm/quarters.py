"""Quarters as they were published: each publication is kept, and none is ever changed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from forms.casework.measures.frozen import Frozen, read_frozen
from forms.casework.measures.period import Period
from sync.ehm import schema


@dataclass(frozen=True, slots=True)
class Kept:
    """The latest publication of a quarter: which it is, by whom, and the figures."""

    number: int
    worker: str
    frozen: Frozen


def keep(connection: Connection, frozen: Frozen, worker: str) -> None:
    """Keeps one more publication of its quarter, beside those before it."""
    table = schema.published_quarter
    last = frozen.period.last.isoformat()
    before = connection.execute(
        select(func.count()).select_from(table).where(table.c.last == last)
    ).scalar_one()
    connection.execute(
        insert(table).values(
            last=last, number=before + 1, at=frozen.at, worker=worker, figures=frozen.as_json()
        )
    )


def published(connection: Connection, period: Period) -> Kept | None:
    """A period as it was published last; None if it never was, or is no such quarter."""
    table = schema.published_quarter
    row = connection.execute(
        select(table)
        .where(table.c.last == period.last.isoformat())
        .order_by(table.c.number.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    frozen = read_frozen(row.figures)
    return Kept(row.number, row.worker, frozen) if frozen.period == period else None
