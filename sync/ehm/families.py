"""Families: registered by those who began them, numbered by the centre, held by their workers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from forms.records.change import MOVED
from forms.records.heads import Heads
from sync.contract.changes import from_wire
from sync.contract.messages import (
    FamilyItem,
    FamilyLine,
    FlatAnswer,
    FlatFamily,
    FlatRecord,
    NewFamily,
    Result,
    Status,
    WireChange,
    Worker,
)
from sync.ehm import audience, changes, history, people, schema
from sync.ehm.changes import Sender
from sync.ehm.history import Happening
from sync.ehm.known_records import Forms
from sync.ehm.permissions import Act, may
from sync.ehm.problems import not_found
from sync.ehm.store import aware


def register(connection: Connection, sender: Sender, families: Sequence[NewFamily]) -> list[Result]:
    """Makes families known, gives each the centre's number, and puts it in the worker's feed.

    Of somebody whose role does not begin families it is kept on the device, and a person rings.
    """
    if not may(sender.role, Act.BEGIN):
        return [_ask_a_person(family) for family in families]
    return [_register(connection, sender.worker, family) for family in families]


def _ask_a_person(new: NewFamily) -> Result:
    return Result(
        id=new.id,
        status=Status.HELD,
        code="not_yours",
        words="Somebody at the centre will look at this family and ring you.",
    )


def _register(connection: Connection, worker: str, new: NewFamily) -> Result:
    known = find(connection, new.id)
    if known is not None:
        if is_member(connection, worker, new.id):
            return Result(id=new.id, status=Status.ALREADY)
        return _ask_a_person(new)
    begin(connection, worker, new)
    give(connection, worker, new.id)
    return Result(id=new.id, status=Status.APPLIED)


def begin(connection: Connection, by: str, new: NewFamily, number: str = "") -> None:
    """Makes a new family known, with the centre's ``number`` or the next one."""
    connection.execute(
        insert(schema.family).values(
            id=new.id,
            reference=new.reference,
            number=number or _next_number(connection),
            begun=new.begun,
            registered_by=by,
        )
    )
    history.append(connection, [Happening("family", new.id)])
    change = schema.change.c
    moved_here = (change.family == new.id) & (change.device == MOVED)
    changes.release(connection, moved_here & (change.held == "family_unknown"))


def _next_number(connection: Connection) -> str:
    council = schema.council
    number = connection.execute(select(council.c.next_number)).scalar_one()
    connection.execute(update(council).values(next_number=number + 1))
    return f"EH-{number:06d}"


def find(connection: Connection, family: str) -> Row[tuple[str, ...]] | None:
    """The family's row, if the centre knows it."""
    return connection.execute(
        select(schema.family).where(schema.family.c.id == family)
    ).one_or_none()


def is_member(connection: Connection, worker: str, family: str) -> bool:
    """True if the worker has this family."""
    member = schema.member.c
    found = connection.execute(
        select(member.worker).where(member.family == family, member.worker == worker)
    )
    return found.one_or_none() is not None


def give(
    connection: Connection,
    worker: str,
    family: str,
    *,
    covers_for: str = "",
    until: datetime | None = None,
) -> None:
    """Gives a worker a family: everything written of it so far comes in their feed now.

    What they wrote or handed in of it before, and was held, is shown from now on. Given for good,
    it is no cover any more; a cover never shortens what somebody has. Given again to somebody who
    has it, it shows what was held of theirs too: of a colleague's laptop whose access has ended,
    that gave back what a restored EHM had lost.
    """
    member = schema.member
    if is_member(connection, worker, family):
        if until is None:
            here = (member.c.family == family) & (member.c.worker == worker)
            connection.execute(update(member).where(here).values(covers_for="", until=None))
            changes.release_theirs(connection, worker, family)
        return
    audience.admit(connection, worker, family)
    here = (member.c.family == family) & (member.c.worker == worker)
    connection.execute(update(member).where(here).values(covers_for=covers_for, until=until))
    audience.settle(connection, family)
    changes.release_theirs(connection, worker, family)


