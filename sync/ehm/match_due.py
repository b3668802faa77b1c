"""Which families matching must read again: those in which people or homes were written about."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, tuple_

from sync.contract.messages import WireChange
from sync.ehm import schema
from sync.ehm.store import insert_or_leave


def mark_due(connection: Connection, changes: Sequence[WireChange]) -> None:
    """The families where something was written about people or homes: cheap, at every hand-in."""
    form = schema.pack_form.c
    written = {(change.form, change.version) for change in changes}
    about_people = {
        (row.form, row.version)
        for row in connection.execute(
            select(form.form, form.version).where(
                form.has_people, tuple_(form.form, form.version).in_(written)
            )
        )
    }
    due = {change.family for change in changes if (change.form, change.version) in about_people}
    insert_or_leave(connection, schema.match_due, [{"family": each} for each in sorted(due)])


def has_people(form: bytes) -> bool:
    """True if a form declares people or homes, by which families are matched."""
    return b'dataset="person"' in form or b'dataset="home"' in form
