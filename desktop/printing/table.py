"""Tables: a header that comes again on each page, rows that stay whole where they fit on one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.pdfbase.pdfdoc import PDFName

from desktop.printing.blocks import Stack, Tag
from desktop.printing.canvas import TaggedCanvas

Colour = tuple[float, float, float]
_BETWEEN = 10.0  # points between two columns


@dataclass(frozen=True)
class Ruling:
    """How the rules of a table look, and the distance between rule and text."""

    colour: Colour
    padding: float
    right_to_left: bool = False


@dataclass
class Row:
    """Cells side by side. `cells` are stacks; `tags` their elements, under `tag`."""

    cells: Sequence[Stack]
    tags: Sequence[Tag]
    tag: Tag

    def height(self, widths: Sequence[float], ruling: Ruling) -> float:
        """Height of the tallest cell."""
        return 2 * ruling.padding + max(
            cell.height(width) for cell, width in zip(self.cells, widths, strict=True)
        )

    def split(
        self, widths: Sequence[float], room: float, ruling: Ruling
    ) -> "tuple[Row | None, Row | None]":
        """Every cell cut at `room`: only for a row taller than a page."""
        parts = [
            cell.split(width, room - 2 * ruling.padding, fresh=True)
            for cell, width in zip(self.cells, widths, strict=True)
        ]
        heads = [head or Stack(()) for head, _ in parts]
        tails = [tail or Stack(()) for _, tail in parts]
        if not any(tail.blocks for tail in tails):
            return self, None
        return replace(self, cells=heads), replace(self, cells=tails)


@dataclass
class Grid:
    """A table. `shares` are the columns' shares of the width; `header` is its first row.

    `least_widths`, in points, are what a column takes of the others, so that no word is broken.
    """

    header: Row
    rows: Sequence[Row]
    shares: Sequence[float]
    tag: Tag
    ruling: Ruling
    least_widths: Sequence[float] = ()
    before: float = 0.0
    after: float = 0.0
    stays_with_next: bool = False
    goes_on: bool = False

    def _widths(self, width: float) -> list[float]:
        free = width - _BETWEEN * (len(self.shares) - 1)
        wide = [free * share / sum(self.shares) for share in self.shares]
        least = self.least_widths or [0.0] * len(wide)
        short = [max(need - have, 0.0) for need, have in zip(least, wide, strict=True)]
        spare = [max(have - need, 0.0) for need, have in zip(least, wide, strict=True)]
        if not sum(short) or sum(spare) < sum(short):
            return wide
        taken = sum(short) / sum(spare)
        return [w + s - taken * p for w, s, p in zip(wide, short, spare, strict=True)]

    def height(self, width: float) -> float:
        """Header and rows."""
        widths = self._widths(width)
        return sum(row.height(widths, self.ruling) for row in (self.header, *self.rows))

    def least(self, width: float) -> float:
        """Header and first row."""
        widths = self._widths(width)
        return sum(row.height(widths, self.ruling) for row in (self.header, *self.rows[:1]))

    def _part(self, rows: Sequence[Row], *, goes_on: bool) -> "Grid":
        return replace(self, rows=rows, goes_on=goes_on)

    def split(self, width: float, room: float, *, fresh: bool) -> "tuple[Grid | None, Grid | None]":
        """As many rows as fit; a row taller than the page is cut inside its cells."""
        widths = self._widths(width)
        left = room - self.header.height(widths, self.ruling)
        for index, row in enumerate(self.rows):
            height = row.height(widths, self.ruling)
            if height <= left:
                left -= height
                continue
            if index == 0 and not fresh:
                return None, self
            if index:
                head, rest = list(self.rows[:index]), list(self.rows[index:])
            else:
                first, tail = row.split(widths, left, self.ruling)
                head = [first] if first else []
                rest = [*([tail] if tail else []), *self.rows[1:]]
            return (
                self._part(head, goes_on=self.goes_on) if head else None,
                self._part(rest, goes_on=True) if rest else None,
            )
        return self, None

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the rows, and a rule under each. A header that comes again is an artifact."""
        widths = self._widths(width)
        y = top
        for row in (self.header, *self.rows):
            height = row.height(widths, self.ruling)
            if row is self.header and self.goes_on:
                with canvas.untagged():
                    self._draw_cells(canvas, row, x, y, widths)
            else:
                self._draw_cells(canvas, row, x, y, widths)
            y -= height
            self._rule(canvas, x, y, width, 1.6 if row is self.header else 0.6)

    def _draw_cells(
        self, canvas: TaggedCanvas, row: Row, x: float, top: float, widths: Sequence[float]
    ) -> None:
        row.tag.on(canvas)
        for cell, tag, left, width in zip(
            row.cells, row.tags, self._lefts(x, widths), widths, strict=True
        ):
            tag.on(canvas)
            cell.draw(canvas, left, top - self.ruling.padding, width)

    def _lefts(self, x: float, widths: Sequence[float]) -> Iterator[float]:
        if self.ruling.right_to_left:
            x += sum(widths) + _BETWEEN * (len(widths) - 1)
        for width in widths:
            if self.ruling.right_to_left:
                x -= width
                yield x
                x -= _BETWEEN
            else:
                yield x
                x += width + _BETWEEN

    def _rule(
        self, canvas: TaggedCanvas, x: float, y: float, width: float, thickness: float
    ) -> None:
        canvas.saveState()
        canvas.setStrokeColorRGB(*self.ruling.colour)
        canvas.setLineWidth(thickness)
        canvas.line(x, y, x + width, y)
        canvas.restoreState()


def header_cell(parent: Tag) -> Tag:
    """The element of a column's heading."""
    scope = {"O": PDFName("Table"), "Scope": PDFName("Column")}
    return Tag("TH", parent=parent, attributes=scope)