def take_away(connection: Connection, worker: str, family: str) -> None:
    """Ends a worker's access to a family: out of their feed at once, off their devices next."""
    audience.dismiss(connection, worker, family)


def list_of(connection: Connection, worker: str) -> tuple[FamilyLine, ...]:
    """The families of a worker, by reference."""
    family, member = schema.family, schema.member
    rows = connection.execute(
        select(family)
        .join(member, member.c.family == family.c.id)
        .where(member.c.worker == worker)
        .order_by(family.c.reference)
    )
    return tuple(
        FamilyLine(id=row.id, reference=row.reference, number=row.number, begun=aware(row.begun))
        for row in rows
    )


def item(connection: Connection, family: str) -> FamilyItem:
    """What a device is told of a family."""
    row = find(connection, family)
    if row is None:
        raise not_found()
    return FamilyItem(
        family=row.id,
        reference=row.reference,
        number=row.number,
        begun=aware(row.begun),
        part_of=_part_of(connection, family),
        notice=_NOTICE if _may_match(connection, family) else "",
    )


_NOTICE = "A coordinator will ring you about this family."


def _part_of(connection: Connection, family: str) -> str | None:
    bond = schema.bond.c
    return connection.execute(
        select(bond.one).where(bond.other == family, bond.kind == "merge", bond.undone.is_(None))
    ).scalar_one_or_none()


def _may_match(connection: Connection, family: str) -> bool:
    """The device learns no more than that somebody will ring."""
    match = schema.possible_match.c
    waiting = select(match.id).where(
        match.decided.is_(None), (match.one == family) | (match.other == family)
    )
    return connection.execute(waiting.limit(1)).one_or_none() is not None


def flat(connection: Connection, worker: str, family: str) -> FlatFamily:
    """Every answer of a family that this worker may see, as an EHM imports it."""
    if find(connection, family) is None or not is_member(connection, worker, family):
        raise not_found()
    delivery, entry, change = schema.delivery.c, schema.entry.c, schema.change.c
    bodies = connection.execute(
        select(change.body)
        .select_from(schema.delivery.join(schema.entry).join(schema.change, change.id == entry.ref))
        .where(delivery.worker == worker, delivery.family == family, entry.kind == "change")
        .order_by(entry.seq)
    ).scalars()
    records: dict[str, list[WireChange]] = {}
    for body in bodies:
        written = WireChange.model_validate_json(body)
        records.setdefault(written.record, []).append(written)
    return flat_of(connection, family, list(records.values()))


def flat_of(
    connection: Connection, family: str, records: Sequence[Sequence[WireChange]]
) -> FlatFamily:
    """A family flat, from the changes of those of its records that somebody may see."""
    row = find(connection, family)
    if row is None:
        raise not_found()
    names = people.of_ids(connection, {c.author for changes in records for c in changes})
    forms = Forms(connection)
    return FlatFamily(
        id=row.id,
        reference=row.reference,
        number=row.number,
        head=history.current_head(connection),
        records=tuple(_flat_record(forms, changes, names) for changes in records),
    )


def _flat_record(
    forms: Forms, changes: Sequence[WireChange], names: dict[str, Worker]
) -> FlatRecord:
    version, read = forms.read([from_wire(change) for change in changes])
    heads = Heads(read)
    first = changes[0]
    return FlatRecord(
        id=first.record,
        form=first.form,
        version=version,
        authors=tuple(names[author] for author in dict.fromkeys(c.author for c in changes)),
        answers=tuple(_flat_answer(heads, path) for path in sorted(heads.paths())),
    )


def _flat_answer(heads: Heads, path: str) -> FlatAnswer:
    here = heads.of(path)
    current = heads.current(path)
    return FlatAnswer(
        path=path,
        values=tuple(dict.fromkeys(answer.value for answer in here.values())),
        absent=current.absent.value if current.absent else "",
        reason=current.reason,
        changes=tuple(here),
    )
