"""Copies of misfiled changes at the right family.

Their ids follow from those of the originals and of the move, so that the same move, done again in a
restored database or of words that come late, makes the same copies.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select

from forms.records.change import MOVED
from forms.records.finalising import FINALISED
from sync.contract import digest
from sync.contract.messages import WireChange
from sync.ehm import attachments, changes, copies, erased, schema, waiting_for


def write(
    connection: Connection,
    move: str,
    family: str,
    paths: Sequence[str],
    originals: Sequence[tuple[WireChange, str]],
) -> None:
    """Writes what these changes say at these paths (none: all) into the family, if it is not there.

    With each, why it is held, or nothing: what a person must look at there, they must here. What
    waits here to be looked at is shown when the same comes and is not held. What was erased there
    meanwhile is not said again. A family that a restore lost too must be registered again first.
    """
    here = select(schema.family.c.id).where(schema.family.c.id == family)
    is_known = connection.execute(here).one_or_none() is not None
    otherwise = "" if is_known else "family_unknown"
    held = {copies.copy_of(move, each.id): why or otherwise for each, why in originals}
    written = [_copy(each, move, family, paths) for each, _why in originals]
    wanted = erased.on_arrival(connection, written)
    marks = {each.id: digest.fingerprint(each) for each in wanted}
    table = schema.change
    stored = {
        row.id: row
        for row in connection.execute(
            select(table.c.id, table.c.fingerprint, table.c.held).where(table.c.id.in_(marks))
        )
    }
    vouched = [
        each
        for each, row in stored.items()
        if row.held == waiting_for.MOVED_WORDS and not held[each] and row.fingerprint == marks[each]
    ]
    changes.release(connection, table.c.id.in_(vouched))
    doubted = {
        each
        for each, row in stored.items()
        if row.held == waiting_for.MOVED_WORDS and not held[each] and each not in vouched
    }
    _set_beside(connection, doubted)
    new = [each for each in wanted if each.id not in stored or each.id in doubted]
    if not new:
        return
    _keep(connection, new, held)
    attachments.note_uses(connection, new)
    changes.publish(connection, [each for each in new if not held[each.id]], marks)
    records = {each.record for each, _why in originals}
    attachments.copy_uses(connection, {record: copies.copy_of(move, record) for record in records})


def _set_beside(connection: Connection, doubted: Collection[str]) -> None:
    """Gives words that wait to be looked at ids of their own: what is vouched for has other words.

    So nobody keeps it out by handing something else in before it, and nothing is lost.
    """
    table = schema.change
    here = table.c.id.in_(doubted)
    bodies = connection.execute(select(table.c.body).where(here)).scalars().all()
    connection.execute(delete(table).where(here))
    waiting = map(WireChange.model_validate_json, bodies)
    beside = [
        each.model_copy(update={"id": copies.copy_of(each.id, digest.fingerprint(each))})
        for each in waiting
    ]
    found = connection.execute(
        select(table.c.id).where(table.c.id.in_([each.id for each in beside]))
    )
    known = set(found.scalars())
    new = [each for each in beside if each.id not in known]
    _keep(connection, new, {each.id: waiting_for.MOVED_WORDS for each in new})


def _keep(connection: Connection, new: Sequence[WireChange], held: Mapping[str, str]) -> None:
    said = {each.id: digest.canonical(each) for each in new}
    rows = [
        changes.row(
            each, said[each.id].decode(), digest.fingerprint_of(said[each.id]), held=held[each.id]
        )
        for each in new
    ]
    if rows:
        connection.execute(insert(schema.change), rows)


def _copy(original: WireChange, move: str, family: str, paths: Sequence[str]) -> WireChange:
    answers = {
        path: answer.model_copy(
            update={
                "base": tuple(sorted(copies.copy_of(move, each) for each in answer.base)),
                "value": _renamed(answer.value, move) if path == FINALISED else answer.value,
            }
        )
        for path, answer in original.answers.items()
        if not paths or path in paths
    }
    return original.model_copy(
        update={
            "id": copies.copy_of(move, original.id),
            "record": copies.copy_of(move, original.record),
            "family": family,
            "device": MOVED,
            "answers": answers,
        }
    )


def _renamed(finalised: str, move: str) -> str:
    """The heads that a finalised record names, under the ids of their copies."""
    try:
        said = json.loads(finalised)
        said["heads"] = {
            path: sorted(copies.copy_of(move, change) for change in changes)
            for path, changes in said["heads"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return finalised  # not written by our program
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
