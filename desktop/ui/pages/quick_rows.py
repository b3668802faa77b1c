"""Rows of a repeat as lines: what each is about, the one answer that matters now, then the rest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.services.open_change import Said
from desktop.ui.look.buttons import Button, quiet
from desktop.ui.look.card import Card
from desktop.ui.look.labels import Body, Quiet
from desktop.ui.look.spacing import CLOSE, HAIR, NORMAL, TIGHT
from desktop.ui.pages.page import button_row
from desktop.ui.questions.asking import Asking, is_asked
from desktop.ui.questions.block import Block
from desktop.ui.questions.conflict import Conflict
from desktop.ui.questions.field import Field
from desktop.ui.questions.select_minimal import SelectMinimal
from desktop.ui.questions.telling import Telling
from desktop.ui.words import breakable, tr
from forms.xforms import Node

_NARROW_EMS = 30


@dataclass(frozen=True, slots=True)
class QuickLine:
    """A row as a line. ``choice`` is the answer that matters now; ``follows`` what it asks for.

    ``rest`` is everything else that the form asks of the row. ``is_new``: opened at once.
    """

    row: str
    title: str
    about: str
    choice: Node | None
    follows: tuple[Node, ...] = ()
    rest: tuple[Node, ...] = ()
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class QuickAct:
    """A button on every line: what it says, and what it does with the row's path."""

    words: str
    act: Callable[[str], None]
    name: str


