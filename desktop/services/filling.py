"""Filling a record: one sitting of one worker with one form.

A ``Filling`` lives on the GUI thread. It hands over immutable changes for the vault lane to write;
it knows no vault. The ``Session`` says what follows from an answer; this says what was written, on
top of what, and what can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from desktop.services.clock import Clock
from desktop.services.entering import enterable
from desktop.services.open_change import OpenChange, Said, Standing
from desktop.services.opened_record import OpenedRecord
from desktop.services.outline import Outline
from forms.casework.finished_texts import (
    EarlierWords,
    calculated,
    earlier_words,
    finished_texts,
    finishings,
    worded_since,
)
from forms.casework.gates import telephone_first
from forms.records.answer import BLANK, Absent, Answer
from forms.records.answer_path import beside, is_row, row_id
from forms.records.change import Change
from forms.records.undo import in_order_of_making, undo_of_last
from forms.xforms import Definition, Delta, NodeKind, Session

NOTHING = Delta(frozenset(), frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class _Step:
    """What one act of the worker changed, for undo and redo."""

    before: Mapping[str, Answer]
    after: Mapping[str, Answer]


class Filling:
    """The open record of one sitting. See ``docs/architecture.md``, how an answer travels.

    ``outline``: the pages of its form, and what each still wants.

    Over thirty methods: all that is written, undone and saved in a sitting goes through it, and a
    third of them are one line that hands on to the open change.
    """

    def __init__(self, opened: OpenedRecord, clock: Clock) -> None:
        self.opened = opened
        self._writing = OpenChange(opened, clock)
        self._steps: list[_Step] = []
        self._undone: list[_Step] = []
        self._typing_at = ""
        answers = self._writing.heads.answers()
        said = {p: a.value for p, a in answers.items() if _is_told_to_session(p, a)}
        self._clock = clock
        self.session = _begun(opened, clock, said)
        texts = finished_texts(opened.definition, self._writing.heads)
        self._stood = worded_since(self.session, texts)
        if self._stood:
            said |= self._stood
            self.session = _begun(opened, clock, said)
        self.outline = Outline(self.session, opened.title, self._is_absent)
        for path, value in self.session.answers().items():
            if value and path not in said:  # what the form says by itself is written like the rest
                self._writing.write(path, Answer(value))

    # --- writing -----------------------------------------------------------------------------

    def answer(self, path: str, value: str, reason: str = "") -> Delta:
        """Answer one question; ``reason`` is needed where the answer loosens a protective one.

        Typing on in one question is one step of undo until the question is left or sealed. What no
        page could show is replaced as it comes in (`entering.enterable`).
        """
        value, reason = enterable(value), enterable(reason)
        standing = self.standing(path)
        stands = standing.answer.value == value and standing.answer.absent is None
        if stands and not standing.in_conflict and not reason:
            return NOTHING
        return self._act({path: Answer(value, None, reason)}, typing=path)

    def know(self, definition: Definition) -> None:
        """Go on with lists that have changed, such as one more person; every answer stays."""
        language, answers = self.session.language, self.session.answers()
        self.opened = replace(self.opened, definition=definition)
        self.session = _begun(self.opened, self._clock, answers | self._stood)
        if language is not None:
            self.session.set_language(language)
        self.outline = Outline(self.session, self.opened.title, self._is_absent)

    def take_up(self, answers: Mapping[str, Answer]) -> None:
        """Begin with what another record of the family says; its rows come before blank ones."""
        repeats = {path[: path.rfind("[")] for path in answers if is_row(path)}
        for path in [p for p in self.session.answers() if is_row(p)]:
            if path not in answers and path[: path.rfind("[")] in repeats:
                self.remove_row(path)
        self._apply({p: a for p, a in answers.items() if not p.startswith("@")})
        for path in answers:
            if path.startswith("@"):
                self._writing.write(path, answers[path])
        self._steps.clear()

    def set_absent(self, path: str, absent: Absent, reason: str = "") -> Delta:
        """Say why there is no answer. The answer that was there stays in the history."""
        return self._act({path: Answer("", absent, enterable(reason))})

    def answer_together(self, answers: Mapping[str, str]) -> Delta:
        """Answer several questions in one step, which undo takes back whole."""
        return self._act({path: Answer(enterable(value)) for path, value in answers.items()})

    def add_row(self, repeat: str, said: Mapping[str, str] | None = None) -> tuple[str, Delta]:
        """Add a row at the end; its path, and what followed.

        ``said``: answers in it, by their path in the form; it is one step with the row.
        """
        before = self._writing.told()
        delta = self.session.add(repeat)
        row = min((path for path in delta.added if is_row(path)), key=len)
        for schema, value in (said or {}).items():
            path, words = beside(f"{row}/", schema), enterable(value)
            delta = _joined(delta, self.session.set(path, words))
            self._writing.write(path, Answer(words))
        self._remember_step(before, delta, {})
        return row, delta

    def remove_row(self, row: str, reason: str = "") -> Delta:
        """Take a row away with all that was said in it; undo brings it back.

        ``reason`` is needed where somebody is named in it who must not see or know.
        """
        before = self._writing.told()
        why = Answer(reason=enterable(reason))
        gone = {
            path: why if self._writing.lost_names(path, BLANK) else BLANK
            for path in before
            if path == row or path.startswith(row + "/")
        }
        delta = self.session.remove(row)
        self._remember_step(before, delta, gone)
        return delta

    def move_row(self, row: str, by: int) -> Delta:
        """Put a row one place on (1) or back (-1); nothing follows at the ends."""
        siblings = self.session.node(row[: row.rfind("[")]).children
        rows = [node for node in siblings if node.kind is NodeKind.ROW]
        at = next((n for n, node in enumerate(rows) if node.path == row), -1)
        if at < 0 or not 0 <= at + by < len(rows):
            return NOTHING
        rows[at], rows[at + by] = rows[at + by], rows[at]
        places = sorted(node.place for node in rows)
        if len(set(places)) < len(places):  # two people put a row at one place
            places = [f"{10 * (n + 1):06}" for n in range(len(rows))]
        moved = zip(rows, places, strict=True)
        return self._act({n.path: Answer(place) for n, place in moved if n.place != place})

    def undo(self) -> Delta:
        """Take back the last step of this sitting, or the last change of an earlier one."""
        self._typing_at = ""
        if self._steps:
            step = self._steps.pop()
            self._undone.append(step)
            return self._apply(step.before)
        self._writing.close()
        undone = undo_of_last(self._writing.changes, self.opened.author)
        if undone is None:
            return NOTHING
        before = {path: self._writing.now(path) for path in undone.restored}
        self._undone.append(_Step(undone.restored, before))
        delta = self._apply(undone.restored)
        self._writing.close()
        return delta

    def redo(self) -> Delta:
        """Do again what was undone last."""
        if not self._undone:
            return NOTHING
        self._typing_at = ""
        step = self._undone.pop()
        self._steps.append(step)
        return self._apply(step.after)

    @property
    def can_undo(self) -> bool:
        """True if there is something of this author's to take back."""
        undone = None if self._steps else undo_of_last(self._writing.changes, self.opened.author)
        return bool(self._steps) or (undone is not None and bool(undone.restored))

    @property
    def can_redo(self) -> bool:
        """True right after undoing."""
        return bool(self._undone)

    @property
    def steps(self) -> int:
        """How many steps of this sitting can be taken back."""
        return len(self._steps)

    @property
    def writes(self) -> int:
        """How often something was written in this sitting: whether there was more since."""
        return self._writing.writes

    # --- handing over to the vault -----------------------------------------------------------

    @property
    def is_unsaved(self) -> bool:
        """True if something was said since the last ``take_unsaved``, or undone and not taken."""
        return self._writing.is_unsaved

    def take_closed(self) -> tuple[Change, ...]:
        """What undoing an earlier change has ended, to be sealed before the open change."""
        return self._writing.take_closed()

    def take_unsaved(self) -> Change | None:
        """The open change as it stands, for the vault to write; None if it has it already."""
        return self._writing.take_unsaved()

    def not_saved(self) -> None:
        """The vault could not write what was taken last: it is unsaved again."""
        self._writing.not_saved()

    def freeze(self) -> tuple[Change, ...]:
        """End the open change: the vault writes and seals each of these, in order."""
        self._typing_at = ""
        return self._writing.freeze()

    # --- reading -----------------------------------------------------------------------------

    def must_ring_first(self) -> str:
        """The question that keeps a Level 4 request from being finished; blank if none does."""
        return telephone_first(self.opened.definition, lambda path: self._writing.now(path).value)

    def standing(self, path: str) -> Standing:
        """What stands at a question, with who said it."""
        return self._writing.standing(path)

    def calculated(self) -> dict[str, str]:
        """What follows from the answers, with the texts that people read: what is finished."""
        return calculated(self.session, self._stood)

    def earlier_words(self, sees: Callable[[str], bool] | None = None) -> tuple[EarlierWords, ...]:
        """The council's texts that this record was finished with, where it says others now.

        ``sees``: of which paths they may be told.
        """
        known = finishings(self.opened.definition, self.opened.changes)
        if sees is not None:
            known = tuple(one.of(sees) for one in known)
        return earlier_words(self.session, self._writing.heads, known)

    def values(self, path: str) -> frozenset[str]:
        """Every different value that stands at a question: several if people differ."""
        return frozenset(said.answer.value for said in self.standing(path).said)

    def history(self, path: str) -> list[Said]:
        """Every answer ever given to a question, oldest first, the unsealed one last."""
        return self._writing.history(path)

    def needs_reason(self, path: str, value: str) -> bool:
        """True if this answer would loosen a protective one that others may rely on."""
        return self._writing.loosens(path, Answer(value))

    def needs_reason_to_remove(self, row: str) -> bool:
        """True if somebody is named in this row who must not see or know."""
        if not self.opened.naming:
            return False
        told = self._writing.told()
        return any(self._writing.lost_names(p, BLANK) for p in told if p.startswith(row + "/"))

    def careful(self, path: str) -> str:
        """The newest answer that still names everybody who must not see or know."""
        return self._writing.careful(path)

    # --- inside ------------------------------------------------------------------------------

    def _act(self, wanted: Mapping[str, Answer], typing: str = "") -> Delta:
        self._writing.begin_step()
        delta = self._apply(wanted)
        before = self._writing.replaced()
        step = _Step(before, {path: self._writing.now(path) for path in before})
        if typing and typing == self._typing_at and self._steps:
            begun = self._steps.pop()
            step = _Step({**step.before, **begun.before}, {**begun.after, **step.after})
        self._typing_at = typing
        self._steps.append(step)
        self._undone.clear()
        return delta

    def _apply(self, wanted: Mapping[str, Answer]) -> Delta:
        """Bring session and open change to these answers; what changed on the way."""
        whole = NOTHING
        for path, answer in in_order_of_making(wanted):
            whole = _joined(whole, self._tell_session(path, answer))
            self._writing.write(path, answer)
        self.outline.changed(wanted)
        self._follow(whole)
        return whole

    def _tell_session(self, path: str, answer: Answer) -> Delta:
        if not is_row(path):
            return self.session.set(path, answer.value)
        exists = path in self.session.answers_at((path,))
        if answer.is_blank:
            return self.session.remove(path) if exists else NOTHING
        if exists:
            return self.session.move(path, answer.value)
        repeat = path[: path.rfind("[")]
        return self.session.add(repeat, row=row_id(path), place=answer.value)

    def _follow(self, delta: Delta) -> None:
        """Write down what the form itself set (defaults of a row, setvalue), as answers."""
        paths = delta.changed | delta.added | delta.removed
        self.outline.changed(paths)
        told = self.session.answers_at(paths)
        for path in paths:
            value, now = told.get(path, ""), self._writing.now(path)
            if value != now.value:
                self._writing.write(path, Answer(value))

    def _remember_step(
        self, before: Mapping[str, Answer], delta: Delta, gone: Mapping[str, Answer]
    ) -> None:
        self._follow(delta)
        for path, answer in gone.items():
            self._writing.write(path, answer)
        after = {**self._writing.told(), **gone}
        touched = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
        self._steps.append(
            _Step(
                {path: before.get(path, BLANK) for path in touched},
                {path: after.get(path, BLANK) for path in touched},
            )
        )
        self._undone.clear()
        self._typing_at = ""

    def _is_absent(self, path: str) -> bool:
        return self._writing.now(path).absent is not None


def _begun(opened: OpenedRecord, clock: Clock, said: Mapping[str, str]) -> Session:
    return Session(
        opened.definition,
        said,
        clock=clock.now,
        zone=ZoneInfo(clock.zone),
        preload={"username": opened.names.get(opened.author, "")},
        new_id=clock.new_id,
    )


def _is_told_to_session(path: str, answer: Answer) -> bool:
    return not path.startswith("@") and bool(answer.value)


def _joined(first: Delta, second: Delta) -> Delta:
    return Delta(
        first.changed | second.changed,
        first.added | second.added,
        first.removed | second.removed,
    )
