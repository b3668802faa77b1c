"""Blocks that know their height, where they may be cut, and how to draw themselves.

Lengths are in points; `top` is the distance of a block's upper edge from the foot of the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from desktop.printing.canvas import TaggedCanvas
from desktop.printing.structure import Element

_STEPS = sorted((step / 50 for step in range(-8, 9)), key=abs)


class Block(Protocol):
    """Something that stands on a page."""

    @property
    def before(self) -> float:
        """Least distance from the block above."""

    @property
    def after(self) -> float:
        """Least distance to the block below."""

    @property
    def stays_with_next(self) -> bool:
        """Whether it may not be the last on a page."""

    def height(self, width: float, /) -> float:
        """Its height when it is `width` wide."""

    def least(self, width: float, /) -> float:
        """The height of the smallest part that may stand at the foot of a page."""

    def split(
        self, width: float, room: float, /, *, fresh: bool
    ) -> "tuple[Block | None, Block | None]":
        """The part that fits into `room`, and the rest.

        `fresh`: the room is a whole page, and something must be given even if it is cut badly.
        """

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float, /) -> None:
        """Draw it with its upper left corner at (x, top)."""


@dataclass
class Tag:
    """The structure element of a block; the parts of a cut block share it."""

    role: str
    parent: "Tag | None" = None
    alt: str = ""
    language: str = ""
    attributes: dict[str, object] = field(default_factory=dict)
    element: Element | None = None

    def on(self, canvas: TaggedCanvas) -> Element:
        """Its element, made when first drawn."""
        if self.element is None:
            self.element = Element(
                self.role, alt=self.alt, language=self.language, attributes=self.attributes
            )
            canvas.adopt(self.element, self.parent.on(canvas) if self.parent else None)
        return self.element


@dataclass
class Break:
    """A new page."""

    before: float = 0.0
    after: float = 0.0
    stays_with_next: bool = False

    def height(self, _width: float) -> float:
        """None."""
        return 0.0

    def least(self, _width: float) -> float:
        """None."""
        return 0.0

    def split(self, _width: float, _room: float, *, fresh: bool) -> tuple[None, None]:  # noqa: ARG002
        """Nothing to cut."""
        return None, None

    def draw(self, _canvas: TaggedCanvas, _x: float, _top: float, _width: float) -> None:
        """Nothing to see."""


@dataclass
class Stack:
    """Blocks one above the other. `whole`: on one page if they fit on one. `frame`: in a frame."""

    blocks: Sequence[Block]
    before: float = 0.0
    after: float = 0.0
    stays_with_next: bool = False
    whole: bool = False
    frame: float = 0.0  # thickness of the line
    padding: float = 0.0
    colour: tuple[float, float, float] = (0, 0, 0)

    def _inner(self, width: float) -> float:
        return width - 2 * self.padding

    def _gap(self, index: int) -> float:
        if index == 0:
            return 0.0
        return max(self.blocks[index - 1].after, self.blocks[index].before)

    def height(self, width: float) -> float:
        """The sum of all, with the distances between them."""
        inner = self._inner(width)
        return 2 * self.padding + sum(
            self._gap(index) + block.height(inner) for index, block in enumerate(self.blocks)
        )

    def least(self, width: float) -> float:
        """All of it if it must stay whole; otherwise its beginning."""
        return self.height(width) if self.whole else self._least(0, width)

    def _least(self, index: int, width: float) -> float:
        if index >= len(self.blocks):
            return 0.0
        block, inner = self.blocks[index], self._inner(width)
        if not block.stays_with_next:
            return 2 * self.padding + block.least(inner)
        step = self._gap(index + 1) if index + 1 < len(self.blocks) else 0.0
        return block.height(inner) + step + self._least(index + 1, width)

    def _part(self, blocks: Sequence[Block]) -> "Stack | None":
        if not blocks:
            return None
        return Stack(
            blocks,
            self.before,
            self.after,
            self.stays_with_next,
            frame=self.frame,
            padding=self.padding,
            colour=self.colour,
        )

    def split(
        self, width: float, room: float, *, fresh: bool
    ) -> "tuple[Stack | None, Stack | None]":
        """As many blocks as fit; a heading goes with what it heads."""
        if self.whole and not fresh:
            return None, self
        inner, left = self._inner(width), room - 2 * self.padding
        for index, block in enumerate(self.blocks):
            if isinstance(block, Break):
                if index == 0:
                    after = self._part(self.blocks[1:])
                    return after.split(width, room, fresh=fresh) if after else (None, None)
                return self._part(self.blocks[:index]), self._part(self.blocks[index + 1 :])
            left -= self._gap(index)
            height = block.height(inner)
            following = 0.0
            if block.stays_with_next and index + 1 < len(self.blocks):
                following = self._gap(index + 1) + self._least(index + 1, width) - 2 * self.padding
            first_of_page = fresh and index == 0
            if height <= left and (height + following <= left or first_of_page):
                left -= height
                continue
            head, tail = (
                (None, block) if height <= left else block.split(inner, left, fresh=first_of_page)
            )
            kept = [*self.blocks[:index], *([head] if head else [])]
            rest = [*([tail] if tail else []), *self.blocks[index + 1 :]]
            return self._part(kept), self._part(rest)
        return self, None

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the frame, then the blocks from above."""
        if self.frame:
            height = self.height(width)
            canvas.saveState()
            canvas.setStrokeColorRGB(*self.colour)
            canvas.setLineWidth(self.frame)
            canvas.roundRect(x, top - height, width, height, 6)
            canvas.restoreState()
        inner, y = self._inner(width), top - self.padding
        for index, block in enumerate(self.blocks):
            y -= self._gap(index)
            block.draw(canvas, x + self.padding, y, inner)
            y -= block.height(inner)


@dataclass
class Beside:
    """Blocks side by side, never cut. `shares` are their shares of the width.

    `yields`: of two, so much of the width goes to the other where both together are less high so.
    """

    columns: Sequence[Block]
    shares: Sequence[float]
    between: float
    before: float = 0.0
    after: float = 0.0
    stays_with_next: bool = False
    right_to_left: bool = False
    first: float | None = None  # a fixed width of the first, whatever the shares
    centred: bool = False  # half way down, instead of at the top
    yields: float = 0.0

    def _widths(self, width: float) -> list[float]:
        if self.first is not None:
            return [self.first, width - self.first - self.between]
        free = width - self.between * (len(self.shares) - 1)
        if self.yields:
            steps = [step for step in _STEPS if abs(step) <= self.yields]
            halves = ([free * (0.5 + step), free * (0.5 - step)] for step in steps)
            return min(halves, key=self._tallest)
        return [free * share / sum(self.shares) for share in self.shares]

    def _tallest(self, widths: Sequence[float]) -> float:
        return max(b.height(w) for b, w in zip(self.columns, widths, strict=True))

    def height(self, width: float) -> float:
        """Height of the tallest."""
        return self._tallest(self._widths(width))

    def least(self, width: float) -> float:
        """All of it."""
        return self.height(width)

    def split(
        self, width: float, room: float, *, fresh: bool
    ) -> "tuple[Block | None, Block | None]":
        """On a page of its own that is too small, one below the other."""
        if not fresh:
            return None, self
        return Stack(self.columns, self.before, self.after).split(width, room, fresh=True)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw them in reading order."""
        widths = self._widths(width)
        for index, block in enumerate(self.columns):
            before = sum(widths[:index]) + index * self.between
            left = x + width - before - widths[index] if self.right_to_left else x + before
            down = (self.height(width) - block.height(widths[index])) / 2 if self.centred else 0.0
            block.draw(canvas, left, top - down, widths[index])
