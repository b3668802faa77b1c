"""Lays out Arabic, Urdu, Bengali and other difficult scripts for printing, with Qt.

Fills `desktop.printing.scripts.ScriptSetter`: Qt orders and joins the letters and finds a typeface
for each; printing draws the outlines and keeps the text for a screen reader.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QGlyphRun,
    QPainterPath,
    QRawFont,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from desktop.printing.scripts import Glyph, Outline, SetLine, SetPart, Span

_FONTS = (
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoNaskhArabic-Bold.ttf",
)
_SCALE = 16  # laid out this much larger, so that rounding to pixels does not show
_LINE_SEPARATOR = "\u2028"


class QtScriptSetter:
    """Sets scripts with the bundled typefaces first, then with those of the device.

    Needs a `QGuiApplication`. Every call makes its own layout, so any thread may use it.
    """

    def __init__(self) -> None:
        families: list[str] = []
        for name in _FONTS:
            from desktop.printing.fonts import font_file  # reportlab comes with it

            number = QFontDatabase.addApplicationFontFromData(font_file(name))
            families += QFontDatabase.applicationFontFamilies(number)
        self._families = list(dict.fromkeys(families))
        self._outlines: dict[tuple[str, str, float, int], Outline] = {}

    def set_lines(
        self,
        spans: Sequence[Span],
        size: float,
        width: float,
        *,
        right_to_left: bool,
        flush_right: bool,
    ) -> list[SetLine]:
        """Lines of at most `width` points for `spans` at `size` points."""
        text = "".join(span.text for span in spans)
        layout = QTextLayout(text.replace("\n", _LINE_SEPARATOR), self._font(size))
        layout.setTextOption(_option(right_to_left=right_to_left, flush_right=flush_right))
        layout.setFormats(list(self._bold(spans, size)))
        at = _Positions(text)
        lines = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width * _SCALE)
            line.setPosition(QPointF(0, 0))
            lines.append(line)
        layout.endLayout()
        ends = list(_languages(spans))
        return [
            SetLine(
                at.of(line.textStart()),
                at.of(line.textStart() + line.textLength()),
                tuple(self._parts(line, ends, at)),
            )
            for line in lines
        ]

    def _parts(
        self, line: QTextLine, ends: Sequence[tuple[int, str]], at: "_Positions"
    ) -> Iterator[SetPart]:
        """What of each language is on the line."""
        start, whole = line.textStart(), line.textStart() + line.textLength()
        for end, language in ends:
            stop = min(end, whole)
            if stop > start:
                yield SetPart(at.of(stop), language, tuple(self._glyphs(line, start, stop)))
                start = stop

    def _glyphs(self, line: QTextLine, start: int, stop: int) -> Iterator[Glyph]:
        run: QGlyphRun
        for run in line.glyphRuns(start, stop - start):
            font, ascent = run.rawFont(), line.ascent()
            for number, place in zip(run.glyphIndexes(), run.positions(), strict=True):
                if outline := self._drawn(font, number):
                    yield Glyph(place.x() / _SCALE, (ascent - place.y()) / _SCALE, outline)

    def _drawn(self, font: QRawFont, number: int) -> Outline:
        if font.pixelSize() < 0:  # the box for a script without a typeface: asked its name, Qt dies
            return _outline(font.pathForGlyph(number))
        kind = (font.familyName(), font.styleName(), font.pixelSize(), number)
        if kind not in self._outlines:
            self._outlines[kind] = _outline(font.pathForGlyph(number))
        return self._outlines[kind]

    def _font(self, size: float, *, bold: bool = False) -> QFont:
        font = QFont(self._families)
        font.setPixelSize(round(size * _SCALE))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setBold(bold)
        return font

    def _bold(self, spans: Sequence[Span], size: float) -> Iterator[QTextLayout.FormatRange]:
        start = 0
        for span in spans:
            length = _units(span.text)
            if span.bold and length:
                stretch = QTextLayout.FormatRange()
                stretch.start, stretch.length = start, length
                manner = QTextCharFormat()
                manner.setFont(self._font(size, bold=True))
                stretch.format = manner
                yield stretch
            start += length


def _languages(spans: Sequence[Span]) -> Iterator[tuple[int, str]]:
    """Where each stretch of one language ends, in Qt's units."""
    end = 0
    for language, group in groupby(spans, key=lambda span: span.language):
        end += sum(_units(span.text) for span in group)
        yield end, language


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class _Positions:
    """Qt counts UTF-16 units, Python counts characters."""

    def __init__(self, text: str) -> None:
        self._of_unit: list[int] | None = None
        if not text.isascii() and max(text) > "\uffff":
            self._of_unit = [
                index
                for index, character in enumerate(text)
                for _ in range(1 + (character > "\uffff"))
            ] + [len(text)]

    def of(self, unit: int) -> int:
        return unit if self._of_unit is None else self._of_unit[unit]


def _option(*, right_to_left: bool, flush_right: bool) -> QTextOption:
    option = QTextOption()
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
    )
    side = Qt.AlignmentFlag.AlignRight if flush_right else Qt.AlignmentFlag.AlignLeft
    option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _outline(path: QPainterPath) -> Outline:
    steps: list[tuple[str, tuple[float, ...]]] = []
    points = [path.elementAt(index) for index in range(path.elementCount())]
    index = 0
    while index < len(points):
        kind = points[index].type
        if kind == QPainterPath.ElementType.CurveToElement:
            steps.append(("c", _flat(points[index : index + 3])))
            index += 3
            continue
        operator = "m" if kind == QPainterPath.ElementType.MoveToElement else "l"
        steps.append((operator, _flat(points[index : index + 1])))
        index += 1
    return tuple(steps)


def _flat(points: Sequence[QPainterPath.Element]) -> tuple[float, ...]:
    return tuple(value for point in points for value in (point.x / _SCALE, -point.y / _SCALE))
