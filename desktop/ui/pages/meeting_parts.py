"""The parts of a meeting's page: who is here, how the plan goes, and the form's other questions.

What stands where is read off the forms' own entities, so a council may name its questions as it
likes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.filling import NOTHING
from desktop.ui.look.spacing import LOOSE
from desktop.ui.pages.form_part import FormPart
from desktop.ui.pages.quick_rows import QuickLine
from desktop.ui.questions.answer_words import answer_words
from desktop.ui.questions.asking import Asking
from desktop.ui.questions.block import Block
from desktop.ui.questions.field import Field
from desktop.ui.words import tr
from forms.records.answer_path import beside, schema_path
from forms.xforms import Node, NodeKind


class SectionQuestions(QWidget):
    """The questions of one section; a piece of the page. ``but`` has a part of the page of its own.

    The questions are built a few at a time, as on the form's page.
    """

    def __init__(self, part: FormPart, section: str, but: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._part, self._section, self._but = part, section, but
        self._asking = Asking(part.telling, 3, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(LOOSE)
        column.addWidget(self._asking)

    def show_now(self, changed: Collection[str] | None) -> None:
        """Show them as they are now."""
        questions = self._part.filling.outline.questions(self._section)
        self._asking.present([node for node in questions if node.path != self._but], changed)

    def open_row(self, row: str) -> None:
        """Open the card of this row, if it is in here; builds what is not built yet."""
        self._asking.complete()
        self._asking.open_row(row)

    def complete(self) -> None:
        """Build what is not built yet."""
        self._asking.complete()

    def fields(self) -> Iterator[Field]:
        """Where one answers, as far as it is built."""
        return (block.field for block in self._asking.blocks())

    def blocks(self) -> Iterator[Block]:
        """The whole questions that are built, in order."""
        return self._asking.blocks()

    def stops(self) -> Iterator[QWidget]:
        """Everything that Tab stops at, in order."""
        return self._asking.stops()


class Attendance:
    """Who was invited or came, read off the meeting's filling."""

    def __init__(self, part: FormPart) -> None:
        self._part = part
        names = ("person_name", "role", "came")
        self._of = {name: part.place("attendance", name) for name in names}
        self.repeat = self._of["person_name"].rpartition("/")[0]
        self._new: set[str] = set()

    def lines(self) -> Sequence[QuickLine]:
        """A line for each who is written down; a row with nothing in it is nobody."""
        rows = self._part.rows(self.repeat)
        shown = [row for row in rows if row.path in self._new or _is_said(row)]
        return [self._line(row) for row in shown]

    def name(self, row: str) -> str:
        """The name that is written in a row."""
        node = self._part.node(_in_row(row, self._of["person_name"]))
        return node.value.strip() if node is not None else ""

    def add(self, name: str, role: str) -> str:
        """Write down somebody who came, in a row that is still empty if there is one; the row."""
        said = {"person_name": name, "role": role, "came": "attended"}
        told = {self._of[name]: value for name, value in said.items() if value and self._of[name]}
        row = _empty(self._part.rows(self.repeat)[-1:], _is_said, self._new)
        if row:
            answers = {_in_row(row, path): value for path, value in told.items()}
            delta = self._part.filling.answer_together(answers)
        else:
            row, delta = self._part.filling.add_row(self.repeat, told)
        self._new.add(row)
        self._part.follow(delta, {row})
        return row

    def _line(self, row: Node) -> QuickLine:
        inside = _by_schema(row)
        name, role = (inside.get(self._of[one]) for one in ("person_name", "role"))
        choice = inside.get(self._of["came"])
        title = name.value if name is not None and name.value else tr("No name yet")
        about = role.value if role is not None else ""
        is_new = row.path in self._new and name is not None and not name.value
        return _line(self._part, row, title, about, choice, is_new=is_new)


