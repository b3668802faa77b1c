"""Whether something may be done in this home: leave paper, talk. The cautious answer governs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.casework.carrying import is_carried_on
from forms.casework.known_record import KnownRecord
from forms.pack import Pack
from forms.records.answer import Absent, Answer
from forms.records.answer_path import schema_path
from forms.records.change import Change
from forms.records.heads import Heads
from forms.records.protective import Protective, governing

NOT_ASKED, WAITING, CONFLICT, NOT_KNOWN = "not_asked", "waiting", "conflict", "not_known"


@dataclass(frozen=True, slots=True, repr=False)
class Permission:
    """Whether it may be done, and why in the council's words.

    ``reason`` is the governing answer's own code, or ``not_asked``, ``not_known`` (nobody could or
    would say), ``conflict`` (answers differ), ``waiting`` (loosened, but the centre has not got
    that yet). ``record`` and ``path`` lead to the question; with no record yet, ``form`` is the one
    to begin.
    """

    allowed: bool
    reason: str
    words: str
    form: str = ""
    record: str | None = None
    path: str = ""


def permission(
    what: str,
    records: Iterable[KnownRecord],
    pack: Pack,
    changes: Mapping[str, Sequence[Change]],
    acknowledged: Collection[str],
) -> Permission:
    """Whether ``what`` (a guard of the pack: ``paper``, ``talk``) is allowed.

    Until somebody asks, it is not; then only if every record that asks says the loosest answer and
    that answer is in force. An answer that another record has taken up as it stands is asked on
    there, and not twice.
    ``changes`` holds all changes of each record by its id; ``acknowledged`` the ids of those that
    the EHM has listed back.
    """
    known = list(records)
    found = [
        judged
        for guard in pack.guarding(what)
        for judged in _judged(guard, known, changes, acknowledged)
    ]
    worst = min(found, key=lambda one: one.allowed, default=_Judged(False, NOT_ASKED, None))
    asked = worst.question or next(iter(pack.guarding(what)), None)
    return Permission(
        allowed=worst.allowed,
        reason=worst.reason,
        words=pack.words.get(f"{what}.{worst.reason}", ""),
        form=asked.form if asked else "",
        record=worst.record,
        path=asked.path if asked else "",
    )


@dataclass(frozen=True, slots=True, repr=False)
class _Judged:
    allowed: bool
    reason: str
    question: Protective | None
    record: str | None = None


def _judged(
    guard: Protective,
    records: Iterable[KnownRecord],
    changes: Mapping[str, Sequence[Change]],
    acknowledged: Collection[str],
) -> Iterator[_Judged]:
    known = list(records)
    for record in known:
        if record.form != guard.form:
            continue
        of_record = changes.get(record.id, ())
        for question in _in_record(guard, record):
            others = (other.heads for other in known)
            if is_carried_on(record.id, record.heads, question.path, others):
                continue
            governs = governing(question, of_record, acknowledged)
            allowed = governs.value == question.safest_first[-1]
            reason = _reason(question, governs, Heads(of_record), allowed)
            yield _Judged(allowed, reason, question, record.id)


def _in_record(guard: Protective, record: KnownRecord) -> Iterator[Protective]:
    """The question as it stands in the record: once for each row that it was answered in."""
    asked = [path for path in record.heads.paths() if schema_path(path) == guard.path]
    for path in sorted(asked) or [guard.path]:
        yield Protective(guard.form, path, guard.safest_first)


def _reason(question: Protective, governs: Answer, heads: Heads, allowed: bool) -> str:
    """Why: said to the worker, so the cause that they can do something about comes first."""
    if allowed:
        return governs.value
    if heads.in_conflict(question.path):
        return CONFLICT
    if heads.current(question.path) != governs:
        return WAITING
    if governs.value in question.safest_first:
        return governs.value
    return NOT_ASKED if governs.absent in (None, Absent.NOT_ASKED) else NOT_KNOWN
