"""Paragraphs: headings, text, list items, each one element of the tree however it is cut."""

from dataclasses import dataclass, field, replace
from itertools import groupby

from desktop.printing.blocks import Tag
from desktop.printing.canvas import TaggedCanvas
from desktop.printing.figure import Draw
from desktop.printing.fonts import Faces
from desktop.printing.lines import Line, Piece, break_lines
from desktop.printing.scripts import ScriptSetter
from desktop.printing.story import Run
from desktop.printing.structure import Element

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Look:
    """How a paragraph looks. Lengths in points."""

    faces: Faces
    size: float
    leading: float
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0
    colour: Colour = (0, 0, 0)
    bar: Colour | None = None  # a bar at the side: somebody's own words
    stays_with_next: bool = False
    right_to_left: bool = False
    setter: ScriptSetter | None = None


@dataclass(frozen=True)
class Marker:
    """What stands before a list item: a bullet, a number, or something that is painted.

    `text` is what a reader hears.
    """

    text: str
    tag: Tag
    paint: Draw | None = None


@dataclass
class Paragraph:
    """Runs of text. `bookmark` is its level in the outline, from 0; `marker` a bullet or number."""

    text: tuple[Run, ...]
    look: Look
    tag: Tag
    marker: Marker | None = None
    bookmark: int | None = None
    start: int = 0
    stop: int | None = None
    _lines: dict[float, list[Line]] = field(default_factory=dict, repr=False)

    @property
    def before(self) -> float:
        """Only the first part has it."""
        return self.look.before if self.start == 0 else 0.0

    @property
    def after(self) -> float:
        """Least distance to the block below."""
        return self.look.after

    @property
    def stays_with_next(self) -> bool:
        """Headings do."""
        return self.look.stays_with_next

    def lines(self, width: float) -> list[Line]:
        """Its lines at this width."""
        if width not in self._lines:
            look = self.look
            self._lines[width] = break_lines(
                self.text,
                look.faces,
                look.size,
                width - look.indent,
                look.setter,
                right_to_left=look.right_to_left,
            )
        return self._lines[width][self.start : self.stop]

    def height(self, width: float) -> float:
        """Lines times leading."""
        return len(self.lines(width)) * self.look.leading

    def least(self, width: float) -> float:
        """Two lines, or all three of three: no line stands alone."""
        lines = len(self.lines(width))
        return (lines if lines <= 3 else 2) * self.look.leading

    def split(
        self, width: float, room: float, *, fresh: bool
    ) -> "tuple[Paragraph | None, Paragraph | None]":
        """At least two lines on either side, if the room allows."""
        lines = len(self.lines(width))
        fit = min(int((room + 0.01) / self.look.leading), lines)
        if fit == lines:
            return self, None
        if fresh:
            fit = max(fit, 1)
        else:
            fit = min(fit, lines - 2)
            if fit < 2 or lines <= 3:
                return None, self
        middle = self.start + fit
        head = replace(self, stop=middle)
        return head, replace(self, start=middle, bookmark=None)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw its lines; pieces that mean something else than they show are spans of their own."""
        lines = self.lines(width)
        if not lines:
            return
        look = self.look
        if self.bookmark is not None:
            canvas.bookmark("".join(run.text for run in self.text), self.bookmark, top)
        if look.bar is not None:
            self._draw_bar(canvas, look.bar, x, top, width)
        baseline = top - (look.leading + look.size * 0.72) / 2
        canvas.setFillColorRGB(*look.colour)
        if self.marker is not None and self.start == 0:
            self._draw_marker(canvas, self.marker, x, baseline, width)
        shows_marker = self.marker is not None and self.start == 0
        label = f"{self.marker.text} " if self.marker is not None and shows_marker else ""
        canvas.say(label + "".join(piece.meant for line in lines for piece in line))
        left = x if look.right_to_left else x + look.indent
        element = self.tag.on(canvas)
        placed = [
            (piece, baseline - number * look.leading)
            for number, line in enumerate(lines)
            for piece in line
        ]
        for differs, group in groupby(placed, key=lambda entry: entry[0].differs):
            if differs:
                for piece, y in group:
                    self._draw_span(canvas, element, piece, left, y)
            else:
                with canvas.marked(element):
                    for piece, y in group:
                        canvas.show(left + piece.x, y, piece.shown, piece.face, look.size)

    def _draw_span(
        self, canvas: TaggedCanvas, parent: Element, piece: Piece, left: float, y: float
    ) -> None:
        canvas.boxes.update(piece.not_drawn)
        actual = piece.meant if piece.shown != piece.meant else ""
        span = Element("Span", actual=actual, language=piece.language)
        canvas.adopt(span, parent)
        stands_in = bool(actual and piece.shown.strip())
        with canvas.marked(span):
            if piece.glyphs:
                canvas.outlines(left, y, piece.glyphs)
            else:
                shown = " " if stands_in else piece.shown or " "
                canvas.show(left + piece.x, y, shown, piece.face, self.look.size)
        if stands_in:  # seen, not heard: what is heard is what it stands for
            canvas.show(left + piece.x, y, piece.shown, piece.face, self.look.size)

    def _draw_marker(
        self, canvas: TaggedCanvas, marker: Marker, x: float, y: float, width: float
    ) -> None:
        face, size = self.look.faces.bold, self.look.size
        wide = size if marker.paint else face.width(marker.text, size)
        if self.look.right_to_left:
            x = x + width - wide
        element = marker.tag.on(canvas)
        with canvas.marked(element):
            if marker.paint is None:
                canvas.show(x, y, marker.text, face, size)
            else:
                element.actual = marker.text
                canvas.saveState()
                marker.paint(canvas, x, y - size * 0.14, size, size)
                canvas.restoreState()

    def _draw_bar(
        self, canvas: TaggedCanvas, colour: Colour, x: float, top: float, width: float
    ) -> None:
        canvas.saveState()
        canvas.setFillColorRGB(*colour)
        height = self.height(width)
        side = x + width - 3 if self.look.right_to_left else x
        canvas.rect(side, top - height, 3, height, stroke=0, fill=1)
        canvas.restoreState()
