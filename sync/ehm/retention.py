"""How long what was written is kept, by type; what is due is listed, and erased only on a word.

How long is said by the table ``retention`` of the pack published last, and nowhere else. Kept: of
a family that was helped (``helped``), until the youngest child's birthday of that year (councils:
25); where no child's birthday is known (``helped_no_birthday``), years after the last word; of a
family that declined or was only asked about (``not_taken_up``), years after the last word
(domain.md 1.7: retention seen). A rule that the pack does not have makes nothing due, nor is a
family ever due that somebody still has, or on which a legal hold stands.
"""

from __future__ import annotations

import hashlib
import uuid
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, func, insert, select

from forms.manifest import RETENTION_RULES
from forms.pack import Pack
from sync.ehm import audit, erasure, holds, packs, schema
from sync.ehm.ledger import Forgotten, Ledger
from sync.ehm.store import aware

_HELPED = ("assessment", "plan", "review", "closure")


@dataclass(frozen=True, slots=True)
class Due:
    """A family whose time is over, since when, and by which rule."""

    family: str
    number: str
    kind: str
    since: date


def terms(connection: Connection) -> Mapping[str, int]:
    """Rule to years, as the council's pack in force says; empty while none is published."""
    notice = packs.latest(connection)
    if notice is None:
        return {}
    rows = Pack.read(packs.content(connection, notice.version)).tables.get("retention", ())
    return {row["rule"]: int(row["keep_for"]) for row in rows if row.get("rule") in RETENTION_RULES}


def due(connection: Connection, today: date) -> list[Due]:
    """The families that are due, the longest first."""
    set_down = terms(connection)
    family, member, gone = schema.family, schema.member.c, schema.forgotten.c
    rows = connection.execute(
        select(family).where(
            ~select(member.family).where(member.family == family.c.id).exists(),
            ~select(gone.family).where(gone.family == family.c.id).exists(),
        )
    ).all()
    found = []
    for row in rows:
        kind, until = _until(connection, set_down, row.id, aware(row.begun).date())
        if until is not None and until <= today and not holds.standing(connection, row.id):
            found.append(Due(row.id, row.number, kind, until))
    return sorted(found, key=lambda each: (each.since, each.family))


def code(listed: Sequence[Due]) -> str:
    """Names a list: what a person confirms is what they were shown."""
    said = "\n".join(f"{each.family} {each.since}" for each in listed)
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def erase_due(
    connection: Connection, ledger: Ledger, confirmed: str, by: str, now: datetime
) -> list[Due]:
    """Erases what is due, if it is still what ``confirmed`` names; ``ValueError`` if not."""
    listed = due(connection, now.date())
    if not listed or code(listed) != confirmed:
        raise ValueError("the list has changed since: look at it again")
    for each in listed:
        _forget(connection, ledger, each, by, now)
    return listed


def _until(
    connection: Connection, set_down: Mapping[str, int], family: str, begun: date
) -> tuple[str, date | None]:
    change, identity = schema.change.c, schema.identity.c
    written = connection.execute(
        select(func.max(change.received)).where(change.family == family)
    ).scalar_one()
    last = aware(written).date() if written else begun
    forms = set(
        connection.execute(select(change.form).where(change.family == family).distinct()).scalars()
    )
    if not forms & set(_HELPED):
        return "not taken up", _years_after(last, set_down.get("not_taken_up"))
    births = connection.execute(
        select(identity.born).where(identity.family == family, identity.is_child)
    ).scalars()
    youngest = max((_latest(born) for born in births if born), default=None)
    if youngest is None:
        return "helped, no birthday known", _years_after(last, set_down.get("helped_no_birthday"))
    birthday = _years_after(youngest, set_down.get("helped"))
    return "helped", None if birthday is None else max(last, birthday)


def _latest(born: str) -> date:
    """The last day that a date with parts unknown can mean."""
    if len(born) == 10:
        return date.fromisoformat(born)
    year, month = (*map(int, born.split("-")), 12)[:2]
    return date(year, month, monthrange(year, month)[1])


def _years_after(day: date, years: int | None) -> date | None:
    if years is None:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _forget(connection: Connection, ledger: Ledger, each: Due, by: str, now: datetime) -> None:
    """Erases every record of a family, and what matching knew of it."""
    records = connection.execute(
        select(schema.change.c.record).where(schema.change.c.family == each.family).distinct()
    ).scalars()
    for record in sorted(records):
        erasure.erase(connection, ledger, record, (), by, f"retention: {each.kind}", now)
    for table in (schema.identity, schema.identity_key):
        connection.execute(delete(table).where(table.c.family == each.family))
    line = Forgotten(id=str(uuid.uuid4()), family=each.family)
    ledger.add(line)
    connection.execute(insert(schema.forgotten).values(id=line.id, family=line.family))
    audit.note(connection, now, by, "retention", each.family, each.kind)
