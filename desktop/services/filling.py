"""Filling a record: one sitting of one worker with one form.

A ``Filling`` lives on the GUI thread. It hands over immutable changes for the vault lane to write;
it knows no vault. The ``Session`` says what follows from an answer; this says what was written, on
top of what, and what can be undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.services.clock import Clock
from forms.records.answer import BLANK, Absent, Answer
from forms.records.answer_path import is_row, row_id, rows_of
from forms.records.change import Change, Written
from forms.records.heads import Heads
from forms.records.protective import Protective
from forms.records.sealing import differing
from forms.records.undo import in_order_of_making, undo_of_last
from forms.xforms import Definition, Delta, Node, NodeKind, Session

NOTHING = Delta(frozenset(), frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """Everything that filling needs of a record, read in the vault lane.

    ``names`` puts people to authors; ``place`` is where the worker was; ``finalised`` records can
    be read and not written.
    """

    record: str
    family: str
    form: str
    version: str
    title: str
    definition: Definition
    changes: tuple[Change, ...]
    author: str
    device: str
    names: Mapping[str, str]
    protective: tuple[Protective, ...] = ()
    about: str = ""
    place: str = ""
    finalised: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the form. ``missing`` counts what must be answered to finish it."""

    path: str
    title: str
    missing: int
    answered: int

    @property
    def is_finished(self) -> bool:
        """True if nothing is missing and something was said."""
        return not self.missing and self.answered > 0


@dataclass(frozen=True, slots=True)
class Missing:
    """A question that stands between a draft and finishing, and why."""

    path: str
    label: str
    section: str
    words: str


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
    """What stands at a question: the answer, and who gave it; several if they differ."""

    answer: Answer
    said: tuple[Said, ...]
    in_conflict: bool


@dataclass(frozen=True, slots=True)
class _Step:
    """What one act of the worker changed, for undo and redo."""

    before: Mapping[str, Answer]
    after: Mapping[str, Answer]


