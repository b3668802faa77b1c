"""Pictures that are drawn: signatures and drawings as strokes, boxes to tick, room to write."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFArray, PDFName

from desktop.printing.blocks import Tag
from desktop.printing.canvas import TaggedCanvas
from desktop.printing.fonts import Face
from desktop.printing.story import Picture, Strokes

Colour = tuple[float, float, float]
_PHOTO_WIDTH, _PHOTO_HEIGHT = 480.0, 420.0  # points
_PHOTO_PIXELS = 1000
Draw = Callable[[TaggedCanvas, float, float, float, float], None]


@dataclass
class Figure:
    """A picture with words for those who do not see it.

    `paint` is called with the canvas, x, foot, width and height.
    """

    paint: Draw
    tall: float
    tag: Tag
    wide: float | None = None
    flush_right: bool = False
    before: float = 0.0
    after: float = 0.0
    stays_with_next: bool = False

    def height(self, _width: float) -> float:
        """Its own height."""
        return self.tall

    def least(self, _width: float) -> float:
        """A picture is never cut."""
        return self.tall

    def split(
        self, _width: float, room: float, *, fresh: bool
    ) -> "tuple[Figure | None, Figure | None]":
        """A picture taller than a page is made as tall as the page."""
        return (replace(self, tall=room), None) if fresh else (None, self)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Paint it inside its element, which names its box (PDF/UA-1 asks for it)."""
        wide = width if self.wide is None else min(self.wide, width)
        if self.flush_right:
            x += width - wide
        foot = top - self.tall
        box = PDFArray([round(value, 2) for value in (x, foot, x + wide, top)])
        self.tag.attributes = {"O": PDFName("Layout"), "BBox": box}
        canvas.say(self.tag.alt)
        with canvas.marked(self.tag.on(canvas)):
            canvas.saveState()
            self.paint(canvas, x, foot, wide, self.tall)
            canvas.restoreState()


@dataclass
class Decoration:
    """A picture without words: an artifact at the side of what it goes with."""

    paint: Draw
    side: float
    before: float = 0.0
    after: float = 0.0
    stays_with_next: bool = False

    def height(self, _width: float) -> float:
        """It is square."""
        return self.side

    def least(self, _width: float) -> float:
        """A picture is never cut."""
        return self.side

    def split(
        self, _width: float, _room: float, *, fresh: bool
    ) -> "tuple[Decoration | None, Decoration | None]":
        """A picture is never cut."""
        return (self, None) if fresh else (None, self)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, _width: float) -> None:
        """Paint it."""
        canvas.saveState()
        self.paint(canvas, x, top - self.side, self.side, self.side)
        canvas.restoreState()


def paint_strokes(strokes: Strokes, thickness: float) -> Draw:
    """The strokes, as large as the room allows, in the proportion they were drawn in."""

    def paint(canvas: TaggedCanvas, x: float, foot: float, width: float, height: float) -> None:
        if strokes.width <= 0 or strokes.height <= 0:
            return
        scale = min(width / strokes.width, height / strokes.height)
        left = x
        top = foot + (height + strokes.height * scale) / 2
        canvas.setLineWidth(thickness)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        for line in strokes.lines:
            path = canvas.beginPath()
            for number, (across, down) in enumerate(line):
                step = path.moveTo if number == 0 else path.lineTo
                step(left + across * scale, top - down * scale)
            if len(line) == 1:  # a dot: a line of no length with round ends
                across, down = line[0]
                path.lineTo(left + across * scale, top - down * scale)
            canvas.drawPath(path, stroke=1, fill=0)

    return paint


def paint_labels(picture: Picture, face: Face, size: float) -> Draw:
    """The strokes of a picture with its labels, in the same proportion."""

    def paint(canvas: TaggedCanvas, x: float, foot: float, width: float, height: float) -> None:
        strokes = picture.strokes
        paint_strokes(strokes, 1.6)(canvas, x, foot, width, height)
        scale = min(width / strokes.width, height / strokes.height)
        top = foot + (height + strokes.height * scale) / 2
        canvas.setFillColorRGB(0, 0, 0)
        for label in picture.labels:
            left = x + label.x * scale - face.width(label.text, size) / 2
            canvas.show(left, top - label.y * scale - size * 0.36, label.text, face, size)

    return paint


def paint_signature(strokes: Strokes | None, colour: Colour) -> Draw:
    """A line to sign on, with the signature on it if there is one."""

    def paint(canvas: TaggedCanvas, x: float, foot: float, width: float, height: float) -> None:
        canvas.saveState()
        canvas.setStrokeColorRGB(*colour)
        canvas.setLineWidth(0.8)
        canvas.line(x, foot + 2, x + width, foot + 2)
        canvas.restoreState()
        if strokes is not None:
            paint_strokes(strokes, 1.4)(canvas, x + 4, foot + 4, width - 8, height - 6)

    return paint


def paint_tick_box(ticked: bool, side: float) -> Draw:
    """A square, with a tick in it."""

    def paint(canvas: TaggedCanvas, x: float, foot: float, _width: float, height: float) -> None:
        below = foot + (height - side) / 2
        canvas.setLineWidth(1.2)
        canvas.rect(x + 1, below, side, side)
        if ticked:
            canvas.setLineWidth(2)
            path = canvas.beginPath()
            path.moveTo(x + 1 + side * 0.2, below + side * 0.5)
            path.lineTo(x + 1 + side * 0.42, below + side * 0.24)
            path.lineTo(x + 1 + side * 0.82, below + side * 0.78)
            canvas.drawPath(path, stroke=1, fill=0)

    return paint


def paint_framed(inner: Draw, colour: Colour) -> Draw:
    """`inner` in a thin frame."""

    def paint(canvas: TaggedCanvas, x: float, foot: float, width: float, height: float) -> None:
        canvas.saveState()
        canvas.setStrokeColorRGB(*colour)
        canvas.setLineWidth(0.8)
        canvas.roundRect(x, foot, width, height, 6)
        canvas.restoreState()
        inner(canvas, x + 8, foot + 8, width - 16, height - 16)

    return paint


def paint_ruled(lines: int, colour: Colour) -> Draw:
    """Lines to write on."""

    def paint(canvas: TaggedCanvas, x: float, foot: float, width: float, height: float) -> None:
        canvas.setStrokeColorRGB(*colour)
        canvas.setLineWidth(0.8)
        for number in range(lines):
            y = foot + height * number / lines + 2
            canvas.line(x, y, x + width, y)

    return paint


def paint_photo(data: bytes) -> tuple[Draw, float] | None:
    """A painter of a photograph and its height on a page; None if it cannot be read.

    Scaled to 150 dots an inch at full width, so that a print job stays small.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
            opened.draft("RGB", (_PHOTO_PIXELS, _PHOTO_PIXELS))
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    picture.thumbnail((_PHOTO_PIXELS, _PHOTO_PIXELS))
    wide, high = picture.size
    height = min(_PHOTO_HEIGHT, _PHOTO_WIDTH * high / wide)

    def paint(canvas: TaggedCanvas, x: float, foot: float, width: float, height: float) -> None:
        scale = min(width / wide, height / high)
        reader = ImageReader(picture)
        canvas.drawImage(reader, x, foot + height - high * scale, wide * scale, high * scale)

    return paint, height


def paint_nothing(_: TaggedCanvas, _x: float, _foot: float, _width: float, _height: float) -> None:
    """An empty space."""
