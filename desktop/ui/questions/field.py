"""What every type of question is: the part of a question in which one answers."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.look.emphasis import without_emphasis
from desktop.ui.look.grouping import Grouping
from desktop.ui.words import tr
from forms.xforms import Node

Result = TypeVar("Result")


class Work(Protocol):
    """Does something slow away from the window, and hands over what came of it there."""

    def __call__(
        self,
        job: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[Exception], None],
        /,
    ) -> None: ...


def at_once(
    job: Callable[[], Result],
    then: Callable[[Result], None],
    failed: Callable[[Exception], None],
    /,
) -> None:
    """Where there is nowhere else to do it."""
    try:
        result = job()
    except Exception as error:  # noqa: BLE001  whatever it is, it goes to who asked
        failed(error)
    else:
        then(result)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a question may need from outside.

    ``keep`` puts bytes with an extension into the vault and gives their name at once; ``fetch``
    gets them back and calls with them, with None if this device does not have them. ``now`` is the
    worker's own local time. ``work`` does what is slow: reading a large picture.
    """

    keep: Callable[[bytes, str], str]
    fetch: Callable[[str, Callable[[bytes | None], None]], None]
    now: Callable[[], datetime]
    work: Work = at_once


class Field(Grouping):
    """The part of a question in which one answers.

    It never loses what was put into it: what is not (yet) a right answer is a value like any other,
    and ``trouble`` says in words what is wrong with it.
    """

    trouble_at_once = False
    """True if what is wrong is said while the question has focus, because nobody is typing."""

    answered = Signal(str, str)
    """A path and its new value, at every key and click."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around = around
        self.path = ""
        self.question = ""
        self._is_readonly = False

    def present(self, node: Node) -> None:
        """Show the node as it is now. Keeps cursor and focus if the value is what is shown."""
        self.path = node.path
        self.question = without_emphasis(node.label) or tr("Question without words")
        hint = without_emphasis(node.hint)
        self.setAccessibleName(self.question)
        self.setAccessibleDescription(hint)
        self.show_node(node)
        if node.readonly is not self._is_readonly:
            self._is_readonly = node.readonly
            for control in self.controls():
                control.setEnabled(not node.readonly)

    @abstractmethod
    def show_node(self, node: Node) -> None:
        """The type's own part of ``present``."""

    @abstractmethod
    def value(self) -> str:
        """What is answered now, as the text that the XForm would hold."""

    @abstractmethod
    def controls(self) -> list[QWidget]:
        """What takes focus here, in order. Empty for what is only read."""

    def take_focus(self) -> None:
        """Put the focus where answering begins."""
        for control in self.controls():
            if control.isEnabled():
                control.setFocus()
                return

    def trouble(self) -> str:
        """What is wrong with what was put in, in words that say how to put it right; or nothing."""
        return ""

    def settle(self) -> None:
        """Tell now what was held back for a pause, because the question is being left."""

    def keep_to_page(self) -> None:
        """A family or a child has the laptop: offer nothing that leads out of this page."""

    def tell(self) -> None:
        """Say what is answered now."""
        self.answered.emit(self.path, self.value())

    @property
    def label_is_the_name(self) -> bool:
        """True if one control alone answers, so that the question's label is that control's."""
        return len(self.controls()) == 1
