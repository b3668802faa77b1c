"""A filling whose questions stand in several places of a page, among those of another one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.services.filling import Filling
from desktop.ui.pages.form_acts import FormActs
from desktop.ui.questions.block import Block
from desktop.ui.questions.field import Field, Surroundings
from desktop.ui.questions.telling import Telling
from desktop.ui.questions.wishes import Wishes
from desktop.ui.saving import Saving
from forms.xforms import Delta, Node, NodeKind, NoSuchPath


class Piece(Protocol):
    """One place of the page where questions of the filling stand."""

    def show_now(self, changed: Collection[str] | None) -> None:
        """Show them as they are now; ``changed`` as for `Asking.present`."""

    def fields(self) -> Iterator[Field]:
        """Where one answers, as far as it is built."""

    def blocks(self) -> Iterator[Block]:
        """The whole questions that are built, in order."""

    def stops(self) -> Iterator[QWidget]:
        """Everything that Tab stops at, in order."""


class FormPart(QObject):
    """Shows a filling in pieces and does what people do there. The page sets ``pieces``.

    Nothing is on the screen that the family may not see, where the form is for the family at all.
    """

    followed = Signal()
    """Something was said here, taken back or done again."""

    row_begun = Signal(str)
    rearranged = Signal()

    def __init__(
        self, filling: Filling, saving: Saving, around: Surroundings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.filling, self.saving = filling, saving
        self.pieces: Sequence[Piece] = ()
        self.wishes = Wishes(self)
        self._sight = filling.opened.for_family
        self.telling = Telling(
            around,
            self.wishes,
            filling.standing,
            filling.history,
            lambda _: "",
            filling.opened.is_closed,
            self.sees,
            beside=True,
            needs_reason_to_remove=filling.needs_reason_to_remove,
            at_the_table=True,
        )
        self.acts = FormActs(filling, saving, self, self.wishes, self)
        self.acts.followed.connect(self.follow)
        self.acts.row_begun.connect(self.row_begun)

    def sees(self, path: str) -> bool:
        """Whether a path may be on a screen that everybody at the table can read.

        Also where people answered differently: those who sit here settle it, or leave it be.
        """
        return self._sight is None or self._sight.may_know(path, self.filling.values)

    def node(self, path: str) -> Node | None:
        """The node at this path; None if the council's form has none there."""
        try:
            return self.filling.session.node(path)
        except NoSuchPath:
            return None

    def rows(self, repeat: str) -> list[Node]:
        """The rows of a repeat that may be on the screen, in order."""
        node = self.node(repeat)
        inside = node.children if node is not None and node.relevant else ()
        return [
            row
            for row in inside
            if row.kind is NodeKind.ROW and row.relevant and self.sees(row.path)
        ]

    def show_now(self) -> None:
        """Show everything as it is now."""
        for piece in self.pieces:
            piece.show_now(None)

    def place(self, dataset: str, name: str) -> str:
        """Where the form asks a property of a kind of entity: a path of the form; or blank."""
        declared = [e for e in self.filling.opened.definition.entities if e.dataset == dataset]
        return declared[0].properties.get(name, "") if declared else ""

    def blocks(self) -> Iterator[Block]:
        """The whole questions that are built, in order."""
        for piece in self.pieces:
            yield from piece.blocks()

    def built_block(self, path: str) -> Block | None:
        """The question at this path, if it is built by now."""
        return next((block for block in self.blocks() if block.path == path), None)

    def put_in_order(self) -> None:
        """The page has questions of others between these: it puts all of them in order."""
        self.rearranged.emit()

    def settle(self) -> None:
        """Have every question tell what it held back for a pause."""
        for piece in self.pieces:
            for field in piece.fields():
                field.settle()

    def follow(self, delta: Delta, also: Collection[str] = ()) -> None:
        """Show what followed from a step, and see to it that it is saved."""
        changed = delta.changed | delta.added | delta.removed | frozenset(also)
        for piece in self.pieces:
            piece.show_now(changed)
        self.saving.said()
        self.followed.emit()
