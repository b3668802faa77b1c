"""What somebody writes at the centre itself, without a laptop: a change like any other.

It is its author's, on the device ``centre``, so it comes whole in the feed of every laptop, theirs
too. A record that was finished is finished anew with it, and says why it was written on.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from forms.casework.finished_texts import calculated, finished_texts, worded_since
from forms.records.answer import Answer
from forms.records.change import CENTRE, Change, Written
from forms.records.finalising import AMENDED, FINALISED, finalising_answer, is_final
from forms.records.heads import Heads
from forms.xforms import Definition, Session
from sync.contract import digest
from sync.contract.changes import from_wire, to_wire
from sync.contract.messages import WireChange
from sync.ehm import changes, schema
from sync.ehm.known_records import Forms

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
    *,
    finish: bool = True,
) -> bool:
    """Says these properties of the record's entity; False if its form is not known here.

    What the form has no question for is left out. ``because`` is kept in a finished record's
    history; unless told to ``finish`` it anew, it is open for its author again.
    """
    forms = Forms(connection)
    version, written = forms.read(_changes_of(connection, record))
    definition = forms.definition(written[0].form, version, written[0].at.date())
    paths = _paths(definition, dataset) if definition is not None else {}
    answers = {paths[name]: Answer(value) for name, value in said.items() if name in paths}
    if answers:
        write(connection, record, answers, hand, because, finish=finish)
    return bool(answers)


def write(
    connection: Connection,
    record: str,
    answers: Mapping[str, Answer],
    hand: Hand,
    because: str,
    *,
    finish: bool = True,
) -> None:
    """Writes answers in a record that is here, on top of what stands."""
    forms = Forms(connection)
    version, written = forms.read(_changes_of(connection, record))
    first, standing = written[0], Heads(written)
    if not is_final(standing):
        _keep(connection, _change(first, answers, hand, standing))
        return
    change = _change(first, {**answers, AMENDED: Answer(because)}, hand, standing)
    definition = forms.definition(first.form, version, first.at.date()) if finish else None
    _keep(connection, change if definition is None else _finished(change, written, definition))


def begin(
    connection: Connection,
    family: str,
    form: str,
    dataset: str,
    said: Mapping[str, str],
    hand: Hand,
    because: str,
) -> str:
    """A new record, finished as it is written; its id. Raises ``not_found`` without the form.

    ``because``: why questions of the form are left unanswered.
    """
    version, definition = Forms(connection).newest(form, hand.at.date())
    paths = _paths(definition, dataset)
    answers = {paths[name]: Answer(value) for name, value in said.items() if name in paths}
    blank = Change(
        "", str(uuid.uuid4()), family, form, version, hand.author, CENTRE, 0, hand.at, ZONE, {}
    )
    change = _change(blank, answers, hand, Heads(()))
    _keep(connection, _finished(change, [], definition, because))
    return change.record


def family_of(connection: Connection, record: str) -> str:
    """Whose record it is; blank for one that is not here."""
    table = schema.change.c
    family = connection.execute(
        select(table.family).where(table.record == record, table.held == "").limit(1)
    ).scalar_one_or_none()
    return family or ""


def _paths(definition: Definition, dataset: str) -> dict[str, str]:
    return {
        name: path
        for declared in definition.entities
        if declared.dataset == dataset
        for name, path in declared.properties.items()
    }


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


def _finished(
    change: Change, before: Sequence[Change], definition: Definition, because: str = ""
) -> Change:
    """The change, which finishes the record as it stands with it.

    The council's texts stay those that it was finished with: nobody read others here.
    """
    after = Heads([*before, change])
    told = {p: a.value for p, a in after.answers().items() if not p.startswith("@") and a.value}
    begun = partial(Session, definition, clock=lambda: change.at, zone=ZoneInfo(ZONE))
    session = begun(told)
    stood = worded_since(session, finished_texts(definition, Heads(before)))
    if stood:
        session = begun({**told, **stood})
    final = finalising_answer(after, calculated(session, stood), because)
    answers = {**change.answers, FINALISED: Written(final, Heads(before).base(FINALISED))}
    return replace(change, answers=answers)


def _keep(connection: Connection, change: Change) -> None:
    message = to_wire(change)
    said = digest.canonical(message)
    mark = digest.fingerprint_of(said)
    stored = changes.row(message, said.decode(), mark)
    connection.execute(insert(schema.change).values(**stored))
    changes.publish(connection, [message], {message.id: mark})
