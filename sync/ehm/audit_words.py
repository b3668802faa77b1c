"""What the ids on a page of the audit stand for, in words that its readers may have."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import regex
from sqlalchemy import Connection, select

from sync.contract.messages import AuditLine
from sync.ehm import looking, people, schema
from sync.ehm.known_records import Forms
from sync.ehm.store import parts

_ID = regex.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def words_of(connection: Connection, reader: str, lines: Sequence[AuditLine]) -> dict[str, str]:
    """By each id that the lines mention: a worker's name, a family's number, a form's title.

    Nobody of a family is named; and nothing is said of a family that this reader said they know.
    """
    mentioned = sorted({each for line in lines for each in _ids_of(line)})
    found: dict[str, str] = {}
    for part in parts(mentioned):
        workers = people.of_ids(connection, set(part)).values()
        found |= {worker.id: worker.name for worker in workers if worker.name}
    hidden = looking.hidden_from(connection, reader)
    found |= _families(connection, mentioned, hidden)
    return found | _records(connection, mentioned, hidden)


def _ids_of(line: AuditLine) -> set[str]:
    named = {line.worker, line.family, line.record} - {""}
    return named.union(*(_ID.findall(words) for words in (line.detail, line.reason)))


def _families(connection: Connection, ids: Sequence[str], hidden: set[str]) -> dict[str, str]:
    family = schema.family
    rows = chain.from_iterable(
        connection.execute(select(family).where(family.c.id.in_(part))) for part in parts(ids)
    )
    return {row.id: row.number or row.reference for row in rows if row.id not in hidden}


def _records(connection: Connection, ids: Sequence[str], hidden: set[str]) -> dict[str, str]:
    change = schema.change.c
    rows = list(
        chain.from_iterable(
            connection.execute(
                select(change.record, change.family, change.form)
                .where(change.record.in_(part))
                .distinct()
            )
            for part in parts(ids)
        )
    )
    pack = Forms(connection).pack if rows else None
    titles = {form.id: form.title for form in pack.kept_forms} if pack is not None else {}
    return {row.record: titles.get(row.form, row.form) for row in rows if row.family not in hidden}
