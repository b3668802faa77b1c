"""What somebody writes at the centre itself, without a laptop: a change like any other.

It is its author's, on the device ``centre``, so it comes whole in the feed of every laptop, theirs
too. A record that was finished is finished anew with it, and says why it was written on.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from forms.records.answer import Answer
from forms.records.change import Change, Written
from forms.records.finalising import AMENDED, FINALISED, finalising_answer, is_final
from forms.records.heads import Heads
from forms.xforms import Definition, Session
from sync.contract import digest
from sync.contract.changes import from_wire, to_wire
from sync.contract.messages import WireChange
from sync.ehm import changes, heads, schema
from sync.ehm.known_records import Forms

CENTRE = "centre"
ZONE = "Europe/London"


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes, and when."""

    author: str
    at: datetime


def answer(
    connection: Connection,
    record: str,
    dataset: str,
    said: Mapping[str, str],
    hand: Hand,
    because: str,
) -> bool:
    """Says these properties of the record's entity; False if its form is not known here.

    What the form has no question for is left out. ``because`` is kept in a finished record's
    history.
    """
    forms = Forms(connection)
    version, written = forms.read(_changes_of(connection, record))
    first = written[0]
    definition = forms.definition(first.form, version)
    if definition is None:
        return False
    paths = {
        name: path
        for declared in definition.entities
        if declared.dataset == dataset
        for name, path in declared.properties.items()
    }
    answers = {paths[name]: Answer(value) for name, value in said.items() if name in paths}
    if not answers:
        return False
    standing = Heads(written)
    if is_final(standing):
        answers[AMENDED] = Answer(because)
        _keep(connection, _finished(_change(first, answers, hand, standing), written, definition))
    else:
        _keep(connection, _change(first, answers, hand, standing))
    return True


def _changes_of(connection: Connection, record: str) -> list[Change]:
    table = schema.change.c
    bodies = connection.execute(
        select(table.body)
        .where(table.record == record, table.held == "")
        .order_by(table.received, table.id)
    ).scalars()
    return [from_wire(WireChange.model_validate_json(body)) for body in bodies]


def _change(like: Change, answers: Mapping[str, Answer], hand: Hand, standing: Heads) -> Change:
    return Change(
        str(uuid.uuid4()),
        like.record,
        like.family,
        like.form,
        like.version,
        hand.author,
        CENTRE,
        0,
        hand.at,
        ZONE,
        {path: Written(said, standing.base(path)) for path, said in answers.items()},
    )


def _finished(change: Change, before: Sequence[Change], definition: Definition) -> Change:
    """The change, which finishes the record as it stands with it."""
    after = Heads([*before, change])
    told = {p: a.value for p, a in after.answers().items() if not p.startswith("@") and a.value}
    session = Session(definition, told, clock=lambda: change.at, zone=ZoneInfo(ZONE))
    final = finalising_answer(after, session.calculated())
    answers = {**change.answers, FINALISED: Written(final, Heads(before).base(FINALISED))}
    return replace(change, answers=answers)


def _keep(connection: Connection, change: Change) -> None:
    message = to_wire(change)
    connection.execute(
        insert(schema.change).values(
            id=message.id,
            record=message.record,
            family=message.family,
            form=message.form,
            version=message.version,
            author=message.author,
            device=message.device,
            offered_by=message.device,
            received=message.at,
            fingerprint=digest.fingerprint(message),
            body=heads.body(message),
            held="",
        )
    )
    changes.publish(connection, [message])
