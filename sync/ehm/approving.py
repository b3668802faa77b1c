"""What waits for a second person in the families of a team, and what they say to it.

Only of records that their role may have: that something waits in another leaves no trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from forms.casework.approvals import (
    AGREED,
    CLOSURE,
    LOOSENED,
    NOT_AGREED,
    OCCASIONS,
    OVERRIDE,
    WAITING,
    Approval,
    approvals,
)
from forms.casework.audience import Reader, may_have, role_may_have
from forms.casework.people import household, people_csv
from forms.records.answer import Answer
from forms.records.change import MOVED
from sync.contract.messages import (
    ApprovalKind,
    Approve,
    Line,
    Noted,
    OversightNote,
    ReadWaiting,
    TeamFamily,
    Waiting,
    WaitingRead,
)
from sync.ehm import (
    audience,
    audience_rules,
    audit,
    awaited,
    caseload,
    in_words,
    people,
    schema,
    written_here,
)
from sync.ehm.awaited import Awaited
from sync.ehm.changes import Sender
from sync.ehm.known_records import Forms, known_records
from sync.ehm.problems import Refusal, not_found
from sync.ehm.store import parts
from sync.ehm.written_here import ZONE, Hand

_FORM = "oversight"
_BECAUSE = "Written online, on the team's page"


def waiting(connection: Connection, sender: Sender) -> list[Waiting]:
    """What this person can agree to, what waits for longest first."""
    here = [one for one in awaited.everything(connection) if one.author != sender.worker]
    lines = {line.id: line for line in caseload.team(connection, sender.worker, _families(here))}
    theirs = _that_they_may_have(connection, sender, here)
    found = [(lines[one.family], one) for one in here if one in theirs and one.family in lines]
    names = people.of_ids(connection, {one.author for _, one in found})
    moved = _that_were_moved(connection, [one for _, one in found])
    return [
        Waiting(
            kind=cast(ApprovalKind, one.kind),
            record=one.record,
            seen=one.seen,
            path=one.path,
            family=line.id,
            number=line.number or line.reference,
            asked_by=names[one.author],
            since=one.since,
            moved=one.seen in moved,
        )
        for line, one in found
    ]


def read(connection: Connection, sender: Sender, said: ReadWaiting) -> WaitingRead:
    """What the record says that waits. Audited; ``not_found`` for what is not theirs."""
    forms = Forms(connection)
    line, one = _find(connection, forms, sender, said.record, said.seen)
    records = known_records(connection, forms, line.id)
    record = next(each for each in records if each.id == one.record)
    audit.note(connection, sender.at, sender.worker, "read what waits", line.id, one.record)
    definition = forms.with_people(record, people_csv(household(records)))
    if definition is None:
        raise not_found()
    asked = list(in_words.lines(definition, record.heads, sender.at, one.path))
    if one.kind == LOOSENED:
        worded = in_words.wording(definition, record.heads, sender.at, {})
        before = worded(one.path, one.before.value) or "Not answered"
        asked.append(Line(question="Before that", answer=before))
        asked.append(Line(question="Why", answer=record.heads.current(one.path).reason))
    return WaitingRead(title=definition.title(), lines=tuple(asked))


def decide(connection: Connection, sender: Sender, record: str, said: Approve) -> Noted:
    """Keeps a second person's word as a record of the family, and does what follows from it."""
    forms = Forms(connection)
    line, one = _find(connection, forms, sender, record, said.seen)
    if one.kind != said.kind or one.path != (said.path or "") or one.standing != WAITING:
        raise not_found()
    if one.author == sender.worker:
        raise Refusal(
            403,
            "second_person",
            "Somebody else must look at it",
            "It is your own. Ask a colleague.",
        )
    agrees = said.decision == "approve"
    noted = _write_note(
        connection,
        sender,
        line.id,
        {
            "occasion": OCCASIONS[one.kind],
            "decision": AGREED if agrees else NOT_AGREED,
            "why": said.words,
            "comments": said.words,
            "about_record": one.record,
            "about_seen": one.seen,
        },
    )
    _follow(connection, sender, one, said, agrees=agrees)
    act = f"{'approved' if agrees else 'returned'}: {one.kind}"
    audit.note(connection, sender.at, sender.worker, act, line.id, one.record)
    return Noted(record=noted)