class QuickRow(Card):
    """One line, and under it what the answer asks for, and what else there is if that is opened."""

    def __init__(self, telling: Telling, acts: Sequence[QuickAct], parent: QWidget) -> None:
        super().__init__(parent)
        self._telling, self._row = telling, ""
        self._rest: tuple[Node, ...] = ()
        self._has_opened = False
        self._conflict: Conflict | None = None
        self._conflict_of: tuple[Said, ...] = ()
        self.title = Body("", self, bold=True)
        self.about = Quiet("", self)
        self.choice = SelectMinimal(telling.around, self)
        self.toggle = quiet(tr("More"), self)
        self.acts: list[tuple[QuickAct, Button]] = []
        for act in acts if not telling.locked else ():
            button = quiet(act.words, self)
            button.clicked.connect(lambda _=False, act=act: act.act(self._row))
            self.acts.append((act, button))
        self._follows = Asking(telling, 3, self)
        self._others = Asking(telling, 3, self)
        self._others.hide()
        self._lay_out()
        self.choice.answered.connect(telling.wishes.answered)
        self.toggle.clicked.connect(self._turn)

    @property
    def is_open(self) -> bool:
        """Whether everything that the form asks of the row is shown."""
        return not self._others.isHidden()

    def show_line(self, line: QuickLine, changed: Collection[str] | None) -> None:
        """Show the row as it is now."""
        self._row, self._rest = line.row, line.rest
        self.title.setText(breakable(line.title))
        self.about.setText(breakable(line.about))
        self.about.setVisible(bool(line.about))
        choice = line.choice
        is_asked_now = choice is not None and is_asked(choice, self._telling.sees)
        self.choice.setVisible(is_asked_now)
        if choice is not None and is_asked_now:
            self.choice.present(choice)
            self.choice.box.setAccessibleName(f"{line.title}: {self.choice.question}")
            self.choice.box.setObjectName(f"choice-{line.row}")
            self.choice.setEnabled(not self._telling.locked)
            self._show_conflict(choice)
        self._say_toggle()
        for act, button in self.acts:
            button.say(act.words, line.title)
            button.setObjectName(f"{act.name}-{line.row}")
        self._follows.present(line.follows, changed)
        self._follows.setVisible(any(is_asked(n, self._telling.sees) for n in line.follows))
        if self.is_open:
            self._others.present(line.rest, changed)
        elif not self._has_opened and (line.is_new or self._clashes(line.rest)):
            self.open()

    def open(self) -> None:
        """Show everything that the form asks of the row."""
        if not self.is_open:
            self._turn()

    def fields(self) -> Iterator[Field]:
        """Where one answers, as far as it is built."""
        yield self.choice
        for block in self.blocks():
            yield block.field

    def blocks(self) -> Iterator[Block]:
        """The whole questions that are built, in order."""
        yield from self._follows.blocks()
        if self.is_open:
            yield from self._others.blocks()

    def stops(self) -> Iterator[QWidget]:
        """Everything that Tab stops at, in order."""
        if self._conflict is not None:
            yield from self._conflict.notice.buttons
        yield self.choice.box
        for _, button in self.acts:
            yield button
        yield self.toggle
        yield from self._follows.stops()
        if self.is_open:
            yield from self._others.stops()

    def _clashes(self, nodes: Sequence[Node]) -> bool:
        return any(self._telling.clash(node.path) is not None for node in nodes)

    def _show_conflict(self, choice: Node) -> None:
        """Both answers to what matters now, before one of them is chosen or a third one given."""
        standing = self._telling.clash(choice.path)
        said = standing.said if standing is not None else ()
        if said == self._conflict_of:
            return
        before, self._conflict, self._conflict_of = self._conflict, None, said
        if before is not None:
            before.hide()
            before.deleteLater()
        if standing is not None:
            moments = self._telling.moments(said)
            self._conflict = shown = Conflict(choice, standing, moments, self)
            shown.setEnabled(not self._telling.locked)
            shown.settled.connect(partial(self._telling.wishes.settle, choice.path))
            self.body.insertWidget(1, shown)
            shown.show()
        self._telling.wishes.rearranged.emit()

    def _turn(self) -> None:
        is_open = not self.is_open
        self._has_opened = True
        if is_open:
            self._others.present(self._rest)
        self._others.setVisible(is_open)
        self._say_toggle()
        self._telling.wishes.rearranged.emit()

    def _say_toggle(self) -> None:
        words = tr("Less") if self.is_open else tr("More")
        self.toggle.say(words, self.title.text())
        self.toggle.setObjectName(f"more-{self._row}")

    def _lay_out(self) -> None:
        self.body.setContentsMargins(NORMAL, CLOSE, NORMAL, CLOSE)
        words = QVBoxLayout()
        words.setSpacing(HAIR)
        words.addWidget(self.title)
        words.addWidget(self.about)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(CLOSE)
        self._across.addLayout(words, 3)
        self._across.addWidget(self.choice, 2)
        self.body.addLayout(self._across)
        self.body.setSpacing(TIGHT)
        self.body.addLayout(button_row(*(button for _, button in self.acts), self.toggle))
        self.body.addWidget(self._follows)
        self.body.addWidget(self._others)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is answered goes below the words where there is no room beside them."""
        super().resizeEvent(event)
        is_narrow = self.width() < self.fontMetrics().height() * _NARROW_EMS
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._across.setDirection(below if is_narrow else beside)


class QuickRows(QWidget):
    """Lines below each other; a piece of the page. ``lines`` reads them off the filling."""

    def __init__(
        self,
        telling: Telling,
        lines: Callable[[], Sequence[QuickLine]],
        acts: Sequence[QuickAct] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._telling, self._lines, self._acts = telling, lines, tuple(acts)
        self.rows: dict[str, QuickRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(CLOSE)

    def show_now(self, changed: Collection[str] | None) -> None:
        """Show every row as it is now."""
        lines = self._lines()
        for row in [row for row in self.rows if row not in {line.row for line in lines}]:
            gone = self.rows.pop(row)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for at, line in enumerate(lines):
            shown = self.rows.get(line.row)
            if shown is None:
                shown = self.rows[line.row] = QuickRow(self._telling, self._acts, self)
                shown.show_line(line, None)
            else:
                shown.show_line(line, changed)
            if self._column.indexOf(shown) != at:
                self._column.insertWidget(at, shown)
            shown.show()
        self.rows = {line.row: self.rows[line.row] for line in lines}

    def fields(self) -> Iterator[Field]:
        """Where one answers, as far as it is built."""
        for row in self.rows.values():
            yield from row.fields()

    def blocks(self) -> Iterator[Block]:
        """The whole questions that are built, in order."""
        for row in self.rows.values():
            yield from row.blocks()

    def stops(self) -> Iterator[QWidget]:
        """Everything that Tab stops at, in order."""
        for row in self.rows.values():
            yield from row.stops()
