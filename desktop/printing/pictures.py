"""The pictures that go with words for young children and easy read, drawn here, not loaded.

Each is a list of shapes in a box of 100 by 100, y upwards. A picture supports a sentence; it never
stands for one, so it has no words of its own and a reader does not hear it.
"""

import math
from collections.abc import Mapping, Sequence

from desktop.printing.canvas import TaggedCanvas
from desktop.printing.figure import Draw

Colour = tuple[float, float, float]
Shape = tuple[str, tuple[float, ...], Colour | None]

_INK: Colour = (0.07, 0.16, 0.2)
_YELLOW: Colour = (1.0, 0.8, 0.25)
_BLUE: Colour = (0.55, 0.78, 0.92)
_RED: Colour = (0.93, 0.42, 0.38)
_GREEN: Colour = (0.5, 0.76, 0.5)
_PAPER: Colour = (1.0, 0.97, 0.9)
_SKIN: Colour = (0.8, 0.6, 0.44)


def _face(mouth: float) -> tuple[Shape, ...]:
    """A face; `mouth` from -1 (very sad) to 1 (very happy)."""
    middle, ends = 32 - mouth * 14, 32 + mouth * 4
    return (
        ("circle", (50, 50, 44), _YELLOW),
        ("circle", (35, 60, 5), _INK),
        ("circle", (65, 60, 5), _INK),
        ("curve", (28, ends, 40, middle, 60, middle, 72, ends), None),
    )


def _rays() -> tuple[Shape, ...]:
    return tuple(
        (
            "line",
            (
                50 + 32 * math.cos(angle),
                50 + 32 * math.sin(angle),
                50 + 44 * math.cos(angle),
                50 + 44 * math.sin(angle),
            ),
            None,
        )
        for angle in (math.tau * step / 10 for step in range(10))
    )


def _star() -> Shape:
    points: list[float] = []
    for step in range(10):
        reach = 46 if step % 2 == 0 else 19
        angle = math.pi / 2 + math.tau * step / 10
        points += [50 + reach * math.cos(angle), 48 + reach * math.sin(angle)]
    return ("shape", tuple(points), _YELLOW)


def _person(x: float, height: float, colour: Colour) -> tuple[Shape, ...]:
    head = height * 0.16
    return (
        (
            "shape",
            (x - 13, 6, x - 9, height * 0.62, x + 9, height * 0.62, x + 13, 6),
            colour,
        ),
        ("circle", (x, height * 0.62 + head, head), _SKIN),
    )


PICTURES: Mapping[str, tuple[Shape, ...]] = {
    "me": (
        ("line", (34, 54, 18, 34), None),
        ("line", (66, 54, 82, 34), None),
        ("shape", (28, 6, 36, 58, 64, 58, 72, 6), _RED),
        ("circle", (50, 76, 19), _SKIN),
        ("circle", (43, 79, 2), _INK),
        ("circle", (57, 79, 2), _INK),
        ("curve", (42, 71, 46, 66, 54, 66, 58, 71), None),
    ),
    "sun": (*_rays(), ("circle", (50, 50, 25), _YELLOW)),
    "cloud": (
        ("circle", (32, 46, 20), _BLUE),
        ("circle", (68, 46, 20), _BLUE),
        ("circle", (50, 60, 24), _BLUE),
        ("cover", (32, 27.5, 68, 27.5, 68, 56, 32, 56), _BLUE),
        ("line", (32, 26, 68, 26), None),
        ("disc", (32, 46, 18), _BLUE),
        ("disc", (68, 46, 18), _BLUE),
        ("disc", (50, 60, 22), _BLUE),
        ("line", (34, 18, 30, 6), None),
        ("line", (52, 18, 48, 6), None),
        ("line", (70, 18, 66, 6), None),
    ),
    "star": (_star(),),
    "people": (*_person(25, 90, _BLUE), *_person(75, 90, _GREEN), *_person(50, 62, _RED)),
    "steps": (
        ("shape", (8, 16, 36, 16, 36, 32, 62, 32, 62, 54, 92, 54, 92, 6, 8, 6), _GREEN),
        ("line", (77, 56, 77, 92), None),
        ("shape", (77, 92, 77, 72, 96, 82), _RED),
    ),
    "speech": (
        ("shape", (8, 34, 8, 88, 92, 88, 92, 34, 46, 34, 28, 12, 28, 34), _PAPER),
        ("line", (22, 72, 78, 72), None),
        ("line", (22, 56, 62, 56), None),
    ),
    "phone": (
        ("shape", (28, 4, 28, 96, 72, 96, 72, 4), _PAPER),
        ("cover", (34, 22, 34, 86, 66, 86, 66, 22), _BLUE),
        ("circle", (50, 13, 4), _INK),
    ),
    "calendar": (
        ("shape", (8, 8, 8, 84, 92, 84, 92, 8), _PAPER),
        ("cover", (9, 66, 9, 83, 91, 83, 91, 66), _RED),
        ("line", (28, 76, 28, 94), None),
        ("line", (72, 76, 72, 94), None),
        ("circle", (34, 48, 5), _INK),
        ("circle", (58, 48, 5), _INK),
        ("circle", (34, 26, 5), _INK),
    ),
    "home": (
        ("shape", (18, 6, 18, 52, 82, 52, 82, 6), _PAPER),
        ("shape", (6, 50, 50, 94, 94, 50), _RED),
        ("shape", (42, 6, 42, 34, 58, 34, 58, 6), _BLUE),
    ),
    "heart": (("heart", (50, 50), _RED),),
    "pencil": (
        ("shape", (22, 36, 68, 82, 84, 66, 38, 20), _YELLOW),
        ("shape", (22, 36, 38, 20, 12, 10), _SKIN),
        ("shape", (68, 82, 76, 90, 92, 74, 84, 66), _RED),
    ),
    "lock": (
        ("curve", (30, 50, 30, 96, 70, 96, 70, 50), None),
        ("shape", (18, 6, 18, 52, 82, 52, 82, 6), _YELLOW),
        ("circle", (50, 30, 6), _INK),
    ),
    **{f"face-{number}": _face((number - 3) / 2) for number in range(1, 6)},
}


def paint_picture(name: str) -> Draw:
    """A painter of the picture of this name. Error: KeyError."""
    shapes = PICTURES[name]

    def paint(canvas: TaggedCanvas, x: float, foot: float, width: float, height: float) -> None:
        side = min(width, height)
        canvas.translate(x, foot + (height - side))
        canvas.scale(side / 100, side / 100)
        canvas.setStrokeColorRGB(*_INK)
        canvas.setLineWidth(4)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        for kind, numbers, fill in shapes:
            _draw(canvas, kind, numbers, fill)

    return paint


def _draw(canvas: TaggedCanvas, kind: str, numbers: Sequence[float], fill: Colour | None) -> None:
    if fill is not None:
        canvas.setFillColorRGB(*fill)
    path = canvas.beginPath()
    if kind in {"circle", "disc"}:
        path.circle(*numbers)
    elif kind == "curve":
        path.moveTo(*numbers[:2])
        path.curveTo(*numbers[2:])
    elif kind == "heart":
        path.moveTo(50, 12)
        path.curveTo(-20, 60, 20, 112, 50, 74)
        path.curveTo(80, 112, 120, 60, 50, 12)
    else:
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        if kind != "line":
            path.close()
    canvas.drawPath(path, stroke=int(kind not in {"cover", "disc"}), fill=int(fill is not None))
