"""What of a section is on the screen at once: all of it, a part of a long one, or one question.

Only what is shown is looked at, so that a section of ten thousand questions is as quick as one of
ten. Parts begin where the part before ended; there is no numbering of parts to go out of date.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from desktop.ui.questions.asking import is_asked
from forms.xforms import Node, NodeKind

MOST = 30
"""How many questions one page holds; a longer section comes in parts."""

A_TURN = 200
"""How many questions are counted before the window may answer."""

OF_A_REPEAT = 3
"""What a repeat counts for: its cards are closed at first."""


class SectionParts:
    """The nodes of one section, and where in them the screen is."""

    def __init__(self, sees: Callable[[str], bool]) -> None:
        self._sees = sees
        self._units: list[Node] = []
        self._first = 0
        self._asked: list[int] | None = None
        self.one_at_a_time = False

    def lay_out(self, nodes: Sequence[Node]) -> None:
        """These are the nodes of the section now; the place is kept."""
        before, self._units = len(self._units), list(self._opened(nodes))
        if len(self._units) != before:
            self._asked = None
        self._first = min(self._first, max(0, len(self._units) - 1))

    def begin(self) -> None:
        """Go to the first part."""
        self._first, self._asked = 0, None

    def shown(self) -> list[Node]:
        """What is on the screen: from the place onwards, or the last there is before it."""
        nodes = [self._units[at] for at in self._from(self._first)]
        if not nodes and (before := self._before(self._first)) is not None:
            self._first = before
            nodes = [self._units[at] for at in self._from(before)]
        return nodes

    def step(self, by: int) -> bool:
        """Go to the next part (1) or the one before (-1); False if there is none."""
        to = self._after() if by > 0 else self._before(self._first)
        if to is None:
            return False
        self._first = to
        return True

    def go_to(self, path: str) -> None:
        """Go to the part that holds a path."""
        for at, node in enumerate(self._units):
            if _is_in(path, node):
                self._first = self._begin_of(at)
                return

    def holds(self, path: str) -> bool:
        """Whether the part that is on the screen holds a path."""
        return any(_is_in(path, self._units[at]) for at in self._from(self._first))

    @property
    def is_at_end(self) -> bool:
        """True if what comes next is in another section."""
        return self._after() is None

    @property
    def is_at_start(self) -> bool:
        """True if what comes before is in another section."""
        return self._before(self._first) is None

    def count(self) -> Iterator[None]:
        """Count what is asked, `A_TURN` at a time; `number` says it when all is counted."""
        asked = []
        for at, node in enumerate(self._units, 1):
            if is_asked(node, self._sees):
                asked.append(at - 1)
            if at % A_TURN == 0:
                yield
        self._asked = asked

    def number(self) -> tuple[int, int] | None:
        """Which of how many is shown, one at a time; None while it is not counted yet."""
        if not self.one_at_a_time or self._asked is None:
            return None
        return bisect_right(self._asked, self._first), len(self._asked)

    # --- inside ------------------------------------------------------------------------------

    def _opened(self, nodes: Sequence[Node]) -> Iterator[Node]:
        """The nodes, with groups opened that would not fit on one page."""
        is_long = self.one_at_a_time or _is_longer(nodes, MOST)
        for node in nodes:
            opens = node.kind is NodeKind.GROUP and is_long
            if opens and (self.one_at_a_time or _is_longer(node.children, MOST)):
                yield from self._opened(node.children)
            else:
                yield node

    def _from(self, first: int) -> list[int]:
        room = 1 if self.one_at_a_time else MOST
        found: list[int] = []
        for at in range(first, len(self._units)):
            node = self._units[at]
            if not is_asked(node, self._sees):
                continue
            weight = 1 if self.one_at_a_time else self._weight(node)
            if found and weight > room:
                break
            found.append(at)
            room -= weight
            if room <= 0:
                break
        return found

    def _after(self) -> int | None:
        shown = self._from(self._first)
        rest = range(shown[-1] + 1, len(self._units)) if shown else ()
        return next((at for at in rest if is_asked(self._units[at], self._sees)), None)

    def _before(self, first: int) -> int | None:
        """Where the part before begins: as far back as fits on one page."""
        room = 1 if self.one_at_a_time else MOST
        begin: int | None = None
        for at in range(first - 1, -1, -1):
            node = self._units[at]
            if not is_asked(node, self._sees):
                continue
            room -= 1 if self.one_at_a_time else self._weight(node)
            if begin is not None and room < 0:
                break
            begin = at
            if room <= 0:
                break
        return begin

    def _begin_of(self, wanted: int) -> int:
        """The beginning of the part that holds a unit, counted from the first part."""
        if self.one_at_a_time:
            return wanted
        before = self._before(wanted + 1)
        if before is None:
            return wanted
        whole = self._before(before)
        return before if whole is not None else 0

    def _weight(self, node: Node) -> int:
        if node.kind is NodeKind.QUESTION:
            return 1
        if node.kind is NodeKind.REPEAT:
            return OF_A_REPEAT
        return sum(self._weight(one) for one in node.children if is_asked(one, self._sees))


def _is_in(path: str, node: Node) -> bool:
    return path == node.path or path.startswith((f"{node.path}[", f"{node.path}/"))


def _is_longer(nodes: Sequence[Node], most: int) -> bool:
    """Whether there are more questions than that, asked or not; looks no further."""
    count, waiting = 0, list(reversed(nodes))
    while waiting and count <= most:
        node = waiting.pop()
        if node.kind is NodeKind.GROUP:
            waiting.extend(reversed(node.children))
        elif node.kind is NodeKind.REPEAT:
            count += OF_A_REPEAT
        else:
            count += bool(node.control)
    return count > most
