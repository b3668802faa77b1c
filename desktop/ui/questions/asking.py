"""The questions of one part of a form, below each other, as far as they are asked at present."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.look.form_text import FormText
from desktop.ui.look.labels import Heading
from desktop.ui.look.spacing import LOOSE, NORMAL
from desktop.ui.look.type_scale import Size
from desktop.ui.questions.block import Block
from desktop.ui.questions.rows import Rows
from desktop.ui.questions.telling import Telling, everything
from desktop.ui.turns import Turns
from forms.xforms import Node, NodeKind

DEEPEST_HEADING = 3


class Asking(QWidget):
    """Builds what is asked, takes away what no longer is, keeps everything else as it is.

    In a window that is seen the first question comes at once. The others are built from the top,
    one each time that the window has nothing else to do (one takes 10 ms); whoever needs all of
    them calls ``complete`` first. ``wake`` is given to the questions inside a group or a card: it
    has those around them go on building, for all take turns.
    """

    def __init__(
        self,
        telling: Telling,
        level: int = 2,
        parent: QWidget | None = None,
        wake: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._telling, self._level = telling, level
        self._parts: dict[str, Block | Group | Rows] = {}
        self._waiting: dict[str, Node] = {}
        self._made: dict[str, Block | Group | Rows] = {}
        self._order: list[str] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(LOOSE)
        self._building = Turns(self)
        self._is_outermost = wake is None
        self._wake = wake or self._go_on

    def present(self, nodes: Sequence[Node], changed: Collection[str] | None = None) -> None:
        """Show these nodes; only ``changed`` paths differ from before (None: all may)."""
        self._building.stop()
        asked = {node.path: node for node in nodes if is_asked(node, self._telling.sees)}
        for path in [path for path in self._parts if path not in asked]:
            part = self._parts.pop(path)
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        for path in list(self._made):
            self._made.pop(path).deleteLater()
        waited, self._order, self._waiting = self._waiting, list(asked), {}
        begun = self._is_outermost and not self.window().isVisible()
        for path, node in asked.items():
            known = self._parts.get(path)
            if known is not None:
                known.show_node(node, changed)
            elif begun or path in waited:
                self._waiting[path] = node
            else:
                begun = True
                self._put(node)
        if self.waiting:
            self._wake()

    @property
    def waiting(self) -> int:
        """How many questions are not built yet."""
        here = sum(_questions_in(node, self._telling.sees) for node in self._waiting.values())
        return here + sum(p.waiting for p in self._parts.values() if not isinstance(p, Block))

    def complete(self) -> None:
        """Build what is not built yet."""
        if not self.waiting:
            return
        self._building.stop()
        for path in list(self._waiting):
            self._put(self._waiting.pop(path))
        for part in self._parts.values():
            if not isinstance(part, Block):
                part.complete()
        self._settle()
        self._telling.wishes.rearranged.emit()

    def build_one(self) -> None:
        """Build the first question that is not built yet: make it, and the next time put it in."""
        for path in self._order:
            part = self._parts.get(path)
            if part is None and path not in self._made:
                self._made[path] = self._make(self._waiting[path])
                return
            if part is None:
                self._put(self._waiting.pop(path))
                return
            if not isinstance(part, Block) and part.waiting:
                part.build_one()
                return

    def blocks(self) -> Iterator[Block]:
        """The questions that are built, in order."""
        for part in self._in_order():
            if isinstance(part, Block):
                yield part
            else:
                for block in part.blocks():
                    assert isinstance(block, Block)  # noqa: S101  rows hold what this file gave them
                    yield block

    def stops(self) -> Iterator[QWidget]:
        """Everything that Tab stops at, in order."""
        for part in self._in_order():
            yield from part.stops()

    def open_row(self, row: str) -> None:
        """Open the card of this row, if it is built by now."""
        for part in self._parts.values():
            if not isinstance(part, Block):
                part.open_row(row)

    def _in_order(self) -> Iterator[Block | Group | Rows]:
        return (self._parts[path] for path in self._order if path in self._parts)

    def _make(self, node: Node) -> Block | Group | Rows:
        part = self._part_for(node)
        part.show_node(node, None)
        return part

    def _put(self, node: Node) -> None:
        part = self._made.pop(node.path, None) or self._make(node)
        at = self._order.index(node.path)
        self._parts[node.path] = part
        before = sum(path in self._parts for path in self._order[:at])
        self._column.insertWidget(before, part)
        after = next((self._parts[p] for p in self._order[at + 1 :] if p in self._parts), None)
        if after is not None:
            part.stackUnder(after)  # what is read out goes by this order, not by the layout's
        part.show()  # at once: Qt's layouts do it later, and what is hidden takes no focus

    def _go_on(self) -> None:
        self._building.begin(self._build_by_turns())

    def _build_by_turns(self) -> Iterator[None]:
        yield
        while self.waiting:
            self.build_one()
            self._settle()
            if self.waiting:
                yield
        self._telling.wishes.rearranged.emit()

    def _settle(self) -> None:
        """At once, all the way up: until then what stands here is squeezed, a click may miss it."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def _part_for(self, node: Node) -> Block | Group | Rows:
        if node.kind is NodeKind.REPEAT:
            return Rows(self._telling, self._inside, self._wake, self)
        if node.kind is NodeKind.GROUP:
            return Group(self._telling, self._level, self._wake, self)
        return Block(node, self._telling, self)

    def _inside(self, parent: QWidget, room: QVBoxLayout) -> Asking:
        asking = Asking(self._telling, min(self._level + 1, DEEPEST_HEADING), parent, self._wake)
        room.addWidget(asking)
        return asking


