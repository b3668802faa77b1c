"""Steps and their undoing. A step is what one act of the worker said: calculations follow anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from forms.xforms.instance import InstanceNode


class Standing(Enum):
    """Where a row of a counted repeat is."""

    NOWHERE = 0
    ASIDE = 1
    PRESENT = 2


def standing(row: InstanceNode, parent: InstanceNode) -> Standing:
    """Where the row is now."""
    if any(one is row for one in parent.rows(row.schema)):
        return Standing.PRESENT
    aside = (parent.parked or {}).get(row.name, ())
    return Standing.ASIDE if any(one is row for one in aside) else Standing.NOWHERE


class Redraws(Protocol):
    """What undoing needs of a recalculation."""

    def restore(self, node: InstanceNode, text: str, said: bool) -> None:
        """Put an answer back."""

    def add_row(self, parent: InstanceNode, row: InstanceNode, fresh: bool = True) -> None:
        """Put a row back."""

    def remove_row(self, row: InstanceNode) -> None:
        """Take a row out again."""

    def stand(self, row: InstanceNode, parent: InstanceNode, standing: Standing) -> None:
        """Have a counted row stand in the form, aside, or nowhere."""


class Edit(Protocol):
    """One thing that was said, which can be unsaid."""

    def undo(self, into: Redraws) -> None:
        """Make it as it was before."""

    def redo(self, into: Redraws) -> None:
        """Make it as it was after."""


@dataclass(frozen=True, slots=True)
class AnswerEdit:
    """An answer became another."""

    node: InstanceNode
    before: str
    after: str
    said_before: bool
    said_after: bool

    def undo(self, into: Redraws) -> None:
        """The answer before."""
        into.restore(self.node, self.before, self.said_before)

    def redo(self, into: Redraws) -> None:
        """The answer after."""
        into.restore(self.node, self.after, self.said_after)


@dataclass(frozen=True, slots=True)
class RowEdit:
    """A row came (``added``) or went."""

    parent: InstanceNode
    row: InstanceNode
    added: bool

    def undo(self, into: Redraws) -> None:
        """The row as it was before."""
        self._make(into, not self.added)

    def redo(self, into: Redraws) -> None:
        """The row as it was after."""
        self._make(into, self.added)

    def _make(self, into: Redraws, present: bool) -> None:
        if present:
            into.add_row(self.parent, self.row, fresh=False)
        else:
            into.remove_row(self.row)


@dataclass(frozen=True, slots=True)
class CountedRowEdit:
    """A count made a row, or had one stand aside or come back."""

    parent: InstanceNode
    row: InstanceNode
    before: Standing
    after: Standing

    def undo(self, into: Redraws) -> None:
        """Where it stood before."""
        into.stand(self.row, self.parent, self.before)

    def redo(self, into: Redraws) -> None:
        """Where it stood after."""
        into.stand(self.row, self.parent, self.after)


@dataclass(frozen=True, slots=True)
class MoveEdit:
    """A row went to another place."""

    parent: InstanceNode
    row: InstanceNode
    before: str
    after: str

    def undo(self, into: Redraws) -> None:
        """Back to the place before."""
        self._move(into, self.before)

    def redo(self, into: Redraws) -> None:
        """To the place after."""
        self._move(into, self.after)

    def _move(self, into: Redraws, place: str) -> None:
        into.remove_row(self.row)
        self.row.place = place
        into.add_row(self.parent, self.row, fresh=False)


@dataclass(slots=True)
class Step:
    """Everything that one act said."""

    edits: list[Edit] = field(default_factory=list)


@dataclass(slots=True)
class History:
    """The steps done, and those undone since."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)

    def add(self, step: Step) -> None:
        """Remember a step, if it said anything; what was undone can no longer be redone."""
        if step.edits:
            self.done.append(step)
            self.undone.clear()
