"""Lays out Arabic, Urdu, Bengali and other difficult scripts for printing, with Qt.

Fills `desktop.printing.scripts.ScriptSetter`: Qt orders and joins the letters and finds a typeface
for each; printing draws the outlines and keeps the text for a screen reader.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

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
from desktop.printing.text import NOT_SHOWN, clusters

_FONTS = (
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoNaskhArabic-Bold.ttf",
)
_SCALE = 16  # laid out this much larger, so that rounding to pixels does not show
_LINE_SEPARATOR = "\u2028"
_NOTHING = "\u2060"  # has no width, and is no place to break
_RETRIEVED = (
    QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphIndexes
    | QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphPositions
    | QTextLayout.GlyphRunRetrievalFlag.RetrieveStringIndexes
)


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
        """Lines of at most `width` points for `spans` at `size` points.

        Qt draws a box also for a figure or a full stop after letters that no typeface has. So those
        letters are stood in for, and laid out again.
        """
        text = "".join(span.text for span in spans)
        option = _option(right_to_left=right_to_left, flush_right=flush_right)
        lines = self._set(text, spans, size, width, option)
        if lost := frozenset(filter(_is_letter, chain.from_iterable(_boxes_in(lines)))):
            lines = self._set(text, spans, size, width, option, lost)
        return lines

    def _set(
        self,
        text: str,
        spans: Sequence[Span],
        size: float,
        width: float,
        option: QTextOption,
        lost: frozenset[str] = frozenset(),
    ) -> list[SetLine]:
        shown = _stood_in(text, lost) if lost else text
        layout = QTextLayout(shown.replace("\n", _LINE_SEPARATOR), self._font(size))
        layout.setTextOption(option)
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
                tuple(self._parts(line, ends, at, text, lost)),
            )
            for line in lines
        ]

    def _parts(
        self,
        line: QTextLine,
        ends: Sequence[tuple[int, str]],
        at: "_Positions",
        text: str,
        lost: frozenset[str],
    ) -> Iterator[SetPart]:
        """What of each language is on the line."""
        start, whole = line.textStart(), line.textStart() + line.textLength()
        for end, language in ends:
            stop = min(end, whole)
            if stop > start:
                runs = line.glyphRuns(start, stop - start, _RETRIEVED)
                boxes = {text[at.of(unit)] for unit in _boxes(runs)}
                boxes |= lost.intersection(text[at.of(start) : at.of(stop)])
                drawn = tuple(self._glyphs(line, runs))
                yield SetPart(at.of(stop), language, drawn, "".join(sorted(boxes)))
                start = stop

    def _glyphs(self, line: QTextLine, runs: Iterable[QGlyphRun]) -> Iterator[Glyph]:
        for run in runs:
            font, ascent = run.rawFont(), line.ascent()
            for number, place in zip(run.glyphIndexes(), run.positions(), strict=True):
                if outline := self._drawn(font, number):
                    yield Glyph(place.x() / _SCALE, (ascent - place.y()) / _SCALE, outline)

    def _drawn(self, font: QRawFont, number: int) -> Outline:
        if _has_no_typeface(font):  # asked its name, Qt dies
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


def _has_no_typeface(font: QRawFont) -> bool:
    """Whether this is what Qt draws the boxes of a script with that no typeface here has."""
    return font.pixelSize() < 0


def _boxes(runs: Iterable[QGlyphRun]) -> Iterator[int]:
    """Where letters stand that are boxes, in Qt's units: the first glyph of any typeface is one."""
    for run in runs:
        whole, units = _has_no_typeface(run.rawFont()), run.stringIndexes()
        yield from (
            unit for n, unit in zip(run.glyphIndexes(), units, strict=True) if whole or not n
        )


def _boxes_in(lines: Iterable[SetLine]) -> Iterator[str]:
    return (part.boxes for line in lines for part in line.parts)


def _is_letter(character: str) -> bool:
    """Whether it is of a script of its own; signs take that of the letters before them."""
    return not character.isascii() and unicodedata.category(character)[0] in "LMN"


def _stood_in(text: str, lost: frozenset[str]) -> str:
    """`text` of the same length in Qt's units, with one sign for each letter that is lost."""
    return "".join(
        NOT_SHOWN + _NOTHING * (_units(cluster) - 1) if cluster[0] in lost else cluster
        for cluster in clusters(text)
    )


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
