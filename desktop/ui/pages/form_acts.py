"""What people do on a form, done to its filling: answering, giving a reason, rows, undo."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.services.filling import Filling
from desktop.ui.questions.block import Block
from desktop.ui.questions.wishes import Wishes
from desktop.ui.saving import Saving
from desktop.ui.words import tr
from forms.records.answer import Absent


class OnScreen(Protocol):
    """The questions of a filling that are on the screen."""

    def built_block(self, path: str) -> Block | None:
        """The question at this path, if it is built by now."""

    def put_in_order(self) -> None:
        """Tab goes through the page as one reads it."""

    def settle(self) -> None:
        """Have every question tell what it held back for a pause."""


class FormActs(QObject):
    """Listens to the wishes of the questions.

    ``followed`` carries the delta of a step and the paths to show again besides; ``done`` words for
    a step that nothing on the page says by itself; ``row_begun`` the path of a new row.
    """

    followed = Signal(object, object)
    done = Signal(str)
    row_begun = Signal(str)
    stepped = Signal()
    """A step was taken back, or done again."""

    def __init__(
        self,
        filling: Filling,
        saving: Saving,
        section: OnScreen,
        wishes: Wishes,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._filling, self._saving, self._section = filling, saving, section
        wishes.answered.connect(self.answer)
        wishes.answered_because.connect(self.answer_because)
        wishes.left_as_it_was.connect(self.leave_as_it_was)
        wishes.kept_careful.connect(self.keep_careful)
        wishes.said_absent.connect(self.say_absent)
        wishes.row_added.connect(self.add_row)
        wishes.row_removed.connect(self.remove_row)
        wishes.row_moved.connect(self.move_row)
        wishes.rearranged.connect(section.put_in_order)
        wishes.undo_asked.connect(self.undo)

    def answer(self, path: str, value: str) -> None:
        """Answer a question, unless the answer is less careful than before: then ask why first."""
        block = self._section.built_block(path)
        if block is not None and self._filling.needs_reason(path, value):
            block.ask_reason(value)
            self._section.put_in_order()
            return
        if block is not None:
            block.stop_asking_reason()
        self.followed.emit(self._filling.answer(path, value), {path})

    def answer_because(self, path: str, value: str, reason: str) -> None:
        """Answer a question less carefully than before, with who agreed and why."""
        block = self._section.built_block(path)
        if block is not None:
            block.stop_asking_reason()
        self.followed.emit(self._filling.answer(path, value, reason), {path})
        self._saving.seal_now()

    def leave_as_it_was(self, path: str) -> None:
        """Show again what stands at a question."""
        block = self._section.built_block(path)
        if block is not None:
            block.stop_asking_reason()
            block.show_node(self._filling.session.node(path), None)

    def keep_careful(self, path: str) -> None:
        """Name again whoever must not see or know."""
        self.followed.emit(self._filling.answer(path, self._filling.careful(path)), {path})

    def say_absent(self, path: str, absent: str, reason: str) -> None:
        """Say why there is no answer."""
        self.followed.emit(self._filling.set_absent(path, Absent(absent), reason), {path})

    def add_row(self, repeat: str) -> None:
        """Add a row, and begin with its first question."""
        row, delta = self._filling.add_row(repeat)
        self.followed.emit(delta, {repeat})
        self.row_begun.emit(row)
        self._saving.seal_now()

    def remove_row(self, row: str, reason: str = "") -> None:
        """Take a row away; it can be brought back."""
        self.followed.emit(self._filling.remove_row(row, reason), set())
        self._saving.seal_now()
        self.done.emit(tr("Removed. It can be brought back."))

    def move_row(self, row: str, by: int) -> None:
        """Put a row before the one above it, or after the one below."""
        self.followed.emit(self._filling.move_row(row, by), {row[: row.rfind("[")]})
        self._saving.seal_now()
        self._section.put_in_order()
        self.done.emit(tr("Moved"))

    def undo(self) -> None:
        """Take the last step back."""
        self._section.settle()
        self.followed.emit(self._filling.undo(), set())
        self.stepped.emit()
        self.done.emit(tr("Taken back"))

    def redo(self) -> None:
        """Do again what was taken back last."""
        self.followed.emit(self._filling.redo(), set())
        self.stepped.emit()
        self.done.emit(tr("Done again"))