class Filling:
    """The open record of one sitting. See ``docs/architecture.md``, how an answer travels."""

    def __init__(self, opened: OpenedRecord, clock: Clock) -> None:
        self.opened = opened
        self._clock = clock
        self._changes = list(opened.changes)
        self._heads = Heads(opened.changes)
        self._open: dict[str, Written] = {}
        self._open_id = ""
        self._unsaved = False
        self._steps: list[_Step] = []
        self._undone: list[_Step] = []
        self._frozen: list[Change] = []
        self._typing_at = ""
        said = {p: a.value for p, a in self._heads.answers().items() if _is_told_to_session(p, a)}
        self.session = Session(
            opened.definition,
            said,
            clock=clock.now,
            zone=ZoneInfo(clock.zone),
            preload={"username": opened.names.get(opened.author, "")},
            new_id=clock.new_id,
        )
        self._take_up(self._first_words(said))

    # --- writing -----------------------------------------------------------------------------

    def answer(self, path: str, value: str, reason: str = "") -> Delta:
        """Answer one question; ``reason`` is needed where the answer loosens a protective one.

        Typing on in one question is one step of undo until the question is left or sealed.
        """
        standing = self.standing(path)
        stands = standing.answer.value == value and standing.answer.absent is None
        if stands and not standing.in_conflict and not reason:
            return NOTHING
        return self._act({path: Answer(value, None, reason)}, typing=path)

    def set_absent(self, path: str, absent: Absent, reason: str = "") -> Delta:
        """Say why there is no answer. The answer that was there stays in the history."""
        return self._act({path: Answer("", absent, reason)})

    def add_row(self, repeat: str) -> tuple[str, Delta]:
        """Add a row at the end; its path, and what followed."""
        before = self._told()
        delta = self.session.add(repeat)
        row = min((path for path in delta.added if is_row(path)), key=len)
        self._remember_step(before, delta)
        return row, delta

    def remove_row(self, row: str) -> Delta:
        """Take a row away with all that was said in it; undo brings it back."""
        before = self._told()
        gone = {path for path in before if path == row or path.startswith(row + "/")}
        delta = self.session.remove(row)
        self._remember_step(before, delta, gone)
        return delta

    def undo(self) -> Delta:
        """Take back the last step of this sitting, or the last change of an earlier one."""
        if self._steps:
            step = self._steps.pop()
            self._undone.append(step)
            return self._apply(step.before)
        self._close()
        undone = undo_of_last(self._changes, self.opened.author)
        if undone is None:
            return NOTHING
        before = {path: self._now(path) for path in undone.restored}
        self._undone.append(_Step(undone.restored, before))
        delta = self._apply(undone.restored)
        self._close()
        return delta

    def redo(self) -> Delta:
        """Do again what was undone last."""
        if not self._undone:
            return NOTHING
        step = self._undone.pop()
        self._steps.append(step)
        return self._apply(step.after)

    @property
    def can_undo(self) -> bool:
        """True if there is something of this author's to take back."""
        undone = None if self._steps else undo_of_last(self._changes, self.opened.author)
        return bool(self._steps) or (undone is not None and bool(undone.restored))

    @property
    def can_redo(self) -> bool:
        """True right after undoing."""
        return bool(self._undone)

    # --- handing over to the vault -----------------------------------------------------------

    @property
    def is_unsaved(self) -> bool:
        """True if something was said since the last ``take_unsaved``."""
        return self._unsaved

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

        What is said afterwards begins a new change. Empty if nothing was said since the last time.
        """
        self._close()
        frozen, self._frozen = tuple(self._frozen), []
        return frozen

    # --- reading -----------------------------------------------------------------------------

    def sections(self) -> list[Section]:
        """The pages of the form that are asked at present, in order."""
        return [self._section(node) for node in self._section_nodes()]

    def section_questions(self, path: str) -> tuple[Node, ...]:
        """The nodes of a page, to be shown in order."""
        root = self.session.root
        if path == root.path:
            return tuple(n for n in root.children if not _is_section(n))
        return tuple(self.session.node(path).children)

    def section_of(self, path: str) -> str:
        """The path of the page that shows a question."""
        node: Node | None = self.session.node(path)
        root = self.session.root
        while node is not None and node.parent is not None and node.parent != root:
            node = node.parent
        return node.path if node is not None and _is_section(node) else root.path

    def missing(self) -> list[Missing]:
        """What must be answered, or put right, before the record can be finished."""
        return [
            Missing(node.path, node.label, section.path, words)
            for section in self._section_nodes()
            for node, words in self._missing_in(section)
        ]

    def standing(self, path: str) -> Standing:
        """What stands at a question, with who said it."""
        if path in self._open:
            answer = self._open[path].answer
            said = Said(
                self._open_id, self._name(self.opened.author), True, self._clock.now(), answer
            )
            return Standing(answer, (said,), False)
        known = {change.id: change for change in self._changes}
        said_by = tuple(
            self._said(known[change_id], answer)
            for change_id, answer in self._heads.of(path).items()
        )
        return Standing(self._heads.current(path), said_by, self._heads.in_conflict(path))

    def history(self, path: str) -> list[Said]:
        """Every answer ever given to a question, oldest first, the unsealed one last."""
        told = [self._said(c, c.answers[path].answer) for c in self._changes if path in c.answers]
        if path in self._open:
            told.append(self.standing(path).said[0])
        return told

    def needs_reason(self, path: str, value: str) -> bool:
        """True if this answer would loosen a protective one that others may rely on."""
        for question in self.opened.protective:
            if question.path == path:
                sealed = self._heads.of(path).values()
                safest = min((question.danger(a) for a in sealed), default=None)
                return safest is not None and question.danger(Answer(value)) > safest
        return False

    def unfinished_words(self) -> str:
        """How much is still to do, in words."""
        count = len(self.missing())
        if not count:
            return "Nothing is missing"
        return f"{count} question{'s' if count > 1 else ''} still to answer"

    # --- inside ------------------------------------------------------------------------------

    def _act(self, wanted: Mapping[str, Answer], typing: str = "") -> Delta:
        before = {path: self._now(path) for path in wanted}
        told = self._told()
        delta = self._apply(wanted)
        after = self._told()
        for path in delta.changed | delta.added | delta.removed:
            if path not in before and told.get(path, BLANK) != after.get(path, BLANK):
                before[path] = told.get(path, BLANK)
        step = _Step(before, {path: self._now(path) for path in before})
        if typing and typing == self._typing_at and self._steps:
            step = _Step({**step.before, **self._steps.pop().before}, step.after)
        self._typing_at = typing
        self._steps.append(step)
        self._undone.clear()
        return delta

    def _apply(self, wanted: Mapping[str, Answer]) -> Delta:
        """Bring session and open change to these answers; what changed on the way."""
        whole = NOTHING
        for path, answer in in_order_of_making(wanted):
            whole = _joined(whole, self._tell_session(path, answer))
            self._write(path, answer)
        self._follow(whole)
        return whole

    def _tell_session(self, path: str, answer: Answer) -> Delta:
        if not is_row(path):
            return self.session.set(path, answer.value)
        exists = path in self.session.answers()
        if answer.is_blank:
            return self.session.remove(path) if exists else NOTHING
        if exists:
            return self.session.move(path, answer.value)
        repeat = path[: path.rfind("[")]
        return self.session.add(repeat, row=row_id(path), place=answer.value)

    def _follow(self, delta: Delta) -> None:
        """Write down what the form itself set (defaults of a row, setvalue), as answers."""
        told = self.session.answers()
        for path in delta.changed | delta.added | delta.removed:
            value, now = told.get(path, ""), self._now(path)
            if value != now.value:
                self._write(path, Answer(value))

    def _remember_step(
        self, before: Mapping[str, Answer], delta: Delta, gone: Iterable[str] = ()
    ) -> None:
        self._follow(delta)
        for path in gone:
            self._write(path, BLANK)
        after = self._told()
        touched = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
        self._steps.append(
            _Step(
                {path: before.get(path, BLANK) for path in touched},
                {path: after.get(path, BLANK) for path in touched},
            )
        )
        self._undone.clear()
        self._typing_at = ""

    def _write(self, path: str, answer: Answer) -> None:
        if not self._open_id:
            self._open_id = self._clock.new_id()
        base = self._open[path].base if path in self._open else self._heads.base(path)
        self._open[path] = Written(answer, base)
        self._unsaved = True

    def _take_up(self, first_words: Mapping[str, str]) -> None:
        """What the form said by itself on being opened is written like any other answer."""
        for path, value in first_words.items():
            self._write(path, Answer(value))

    def _first_words(self, said: Mapping[str, str]) -> dict[str, str]:
        told = self.session.answers()
        return {path: value for path, value in told.items() if value and path not in said}

    def _told(self) -> dict[str, Answer]:
        """Every answer as it stands, the open change on top."""
        told = dict(self._heads.answers())
        for path, written in self._open.items():
            told[path] = written.answer
        return {
            path: answer
            for path, answer in told.items()
            if not answer.is_blank and all(not told.get(r, BLANK).is_blank for r in rows_of(path))
        }

    def _now(self, path: str) -> Answer:
        return self._open[path].answer if path in self._open else self._heads.current(path)

    def _snapshot(self) -> Change:
        opened = self.opened
        return Change(
            self._open_id,
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

    def _close(self) -> None:
        """End the open change here; it waits to be taken by ``freeze``."""
        if not self._open:
            return
        whole = self._snapshot()
        self._frozen.append(whole)
        kept = differing(whole, self._heads)
        if kept is not None:
            self._changes.append(kept)
            self._heads.add(kept)
        self._open, self._open_id, self._unsaved, self._typing_at = {}, "", False, ""

    def _section_nodes(self) -> list[Node]:
        root = self.session.root
        pages = [n for n in root.children if _is_section(n) and _shows_something(n)]
        loose = any(n.relevant and n.control for n in root.children if not _is_section(n))
        return [root, *pages] if loose else pages

    def _section(self, node: Node) -> Section:
        title = self.opened.title if node == self.session.root else node.label
        asked = list(self._asked(node))
        answered = sum(1 for n in asked if n.value or self._now(n.path).absent is not None)
        return Section(node.path, title, sum(1 for _ in self._missing_in(node)), answered)

    def _asked(self, section: Node) -> Iterator[Node]:
        """The questions of a page that are asked at present."""
        whole = section == self.session.root
        waiting = [n for n in reversed(section.children) if not (whole and _is_section(n))]
        while waiting:
            node = waiting.pop()
            if not node.relevant:
                continue
            if node.kind is NodeKind.QUESTION and node.control and node.control != "note":
                yield node
            waiting.extend(reversed(node.children))

    def _missing_in(self, section: Node) -> Iterator[tuple[Node, str]]:
        for node in self._asked(section):
            if node.violation == "constraint":
                yield node, node.message
            elif node.required and not node.value and self._now(node.path).absent is None:
                yield node, node.message or "Not answered yet"

    def _said(self, change: Change, answer: Answer) -> Said:
        mine = change.author == self.opened.author
        return Said(change.id, self._name(change.author), mine, change.at, answer)

    def _name(self, author: str) -> str:
        return self.opened.names.get(author, "A colleague")


def _is_section(node: Node) -> bool:
    return node.kind in {NodeKind.GROUP, NodeKind.REPEAT}


def _shows_something(node: Node) -> bool:
    """True if a page of this part would not be empty."""
    if not node.relevant:
        return False
    if node.kind is NodeKind.REPEAT or (node.kind is NodeKind.QUESTION and node.control):
        return True
    return any(_shows_something(child) for child in node.children)


def _is_told_to_session(path: str, answer: Answer) -> bool:
    return not path.startswith("@") and bool(answer.value)


def _joined(first: Delta, second: Delta) -> Delta:
    return Delta(
        first.changed | second.changed,
        first.added | second.added,
        first.removed | second.removed,
    )
