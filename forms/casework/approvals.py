"""What a second person looks at: closures, Level 4, sharing without agreement, loosened answers.

Whoever looked at it is in a record of the form *oversight* (domain.md 1.17), which names the record
and the very state of it that they had before them: once that is written on, it waits again. Nobody
agrees to what they wrote themselves, and only what was written at the centre, by somebody signed in
there whose role may agree, is such a word: the same typed on a laptop is what its worker was told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from forms.casework.closing import is_agreed
from forms.casework.entities import Entity, entities
from forms.casework.known_record import KnownRecord
from forms.casework.oversight import managers_notes
from forms.casework.people import read_date
from forms.casework.requests import LEVEL_4, hub_has_answered, requests
from forms.records.answer import BLANK, Answer
from forms.records.answer_path import schema_path
from forms.records.change import MOVED, Change
from forms.records.finalising import AMENDED, FINALISED, finalising_change
from forms.records.protective import Protective, safest

CLOSURE, OVERRIDE, LOOSENED = "closure", "override", "loosened"
WAITING, APPROVED, RETURNED = "waiting", "approved", "returned"
OCCASIONS = {CLOSURE: "closure", LEVEL_4: "step_up", OVERRIDE: "sharing", LOOSENED: "safety"}
"""What a note about each is for, in the form's own codes."""
AGREED, NOT_AGREED = "agreed", "not_agreed"


@dataclass(frozen=True, slots=True, repr=False)
class Approval:
    """One thing for a second person, and how it stands.

    ``seen`` is the change that they look at: the one that finished the record, or gave the answer
    at ``path``. ``before`` is what a loosened answer replaced. ``by`` is the name of who looked.
    What was moved here from another family waits anew: what a second person said of it there was
    said of that family, and is no word on this one.
    """

    kind: str
    record: str
    form: str
    seen: str
    author: str
    since: datetime
    path: str = ""
    before: Answer = BLANK
    standing: str = WAITING
    by: str = ""
    on: date | None = None
    words: str = ""


def approvals(
    records: Sequence[KnownRecord],
    changes: Mapping[str, Sequence[Change]],
    protective: Sequence[Protective],
) -> tuple[Approval, ...]:
    """Everything of a family that a second person looks at, what waits for longest first.

    ``changes`` are all changes of each record by its id.
    """
    notes = {
        (note.said("about_record"), note.said("about_seen")): (record.author, note)
        for record in records
        if record.finalised
        for note in managers_notes([record])
        if note.said("about_record")
    }
    found = []
    for record in records:
        of_record = changes.get(record.id, ())
        for asked in (*_finished(record, of_record), *_loosened(record, of_record, protective)):
            one = _as_noted(asked, notes.get((asked.record, asked.seen)))
            stands = record.finalised if one.kind == LEVEL_4 else record.as_finished
            if stands or one.kind == LOOSENED or one.standing == RETURNED:
                found.append(one)
    return tuple(sorted(found, key=lambda one: (one.since, one.record, one.path)))


def _finished(record: KnownRecord, changes: Sequence[Change]) -> Iterator[Approval]:
    """What a finished record asks for; what is written on again may have been sent back."""
    done = finalising_change(changes)
    if done is None:
        return
    kinds = []
    if any(not is_agreed(one, record) for one in entities([record], "closure")):
        kinds.append(CLOSURE)
    if any(one.kind == LEVEL_4 for one in requests([record])) and not hub_has_answered(record):
        kinds.append(LEVEL_4)
    if any(one.said("decided") == "share" for one in entities([record], "share_decision")):
        kinds.append(OVERRIDE)
    for kind in kinds:
        author = _finished_by(changes, done)
        yield Approval(kind, record.id, record.form, done.id, author, done.at)


def _finished_by(changes: Sequence[Change], done: Change) -> str:
    """Who asks for a second person: not who was one already, where the record was moved since."""
    if done.device != MOVED:
        return done.author
    before = [one for one in changes if FINALISED in one.answers and AMENDED not in one.answers]
    return before[-1].author if before else done.author


def _loosened(
    record: KnownRecord, changes: Sequence[Change], protective: Sequence[Protective]
) -> Iterator[Approval]:
    """Answers that stand, with a reason, and are less careful than what they replaced."""
    known = {change.id: change for change in changes}
    asked = [question for question in protective if question.form == record.form]
    for path in sorted(record.heads.paths()) if asked else ():
        for question in asked:
            if question.path != schema_path(path) or record.heads.in_conflict(path):
                continue
            for head, answer in record.heads.of(path).items():
                bases = [
                    known[base].answers[path].answer
                    for base in known[head].answers[path].base
                    if base in known and path in known[base].answers
                ]
                before = safest(question, bases)
                if bases and answer.reason and question.danger(before) < question.danger(answer):
                    change = known[head]
                    yield Approval(
                        LOOSENED, record.id, record.form, head, change.author, change.at,
                        path, before,
                    )  # fmt: skip


def _as_noted(asked: Approval, noted: tuple[str, Entity] | None) -> Approval:
    if noted is None or noted[0] == asked.author:
        return asked
    note = noted[1]
    return replace(
        asked,
        standing=RETURNED if note.said("decision") == NOT_AGREED else APPROVED,
        by=note.said("by"),
        on=read_date(note.said("on")),
        words=note.said("why"),
    )