class Group(QWidget):
    """A group of the form within its section: a heading, its hint, its questions."""

    def __init__(
        self,
        telling: Telling,
        level: int,
        wake: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._heading = Heading("", level, self)
        self._hint = FormText("", self, size=Size.SMALL, quiet=True)
        self._asking = Asking(telling, min(level + 1, DEEPEST_HEADING), self, wake)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(NORMAL)
        column.addWidget(self._heading)
        column.addWidget(self._hint)
        column.addWidget(self._asking)

    def show_node(self, node: Node, changed: Collection[str] | None) -> None:
        """Show the group as it is now."""
        self._heading.setText(node.label)
        self._heading.setVisible(bool(node.label))
        self._hint.say(node.hint)
        self._hint.setVisible(bool(node.hint))
        self._asking.present(node.children, changed)

    def blocks(self) -> Iterator[Block]:
        """Its questions on the screen, in order."""
        return self._asking.blocks()

    def stops(self) -> Iterator[QWidget]:
        """Everything that Tab stops at, in order."""
        return self._asking.stops()

    def open_row(self, row: str) -> None:
        """Open the card of this row, if it is in here."""
        self._asking.open_row(row)

    @property
    def waiting(self) -> int:
        """How many questions are not built yet."""
        return self._asking.waiting

    def complete(self) -> None:
        """Build what is not built yet."""
        self._asking.complete()

    def build_one(self) -> None:
        """Build the first question that is not built yet."""
        self._asking.build_one()


def is_asked(node: Node, sees: Callable[[str], bool] = everything) -> bool:
    """True for what is on the page at present; a group with nothing to ask in it is not.

    ``sees``: whether a path may be on the screen at all.
    """
    if not node.relevant or not sees(node.path):
        return False
    if node.kind in {NodeKind.GROUP, NodeKind.ROW}:
        return any(is_asked(child, sees) for child in node.children)
    if node.kind is NodeKind.REPEAT:
        return not node.children or any(row.relevant for row in node.children)
    return bool(node.control)


def _questions_in(node: Node, sees: Callable[[str], bool]) -> int:
    """How many questions of a waiting part will be on the page; a repeat counts as one."""
    if node.kind is not NodeKind.GROUP:
        return 1
    return sum(_questions_in(one, sees) for one in node.children if is_asked(one, sees))