def note(connection: Connection, sender: Sender, family: str, said: OversightNote) -> Noted:
    """A manager's note on a family of the team. ``not_found`` for any other family."""
    if not caseload.team(connection, sender.worker, {family}):
        raise not_found()
    told = {
        "occasion": said.occasion,
        "decision": said.decision,
        "comments": said.words,
        "why": said.words,
        "next_on": said.next_on.isoformat() if said.next_on else "",
    }
    record = _write_note(connection, sender, family, told)
    audit.note(connection, sender.at, sender.worker, "wrote an oversight note", family, record)
    return Noted(record=record)


def _families(found: Iterable[Awaited]) -> set[str]:
    return {one.family for one in found}


def _that_they_may_have(
    connection: Connection, sender: Sender, found: Sequence[Awaited]
) -> set[Awaited]:
    """Those of records that this one may have: by their role, or because they wrote in them."""
    rules, change = audience_rules.newest(connection), schema.change.c
    written: set[str] = set()
    for part in parts(sorted({one.record for one in found})):
        by_them = (change.author == sender.worker) & (change.held == "")
        rows = connection.execute(select(change.record).where(change.record.in_(part), by_them))
        written.update(rows.scalars())
    return {
        one
        for one in found
        if one.record in written
        or role_may_have(rules, sender.role, one.form, restricted=one.is_restricted)
    }


def _that_were_moved(connection: Connection, found: Sequence[Awaited]) -> set[str]:
    change, moved = schema.change.c, set[str]()
    for part in parts(sorted({one.seen for one in found})):
        here = select(change.id).where(change.id.in_(part), change.device == MOVED)
        moved.update(connection.execute(here).scalars())
    return moved


def _write_note(connection: Connection, sender: Sender, family: str, told: dict[str, str]) -> str:
    today = sender.at.astimezone(ZoneInfo(ZONE)).date().isoformat()
    said = {"on": today, "by": _name(connection, sender), **told}
    hand = Hand(sender.worker, sender.at)
    filled = {name: value for name, value in said.items() if value}
    return written_here.begin(connection, family, _FORM, _FORM, filled, hand, _BECAUSE)


def _follow(
    connection: Connection, sender: Sender, one: Approval, said: Approve, *, agrees: bool
) -> None:
    hand, name = Hand(sender.worker, sender.at), _name(connection, sender)
    because = f"{name}: {said.words}"
    if one.kind == CLOSURE:
        told = {
            "manager_agrees": "yes" if agrees else "no",
            "manager_name": name,
            "manager_comment": said.words,
        }
        if not written_here.answer(
            connection, one.record, "closure", told, hand, because, finish=agrees
        ):  # an older form has no question for a manager: that they finish it anew says it
            written_here.write(connection, one.record, {}, hand, because, finish=agrees)
    elif one.kind == OVERRIDE and not agrees:
        told = {"decided": "not_share"}
        written_here.answer(connection, one.record, "share_decision", told, hand, because)
    elif one.kind == LOOSENED and not agrees:
        before = Answer(one.before.value, one.before.absent, because)
        written_here.write(connection, one.record, {one.path: before}, hand, because)


def _of_family(
    connection: Connection, forms: Forms, sender: Sender, family: str
) -> Iterator[Approval]:
    """Everything for a second person in the records that this one may have."""
    stories = audience.stories(connection, family)
    rules, reader = audience_rules.newest(connection), Reader(sender.worker, sender.role)
    have = frozenset(change.id for story in stories for change in story.changes)
    theirs = {s.record for s in stories if may_have(rules, reader, s, "", have)}
    changes = {s.record: forms.read(s.changes)[1] for s in stories}
    guards = forms.pack.protective if forms.pack is not None else ()
    records = known_records(connection, forms, family)
    return (one for one in approvals(records, changes, guards) if one.record in theirs)


def _find(
    connection: Connection, forms: Forms, sender: Sender, record: str, seen: str
) -> tuple[TeamFamily, Approval]:
    family = written_here.family_of(connection, record)
    for line in caseload.team(connection, sender.worker, {family}):
        for one in _of_family(connection, forms, sender, line.id):
            if one.record == record and one.seen == seen:
                return line, one
    raise not_found()


def _name(connection: Connection, sender: Sender) -> str:
    return people.of_ids(connection, {sender.worker})[sender.worker].name
