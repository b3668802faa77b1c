"""What the people in front of a form want of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.services.open_change import Said


class Wishes(QObject):
    """One for each form on the screen: every question speaks through it, the page listens."""

    answered = Signal(str, str)
    """A path and its new value."""

    answered_because = Signal(str, str, str)
    """A path, its new value, and the reason that a looser answer needs."""

    left_as_it_was = Signal(str)
    """A path: show again what stands there."""

    said_absent = Signal(str, str, str)
    """A path, which absence (the value of an ``Absent``), and a reason or nothing."""

    row_added = Signal(str)
    """The path of a repeat."""

    kept_careful = Signal(str)
    """A path: whoever was named there and must not see or know is to be named again."""

    row_removed = Signal(str, str)
    """The path of a row, and the reason that is needed where it names such a person."""

    row_moved = Signal(str, int)
    """The path of a row: one place back (-1) or on (1)."""

    note_asked = Signal(str, str)
    """A path and the words of its question: the private note on it."""

    person_added = Signal(str, str, str)
    """A path at which somebody is chosen who is not written down yet: their name and role."""

    rearranged = Signal()
    """A card was opened or closed: other questions are on the page now."""

    undo_asked = Signal()
    """Take the last step back."""

    def settle(self, path: str, said: Said) -> None:
        """Of several answers, this one shall stand."""
        if said.answer.absent is not None:
            self.said_absent.emit(path, said.answer.absent.value, said.answer.reason)
        else:
            self.answered.emit(path, said.answer.value)