class PlanActions:
    """The actions of the plan, read off its filling: what, who, by when, and how it goes."""

    def __init__(self, part: FormPart) -> None:
        self._part = part
        names = ("what", "who", "by_when", "progress")
        self._of = {name: part.place("action", name) for name in names}
        self._outcome = part.place("goal", "outcome")
        self._goal = self._outcome.rpartition("/")[0]
        self._new: set[str] = set()

    def goals(self) -> list[tuple[str, str]]:
        """Each goal's row, and its words."""
        rows = self._part.rows(self._goal)
        words = [_by_schema(row).get(self._outcome) for row in rows]
        return [
            (row.path, said.value if said is not None and said.value else tr("No words yet"))
            for row, said in zip(rows, words, strict=True)
        ]

    def lines(self) -> Sequence[QuickLine]:
        """A line for each action that says something."""
        return [
            self._line(row)
            for goal, _ in self.goals()
            for row in self._part.rows(self._repeat_in(goal))
            if row.path in self._new or self._is_said(row)
        ]

    def add(self, goal: str) -> str:
        """A new action for a goal, in an empty row if there is one; the row."""
        repeat = self._repeat_in(goal)
        row, delta = _empty(self._part.rows(repeat)[-1:], self._is_said, self._new), NOTHING
        if not row:
            row, delta = self._part.filling.add_row(repeat)
        self._new.add(row)
        self._part.follow(delta, {row})
        return row

    def as_told(self) -> str:
        """How every action stands, a line each, for the notes of this day."""
        told = []
        for line in self.lines():
            stands = answer_words(line.choice, line.choice.value) if line.choice else ""
            who = f" ({line.about})" if line.about else ""
            told.append(f"{line.title}{who}: {stands}" if stands else f"{line.title}{who}")
        return "\n".join(told)

    def _repeat_in(self, goal: str) -> str:
        return goal + self._of["what"].rpartition("/")[0][len(self._goal) :]

    def _is_said(self, row: Node) -> bool:
        inside = _by_schema(row)
        told = (inside.get(self._of[one]) for one in ("what", "who", "by_when"))
        return any(node is not None and node.value for node in told)

    def _line(self, row: Node) -> QuickLine:
        inside = _by_schema(row)
        what, who, by_when = (
            answer_words(node, node.value)
            if (node := inside.get(self._of[one])) is not None
            else ""
            for one in ("what", "who", "by_when")
        )
        when = tr("by {day}", day=by_when) if by_when else tr("no day yet")
        choice = inside.get(self._of["progress"])
        about = ", ".join((who or tr("nobody named"), when))
        title = what or tr("No words yet")
        is_new = row.path in self._new and not self._is_said(row)
        return _line(self._part, row, title, about, choice, is_new=is_new)


def _line(
    part: FormPart, row: Node, title: str, about: str, choice: Node | None, *, is_new: bool
) -> QuickLine:
    asked = [n for n in row.children if n.kind is NodeKind.QUESTION and n.control]
    if choice is None:
        return QuickLine(row.path, title, about, None, (), tuple(asked), is_new)
    definition = part.filling.opened.definition
    after = definition.following({schema_path(choice.path)})
    follows = tuple(n for n in asked if schema_path(n.path) in after)
    rest = tuple(n for n in asked if n != choice and n not in follows)
    return QuickLine(row.path, title, about, choice, follows, rest, is_new)


def _empty(last: Sequence[Node], is_said: Callable[[Node], bool], new: Collection[str]) -> str:
    """The last row if nothing was ever said in it; or blank."""
    return next((row.path for row in last if row.path not in new and not is_said(row)), "")


def _by_schema(row: Node) -> dict[str, Node]:
    return {schema_path(node.path): node for node in row.children}


def _in_row(row: str, path: str) -> str:
    """The path of a question in this very row."""
    return beside(f"{row}/x", path) if path else ""


def _is_said(row: Node) -> bool:
    return any(n.kind is NodeKind.QUESTION and n.value for n in row.children)
