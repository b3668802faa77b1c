"""Putting right: words taken out of a record everywhere, and never given back by a backup.

Values go; ids, bases and times stay, so what stood on top of them still does. Misfiled words are
copied to the right family first, as their authors' own, under ids that follow from the old ones.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, update

from sync.contract import digest
from sync.contract.changes import attachment_names, says
from sync.contract.changes import erased as without_words
from sync.contract.messages import ErasedItem, WireChange
from sync.ehm import (
    audit,
    awaited,
    changes,
    copies,
    device_ledger,
    erased,
    file_parts,
    history,
    holds,
    match_due,
    moved,
    schema,
    waiting_for,
)
from sync.ehm.changes import Sender
from sync.ehm.history import Delivery, Happening
from sync.ehm.ledger import Erasure, Forgotten, Hold, Ledger, Opened, Registered, Revoked
from sync.ehm.store import parts


def erase(
    connection: Connection,
    ledger: Ledger,
    record: str,
    paths: Sequence[str],
    by: str,
    reason: str,
    now: datetime,
) -> list[str]:
    """Takes the words of these paths (none: of all) out of a record, here and on every device.

    Returns who could have seen them: everybody in whose feed they were. ``ValueError`` if there is
    no such record, or a legal hold stands on its family.
    """
    written = _changes(connection, record, paths)
    if not written:
        raise ValueError("nothing of this record is here")
    holds.check_none(connection, written[0].family)
    erasure = _erasure(record, paths, written)
    return _carry_out(connection, ledger, erasure, "erase", by, reason, now)


def families_of(connection: Connection, record: str) -> set[str]:
    """The families in which anything of a record was written, held or not."""
    change = schema.change.c
    rows = connection.execute(select(change.family).where(change.record == record).distinct())
    return set(rows.scalars())


def move(
    connection: Connection,
    ledger: Ledger,
    record: str,
    paths: Sequence[str],
    family: str,
    by: str,
    reason: str,
    now: datetime,
) -> list[str]:
    """Takes misfiled words (no paths: the whole record) out of a record and into a family.

    There they are a record of their own on the same form, each change by its author at its time.
    Where they were, nothing is left of them, here or on any device, after its next exchange.
    Returns who could have seen them. ``ValueError`` if there is nothing to move, or nowhere to.
    """
    written = _changes(connection, record, paths)
    if not written:
        raise ValueError("nothing of this record is here")
    if family == written[0].family:
        raise ValueError("it is in this family already")
    known = connection.execute(select(schema.family.c.id).where(schema.family.c.id == family))
    if known.one_or_none() is None:
        raise ValueError("there is no such family")
    erasure = _erasure(record, paths, written)
    erasure = erasure.model_copy(update={"moved_to": family, "move": erasure.id})
    return _carry_out(connection, ledger, erasure, "move", by, reason, now)


def follow(connection: Connection, ledger: Ledger) -> None:
    """Moves on what was shown, whoever let it in, in a record that was moved whole before.

    What arrives by it in a record that was moved on itself goes on with that one.
    """
    due = schema.follow_due
    while records := connection.execute(select(due.c.record)).scalars().all():
        connection.execute(delete(due).where(due.c.record.in_(records)))
        for record in records:
            _follow(connection, ledger, record)


def _follow(connection: Connection, ledger: Ledger, record: str) -> None:
    table = schema.erasure.c
    moves = connection.execute(
        select(schema.erasure).where(
            table.record == record, table.moved_to != "", table.paths == "[]"
        )
    ).all()
    for row in moves:
        here = _changes(connection, row.record, (), schema.change.c.held == "")
        _show_copies(connection, row.move, [change.id for change in here])
        taken = erased.before(connection, [change.id for change in here], "")
        late = [c for c in here if erased.still_says(c, (), taken.get(c.id, ()))]
        if late:
            erasure = _erasure(row.record, (), late)
            erasure = erasure.model_copy(update={"moved_to": row.moved_to, "move": row.move})
            ledger.add(erasure)
            _apply(connection, erasure)


def _show_copies(connection: Connection, move: str, shown: Sequence[str]) -> None:
    """Shows, at the right family, what was held as long as that of which it is a copy was held."""
    for part in parts([copies.copy_of(move, change) for change in shown]):
        mirrors = schema.change.c.held != waiting_for.MOVED_WORDS
        changes.release(connection, schema.change.c.id.in_(part) & mirrors)


def copy_late(connection: Connection, sender: Sender, given: Sequence[WireChange]) -> None:
    """Keeps, at the right family, words that were moved and that this EHM lost by a restore.

    Of somebody whose hand-in would be held where they were moved from a person looks at them,
    unless somebody else hands in the same.
    """
    table = schema.erased_change.c
    rows = connection.execute(
        select(table.change, table.erasure, schema.erasure)
        .join(schema.erasure, schema.erasure.c.id == table.erasure)
        .where(table.change.in_([change.id for change in given]), schema.erasure.c.moved_to != "")
    ).all()
    if not rows:
        return
    by_id = {change.id: change for change in given}
    late_ones = [
        # where it was written is not for the sender to say
        by_id[row.change].model_copy(update={"family": row.family, "record": row.record})
        for row in rows
    ]
    why_held = changes.judge(connection, sender, late_ones)
    for row, late in zip(rows, late_ones, strict=True):
        paths = tuple(json.loads(row.paths))
        words = [p for p, a in late.answers.items() if says(a) and (not paths or p in paths)]
        taken = erased.before(connection, [row.change], row.erasure).get(row.change, ())
        if not words or not erased.still_says(late, words, taken):
            continue  # blanked where it comes from, or taken out before it was moved
        held = "" if why_held(late) is None else waiting_for.MOVED_WORDS
        kept = [(erased.without(late, taken), held)]
        moved.write(connection, row.move, row.moved_to, paths, kept)


def _erasure(record: str, paths: Sequence[str], written: Sequence[WireChange]) -> Erasure:
    return Erasure(
        id=str(uuid.uuid4()),
        family=written[0].family,
        record=record,
        paths=tuple(paths),
        changes=tuple(change.id for change in written),
    )


def _carry_out(
    connection: Connection,
    ledger: Ledger,
    erasure: Erasure,
    act: str,
    by: str,
    reason: str,
    now: datetime,
) -> list[str]:
    seen_by = sorted(_readers(connection, erasure.family, set(erasure.changes)))
    ledger.add(erasure)
    _apply(connection, erasure)
    said = {
        "erasure": erasure.id,
        "record": erasure.record,
        "to": erasure.moved_to,
        "reason": reason,
        "seen": seen_by,
    }
    audit.note(connection, now, by, act, erasure.family, json.dumps(said))
    return seen_by


_KEPT = (schema.erasure, schema.legal_hold, schema.forgotten, schema.ledger_line)


def is_behind(connection: Connection, ledger: Ledger) -> bool:
    """True if the ledger has a line that the database, put back from a backup, has not.

    Or if something was shown in a record that was moved, and has not followed it yet.
    """
    counts = [
        select(func.count()).select_from(table).scalar_subquery()
        for table in (schema.follow_due, *_KEPT)
    ]
    late, *kept = connection.execute(select(*counts)).one()
    return bool(late) or sum(kept) < len(ledger.all())


def keep_up(connection: Connection, ledger: Ledger) -> None:
    """Applies what the ledger has and the database has not, and lets follow what must."""
    if is_behind(connection, ledger):
        _apply_lines(connection, ledger)
        follow(connection, ledger)


def _apply_lines(connection: Connection, ledger: Ledger) -> None:
    applied = {each for table in _KEPT for each in connection.execute(select(table.c.id)).scalars()}
    for line in ledger.all():
        if line.id in applied:
            continue
        match line:
            case Erasure():
                _apply(connection, line)
            case Hold():
                holds.apply(connection, line)
            case Forgotten():
                connection.execute(insert(schema.forgotten).values(id=line.id, family=line.family))
            case Registered() | Revoked() | Opened():
                device_ledger.apply(connection, line)


def _changes(
    connection: Connection, record: str, paths: Sequence[str], *which: ColumnElement[bool]
) -> list[WireChange]:
    rows = connection.execute(
        select(schema.change.c.body).where(schema.change.c.record == record, *which)
    ).scalars()
    changes = [WireChange.model_validate_json(body) for body in rows]
    return [c for c in changes if not paths or any(path in c.answers for path in paths)]


def _apply(connection: Connection, erasure: Erasure) -> None:
    connection.execute(
        insert(schema.erasure).values(
            id=erasure.id,
            family=erasure.family,
            record=erasure.record,
            paths=json.dumps(erasure.paths),
            moved_to=erasure.moved_to,
            move=erasure.move,
        )
    )
    connection.execute(
        insert(schema.erased_change),
        [{"change": change, "erasure": erasure.id} for change in erasure.changes],
    )
    written = _changes(connection, erasure.record, erasure.paths)
    going = [change for change in written if change.id in erasure.changes]
    if erasure.moved_to:
        ids = [change.id for change in going]
        held, taken = _held(connection, ids), erased.before(connection, ids, erasure.id)
        left = [erased.still_says(c, erasure.paths, taken.get(c.id, ())) for c in going]
        # with those whose words went before: a finalised record may name them
        copying = [(change, held[change.id]) for change in going] if any(left) else []
        moved.write(connection, erasure.move, erasure.moved_to, erasure.paths, copying)
    _blank(connection, erasure, going)
    _drop_files(connection, erasure.record)
    match_due.mark_due(connection, _changes(connection, erasure.record, ()))
    awaited.mark_family(connection, erasure.family)
    item = ErasedItem(
        family=erasure.family,
        record=erasure.record,
        paths=erasure.paths,
        changes=erasure.changes,
    )
    (seq,) = history.append(
        connection,
        [Happening("erased", erasure.family, erasure.record, erasure.id, item.model_dump_json())],
    )
    had_it = history.have_in_feed(connection, erasure.family, erasure.record)
    history.deliver(connection, [Delivery(worker, seq, erasure.family) for worker in had_it])


def _held(connection: Connection, changes: Sequence[str]) -> dict[str, str]:
    table = schema.change.c
    rows = connection.execute(select(table.id, table.held).where(table.id.in_(changes)))
    return {row.id: row.held for row in rows}


def _blank(connection: Connection, erasure: Erasure, going: Sequence[WireChange]) -> None:
    """Takes the words out of stored changes, and the digests of who has them."""
    if not going:
        return
    blank = {change.id: without_words(change, erasure.paths) for change in going}
    before = {change.id: digest.fingerprint(change) for change in going}
    after = {name: digest.fingerprint(change) for name, change in blank.items()}
    table = schema.change
    connection.execute(
        update(table)
        .where(table.c.id == bindparam("which"))
        .values(body=bindparam("new_body"), fingerprint=bindparam("mark")),
        [
            {"which": name, "new_body": digest.canonical(change).decode(), "mark": after[name]}
            for name, change in blank.items()
        ],
    )
    for worker, theirs in _readers(connection, erasure.family, set(blank)).items():
        held = history.holding(connection, worker, erasure.family)
        less = digest.without(held, [before[name] for name in theirs])
        total = digest.family_digest([after[name] for name in theirs], less)
        history.set_holding(connection, worker, erasure.family, total)


def _readers(connection: Connection, family: str, changes: set[str]) -> dict[str, list[str]]:
    """Those of these changes that are in each worker's feed."""
    entry, delivery = schema.entry.c, schema.delivery.c
    rows = connection.execute(
        select(delivery.worker, entry.ref)
        .select_from(schema.delivery.join(schema.entry))
        .where(entry.family == family, entry.kind == "change")
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.ref in changes:
            found.setdefault(row.worker, []).append(row.ref)
    return found


def _drop_files(connection: Connection, record: str) -> None:
    """Files that no answer of the record names any more; their bytes, if no other record does."""
    use = schema.attachment_use
    named = {name for c in _changes(connection, record, ()) for name in attachment_names(c)}
    for name in (
        connection.execute(select(use.c.name).where(use.c.record == record)).scalars().all()
    ):
        if name in named:
            continue
        connection.execute(delete(use).where(use.c.record == record, use.c.name == name))
        file_parts.forget(connection, record, name)
        others = select(func.count()).select_from(use).where(use.c.name == name)
        if connection.execute(others).scalar_one() == 0:
            for table in (schema.attachment, schema.attachment_sender):
                connection.execute(delete(table).where(table.c.name == name))
