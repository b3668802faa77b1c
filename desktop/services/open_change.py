"""What is written of a record in one sitting: the open change, on top of what was there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.services.clock import Clock
from desktop.services.opened_record import OpenedRecord
from forms.records.answer import BLANK, Answer
from forms.records.answer_path import rows_of, schema_path
from forms.records.change import Change, Written
from forms.records.heads import Heads
from forms.records.naming import Naming
from forms.records.sealing import differing


@dataclass(frozen=True, slots=True)
class Said:
    """One person's answer: who, when, what."""

    change: str
    author: str
    mine: bool
    at: datetime
    answer: Answer


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands at a question: the answer, and who gave it; several if they differ.

    ``before`` is what those who differ had in front of them, as far as it is known here.
    ``lacks_reason``: somebody who must not see or know is named no more, and nobody said why; until
    somebody does, the name still counts.
    """

    answer: Answer
    said: tuple[Said, ...]
    in_conflict: bool
    before: tuple[Said, ...] = ()
    lacks_reason: bool = False


class OpenChange:
    """The answers of one sitting. It hands over immutable changes; it knows no vault."""

    def __init__(self, opened: OpenedRecord, clock: Clock) -> None:
        self._opened, self._clock = opened, clock
        self._changes = list(opened.changes)
        self._heads = Heads(opened.changes)
        self._open: dict[str, Written] = {}
        self._id = ""
        self._unsaved = False
        self._closed: list[Change] = []
        self._replaced: dict[str, Answer] = {}
        self.writes = 0

    @property
    def changes(self) -> Sequence[Change]:
        """Every change that is not open any more, oldest first."""
        return self._changes

    @property
    def heads(self) -> Heads:
        """The heads of what is not open any more."""
        return self._heads

    def write(self, path: str, answer: Answer) -> None:
        """Put an answer into the open change; its base is what stood before that began."""
        if not self._id:
            self._id = self._clock.new_id()
        self._replaced.setdefault(path, self.now(path))
        base = self._open[path].base if path in self._open else self._heads.base(path)
        self._open[path] = Written(answer, base)
        self._unsaved = True
        self.writes += 1

    def begin_step(self) -> None:
        """What is written from here on is one step."""
        self._replaced = {}

    def replaced(self) -> dict[str, Answer]:
        """What stood, before this step, wherever it wrote."""
        return dict(self._replaced)

    def now(self, path: str) -> Answer:
        """The answer as it stands, the open change on top."""
        return self._open[path].answer if path in self._open else self._heads.current(path)

    def told(self) -> dict[str, Answer]:
        """Every answer as it stands that is not blank and not in a row that was removed."""
        told = dict(self._heads.answers())
        for path, written in self._open.items():
            told[path] = written.answer
        return {
            path: answer
            for path, answer in told.items()
            if not answer.is_blank and all(not told.get(r, BLANK).is_blank for r in rows_of(path))
        }

    def close(self) -> None:
        """End the open change here; it waits to be taken by ``freeze``."""
        if not self._open:
            return
        whole = self._snapshot()
        kept = differing(whole, self._heads)
        self._closed.append(kept or replace(whole, answers={}))
        if kept is not None:
            self._changes.append(kept)
            self._heads.add(kept)
        self._open, self._id, self._unsaved = {}, "", False

    @property
    def is_unsaved(self) -> bool:
        """True if something was written since the last ``take_unsaved``, or waits to be sealed."""
        return self._unsaved or bool(self._closed)

    def take_unsaved(self) -> Change | None:
        """The open change as it stands, for the vault to write; None if it has it already."""
        if not self._unsaved:
            return None
        self._unsaved = False
        return self._snapshot()

    def not_saved(self) -> None:
        """The vault could not write what was taken last: it is unsaved again."""
        self._unsaved = bool(self._open)

    def freeze(self) -> tuple[Change, ...]:
        """End the open change: the vault writes and seals each of these, in order.

        What is written afterwards begins a new change. Empty if nothing was since the last time.
        """
        self.close()
        return self.take_closed()

    def take_closed(self) -> tuple[Change, ...]:
        """The changes that ended and were not taken yet, in order."""
        closed, self._closed = tuple(self._closed), []
        return closed

    def standing(self, path: str) -> Standing:
        """What stands at a question, with who said it."""
        if path in self._open:
            answer = self._open[path].answer
            lacks = bool(self.lost_names(path))
            return Standing(answer, (self._said_now(answer),), False, lacks_reason=lacks)
        known = {change.id: change for change in self._changes}
        said_by = tuple(
            self._said(known[change_id], answer)
            for change_id, answer in self._heads.of(path).items()
        )
        in_conflict = self._heads.in_conflict(path)
        before = self._before(path, known) if in_conflict else ()
        lacks = not in_conflict and bool(self.lost_names(path))
        return Standing(self._heads.current(path), said_by, in_conflict, before, lacks)

    def history(self, path: str) -> list[Said]:
        """Every answer ever given to a question, oldest first, the open one last."""
        told = [self._said(c, c.answers[path].answer) for c in self._changes if path in c.answers]
        if path in self._open:
            told.append(self._said_now(self._open[path].answer))
        return told

    def loosens(self, path: str, answer: Answer) -> bool:
        """True if this would loosen a protective answer that others may rely on."""
        for question in self._opened.protective:
            if question.path == schema_path(path):
                sealed = self._heads.of(path).values()
                safest = min((question.danger(a) for a in sealed), default=None)
                return safest is not None and question.danger(answer) > safest
        return False

    def lost_names(self, path: str, now: Answer | None = None) -> frozenset[str]:
        """Who is named no more at this path, without a reason; ``now``: what stands, or would."""
        now = self.now(path) if now is None else now
        question = self._naming(path)
        if question is None or now.reason:
            return frozenset()
        return question.relied_on(path, self._changes) - question.named(now.value)

    def careful(self, path: str) -> str:
        """The newest answer here that still names everybody who is relied on, or one that does."""
        question, now = self._naming(path), self.now(path).value
        if question is None:
            return now
        relied = question.relied_on(path, self._changes)
        told = [said.answer.value for said in reversed(self.history(path))]
        for value in told:
            if relied <= question.named(value):
                return value
        return question.joined([now, *(v for v in told if question.named(v) - question.named(now))])

    def _naming(self, path: str) -> Naming | None:
        asked = schema_path(path)
        return next((one for one in self._opened.naming if one.path == asked), None)

    def _before(self, path: str, known: Mapping[str, Change]) -> tuple[Said, ...]:
        bases = {
            base: known[base].answers[path].answer
            for head in self._heads.of(path)
            for base in known[head].answers[path].base
            if base in known
        }
        return tuple(self._said(known[base], answer) for base, answer in sorted(bases.items()))

    def _said_now(self, answer: Answer) -> Said:
        me = self._name(self._opened.author)
        return Said(self._id, me, True, self._clock.now(), answer)

    def _said(self, change: Change, answer: Answer) -> Said:
        mine = change.author == self._opened.author
        return Said(change.id, self._name(change.author), mine, change.at, answer)

    def _name(self, author: str) -> str:
        return self._opened.names.get(author, "A colleague")

    def _snapshot(self) -> Change:
        opened = self._opened
        return Change(
            self._id,
            opened.record,
            opened.family,
            opened.form,
            opened.version,
            opened.author,
            opened.device,
            0,
            self._clock.now(),
            self._clock.zone,
            dict(self._open),
        )
