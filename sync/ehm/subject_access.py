"""What is written about one person: a draft for information governance, and an audit line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from forms.casework.known_record import KnownRecord
from forms.casework.people import household
from forms.casework.subject_access import TABLE, access_draft
from forms.casework.subject_access import AccessLine as Found
from forms.pack import Pack
from forms.records.answer import Absent, Answer
from forms.records.answer_path import schema_path
from forms.records.change import Change
from forms.xforms import Definition
from sync.contract.changes import from_wire
from sync.contract.messages import (
    AccessDraft,
    AccessLine,
    AskAccess,
    FindSubject,
    Subject,
    Subjects,
    WireChange,
    Worker,
)
from sync.ehm import audit, history, in_words, looking, packs, people, schema
from sync.ehm.changes import Sender
from sync.ehm.known_records import Forms, known_records
from sync.ehm.matching import bonds
from sync.ehm.problems import not_found
from sync.ehm.store import aware

_ABSENT = {
    Absent.NOT_KNOWN: "Not known",
    Absent.DECLINED: "Did not want to say",
    Absent.NOT_ASKED: "Not asked yet",
}


def find(connection: Connection, sender: Sender, said: FindSubject) -> Subjects:
    """Who is in a family, by its number or reference. Audited, with the reason.

    Raises ``not_found``, also for a family that they said they know.
    """
    family = schema.family.c
    row = connection.execute(
        select(schema.family)
        .where(or_(family.number == said.number, family.reference == said.number))
        .limit(1)
    ).first()
    if row is None or looking.is_hidden(connection, sender.worker, row.id):
        raise not_found()
    audit.note(
        connection,
        sender.at,
        sender.worker,
        "looked for whom a draft is about",
        row.id,
        said.reason,
    )
    records = _records(connection, row.id)
    return Subjects(family=row.id, number=row.number, people=tuple(_subjects(records)))


def draft(connection: Connection, sender: Sender, said: AskAccess) -> AccessDraft:
    """The draft for one person. Audited, with the reason. Raises ``not_found`` as `find` does."""
    row = connection.execute(
        select(schema.family).where(schema.family.c.id == said.family)
    ).one_or_none()
    is_shown = row is not None and not looking.is_hidden(connection, sender.worker, said.family)
    records = _records(connection, said.family) if is_shown else []
    subject = next((one for one in _subjects(records) if one.id == said.person), None)
    if row is None or subject is None:
        raise not_found()
    whole = bonds.whole(connection, said.family)
    changes = _changes(connection, whole)
    notice = packs.latest(connection)
    tables: Mapping[str, Sequence[Mapping[str, str]]] = (
        Pack.read(packs.content(connection, notice.version)).tables if notice is not None else {}
    )
    found = access_draft(records, changes, said.person, tables.get(TABLE, ()))
    audit.note(
        connection,
        sender.at,
        sender.worker,
        "made a draft of what is written about somebody",
        said.family,
        f"{said.person}: {said.reason} ({len(found.lines)} lines)",
    )
    authors = people.of_ids(connection, {line.author for line in found.lines})
    names = {one.id: one.name for one in household(records)}
    asked = {record.id: _questions(record) for record in records}
    wording = {record.id: _wording(record, sender.at, names) for record in records}
    return AccessDraft(
        head=history.current_head(connection),
        family=said.family,
        number=row.number,
        subject=subject,
        made=sender.at,
        reason=said.reason,
        lines=tuple(
            _line(line, asked[line.record], wording[line.record], authors) for line in found.lines
        ),
        left_out=found.left_out,
        unread=len({change.record for change in changes.values()}) - len(records),
        held=_held(connection, whole),
        last_heard=tuple(_last_heard(connection, whole)),
    )


def _records(connection: Connection, family: str) -> list[KnownRecord]:
    forms = Forms(connection)
    return [
        record
        for each in sorted(bonds.whole(connection, family))
        for record in known_records(connection, forms, each)
    ]


def _subjects(records: Sequence[KnownRecord]) -> list[Subject]:
    return [
        Subject(id=one.id, name=one.name, born=one.born.isoformat() if one.born else "")
        for one in household(records)
    ]


def _changes(connection: Connection, whole: set[str]) -> dict[str, Change]:
    change = schema.change.c
    bodies = connection.execute(
        select(change.body).where(change.family.in_(whole), change.held == "")
    ).scalars()
    read = (from_wire(WireChange.model_validate_json(body)) for body in bodies)
    return {one.id: one for one in read}


def _held(connection: Connection, whole: set[str]) -> int:
    change = schema.change.c
    query = select(func.count()).where(change.family.in_(whole), change.held != "")
    return connection.execute(query).scalar_one()


def _last_heard(connection: Connection, whole: set[str]) -> list[tuple[str, datetime | None]]:
    """Every laptop whose worker has the family, the longest unheard of first."""
    device, member = schema.device, schema.member
    rows = connection.execute(
        select(device.c.id, device.c.name, device.c.last_contact)
        .join(member, member.c.worker == device.c.worker)
        .where(member.c.family.in_(whole), device.c.revoked.is_(None))
        .order_by(device.c.last_contact, device.c.id)
        .distinct()
    )
    return [(row.name, aware(row.last_contact) if row.last_contact else None) for row in rows]


def _line(
    line: Found,
    asked: Mapping[str, str],
    said: Callable[[str, str], str],
    authors: Mapping[str, Worker],
) -> AccessLine:
    path = schema_path(line.path)
    return AccessLine(
        record=line.record,
        form=line.form,
        title=asked.get("", line.form),
        question=asked.get(path) or path.rpartition("/")[2].replace("_", " "),
        value=_words(said(line.path, line.answer.value), line.answer),
        by=authors[line.author],
        at=line.at,
        marks=line.marks,
    )


def _words(said: str, answer: Answer) -> str:
    """What was said, or that nothing was; and why, where somebody wrote it."""
    told = _ABSENT[answer.absent] if answer.absent is not None else said
    return f"{told} ({answer.reason})" if answer.reason else told


def _questions(record: KnownRecord) -> dict[str, str]:
    """The words of every question of a form, by its path; those of the form itself at blank."""
    definition = record.definition
    if not isinstance(definition, Definition):
        return {}
    asked = {question.path: question.label() for question in definition.questions}
    return {**asked, "": definition.title()}


def _wording(
    record: KnownRecord, now: datetime, names: Mapping[str, str]
) -> Callable[[str, str], str]:
    """How the answers of a record read in the words of its own version of the form."""
    definition = record.definition
    if not isinstance(definition, Definition):
        return lambda _path, value: value
    return in_words.wording(definition, record.heads, now, names)
