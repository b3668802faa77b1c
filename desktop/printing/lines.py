"""Breaking runs of text into lines: greedy, flush left, and never losing a character."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import regex

from desktop.printing.fonts import Face, Faces
from desktop.printing.scripts import Glyph, ScriptSetter, SetLine, SetPart, Span
from desktop.printing.story import Run
from desktop.printing.text import (
    NOT_SHOWN,
    clusters,
    has_right_to_left,
    has_strong,
    is_right_to_left,
    is_silent,
    stand_in,
)

# A space between two figures is not a place to break: telephone numbers stay whole. Nor is one
# before a stroke: what divides two languages ends a line, and does not begin one.
_TOKEN = regex.compile(r"(?:[^ \n]|(?<=\d) (?=\d)| (?=/ ))+ *|\n| +")
_HOLDING_SPACE = regex.compile(r"(?<=\d) (?=\d)| (?=/ )")
_AFTER_HYPHEN = regex.compile(r"(?<=\p{L}[-–—/])(?=\p{L})", regex.V1)
_COMPLEX = regex.compile(
    r"[\p{Mn}\p{Mc}\p{Me}\p{Arabic}\p{Hebrew}\p{Indic_Syllabic_Category=Virama}]|"
    r"[\p{L}--[\p{Latin}\p{Greek}\p{Cyrillic}]]",
    regex.V1,
)
_NO_LETTER = regex.compile(
    r"[\p{S}\p{Cf}\p{Cn}\p{Co}\p{Mn}\p{Me}]*[\p{S}\p{Cn}\p{Co}\u202a-\u202e].*", regex.S
)
_ROUNDING = 0.01
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True)
class Piece:
    """Some letters of one line, `x` points from its left.

    `meant` is the text they stand for where that differs from what is `shown`; `boxes` are letters
    among the `glyphs` that nobody here has a typeface for.
    """

    shown: str
    meant: str
    face: Face
    language: str
    x: float = 0.0
    glyphs: tuple[Glyph, ...] = ()
    boxes: str = ""

    @property
    def not_drawn(self) -> str:
        """The letters that are seen as a box or as U+FFFD, because no typeface here has them."""
        lost = self.boxes
        if NOT_SHOWN in self.shown:
            face, meant = self.face, clusters(self.meant)
            lost += "".join(one for one in meant if _shown(one, face) == NOT_SHOWN != one)
        return "".join(one for one in lost if not (one.isspace() or is_silent(one)))

    @property
    def differs(self) -> bool:
        """Whether a reader must be told what is meant, or in which language."""
        return self.shown != self.meant or bool(self.language)


Line = tuple[Piece, ...]


@dataclass(frozen=True)
class _Token:
    pieces: tuple[Piece, ...]
    breaks: bool = False  # a line end that was written


def break_lines(
    text: Sequence[Run],
    faces: Faces,
    size: float,
    width: float,
    setter: ScriptSetter | None = None,
    *,
    right_to_left: bool = False,
) -> list[Line]:
    """`text`, which has passed the gate, in lines of at most `width` points at `size` points.

    Joined, what the pieces mean is the text again, spaces and line ends and all.
    """
    lines = _broken(text, faces, size, width, setter, right_to_left)
    if len(lines) < 2 or not any(run.apart for run in text):
        return lines
    return [
        line
        for part in _parted(text)
        for line in _broken(part, faces, size, width, setter, right_to_left)
    ]


def _broken(
    text: Sequence[Run],
    faces: Faces,
    size: float,
    width: float,
    setter: ScriptSetter | None,
    right_to_left: bool,
) -> list[Line]:
    whole = "".join(run.text for run in text)
    if not whole:
        return []
    if setter is not None and (right_to_left or _COMPLEX.search(whole)):
        return [
            line
            for written in _written_lines(text)
            for line in _set_elsewhere(written, faces, size, width, setter, right_to_left)
        ]
    return _fill(_tokens(text, faces, size, width), size, width)


def _parted(text: Sequence[Run]) -> list[list[Run]]:
    """`text` cut before each run that begins a line of its own."""
    parts: list[list[Run]] = [[]]
    for run in text:
        if run.apart and parts[-1]:
            parts.append([])
        parts[-1].append(run)
    return parts


def _written_lines(text: Sequence[Run]) -> list[list[Run]]:
    """`text` cut after each line end, because each line has a direction of its own."""
    lines: list[list[Run]] = [[]]
    for run in text:
        for number, part in enumerate(regex.split(r"(?<=\n)", run.text)):
            if number:
                lines.append([])
            if part:
                lines[-1].append(replace(run, text=part))
    return [line for line in lines if line]


def _set_elsewhere(
    text: Sequence[Run],
    faces: Faces,
    size: float,
    width: float,
    setter: ScriptSetter,
    right_to_left: bool,
) -> list[Line]:
    whole = "".join(run.text for run in text)
    # Fixed words in the page's language may begin with a name in another script; text without
    # a letter of that language keeps its own direction, or its full stop would stand at its head.
    leftwards = has_right_to_left(whole) if right_to_left else is_right_to_left(whole)
    spans: list[Span] = []
    lost: set[str] = set()
    origin = [0]  # where in `whole` each letter that is handed over comes from
    for run in text:
        words = run.text.removesuffix("\n")
        shown = [(_settable(cluster, faces.regular), cluster) for cluster in clusters(words)]
        lost.update(cluster for letters, cluster in shown if letters == NOT_SHOWN != cluster)
        if len(text) > 1 and _turns(words, leftwards):
            shown = _apart(shown)
        joined = _HOLDING_SPACE.sub("\u00a0", "".join(letters for letters, _ in shown))
        span = Span(joined, run.bold, run.language)
        spans.append(_whole(span, size, width, setter) if run.together else span)
        for letters, cluster in shown:
            start, same = origin.pop(), letters == cluster
            origin += [start + (index if same else 0) for index in range(len(letters))]
            origin.append(start + len(cluster))
    origin[-1] = len(whole)
    flush_right = right_to_left or leftwards
    lines = (
        setter.set_lines(spans, size, width, right_to_left=leftwards, flush_right=flush_right)
        if any(span.text for span in spans)
        else [SetLine(0, 0, (SetPart(0, spans[0].language, ()),))]
    )
    made, start = [], 0
    for line in lines:
        pieces = []
        for part in line.parts:
            last = line is lines[-1] and part is line.parts[-1]
            end = len(whole) if last else origin[part.end]
            meant, start = whole[start:end], end
            boxes = part.boxes + "".join(one for one in lost if one in meant)
            piece = Piece("", meant, faces.regular, part.language, 0.0, part.glyphs, boxes)
            pieces.append(piece)
        made.append(tuple(pieces))
    return made


def _whole(span: Span, size: float, width: float, setter: ScriptSetter) -> Span:
    """`span` without a place to break, where it fits on a line."""
    inner = span.text.rstrip(" ")
    alone = span._replace(text=inner.replace(" ", "\u00a0"))
    lines = setter.set_lines([alone], size, width, right_to_left=False, flush_right=False)
    return alone._replace(text=alone.text + span.text[len(inner) :]) if len(lines) == 1 else span


def _turns(words: str, leftwards: bool) -> bool:
    """Whether a run reads the other way than its line, and does not say so itself (UAX 9)."""
    other_way = has_strong(words) and is_right_to_left(words) is not leftwards
    return other_way and not {_ISOLATE, _END_ISOLATE} & set(words)


def _apart(shown: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What somebody answered after a question in other letters keeps its full stop at its end.

    The spaces around it stay outside.
    """
    first = next(at for at, (_, cluster) in enumerate(shown) if cluster.strip())
    last = next(at for at in range(len(shown), 0, -1) if shown[at - 1][1].strip())
    inner = [(_ISOLATE, ""), *shown[first:last], (_END_ISOLATE, "")]
    return [*shown[:first], *inner, *shown[last:]]


def _settable(cluster: str, face: Face) -> str:
    """`cluster` as whoever lays out scripts may have it: without pictures and overrides."""
    if face.letters.issuperset(cluster) or not _NO_LETTER.fullmatch(cluster):
        return cluster
    return stand_in(cluster) or cluster


def _tokens(text: Sequence[Run], faces: Faces, size: float, width: float) -> Iterator[_Token]:
    """Stretches between places where a line may end; a word in two runs is one stretch."""
    held: list[Piece] = []
    for run in text:
        face = faces.bold if run.bold else faces.regular
        whole = (
            bool(run.text)
            and run.together
            and _widths(_pieces(run.text, face, ""), size)[1] <= width
        )
        for stretch in _stretches(run, whole=whole):
            if stretch == "\n":
                held.append(Piece(" ", "\n", face, run.language))
                yield _Token(tuple(held), breaks=True)
                held = []
                continue
            goes_on = held and (stretch[0] == " " or not _may_end(held[-1].meant))
            if held and not goes_on:
                yield _Token(tuple(held))
                held = []
            held += _pieces(stretch, face, run.language)
    if held:
        yield _Token(tuple(held))


def _stretches(run: Run, *, whole: bool) -> Iterator[str]:
    if whole and "\n" not in run.text:
        yield run.text
        return
    for token in _TOKEN.findall(run.text):
        yield from _AFTER_HYPHEN.split(token)


def _may_end(text: str) -> bool:
    return text.endswith((" ", "-", "–", "—", "/"))


def _pieces(text: str, face: Face, language: str) -> list[Piece]:
    """`text` as letters that `face` has, and stand-ins for those it lacks."""
    if face.letters.issuperset(text):
        return [Piece(text, text, face, language)]
    pairs = [(_shown(cluster, face), cluster) for cluster in clusters(text)]
    return [
        Piece("".join(s for s, _ in group), "".join(m for _, m in group), face, language)
        for group in (
            list(alike) for _, alike in groupby(pairs, key=lambda pair: pair[0] == pair[1])
        )
    ]


def _shown(cluster: str, face: Face) -> str:
    return cluster if face.letters.issuperset(cluster) else _drawable(cluster, face)


def _drawable(cluster: str, face: Face) -> str:
    """What is drawn for a cluster with something in it that `face` lacks."""
    seen = "".join(character for character in cluster if character in face.letters)
    rest = "".join(character for character in cluster if character not in face.letters)
    shown = seen + (stand_in(rest) if seen else stand_in(cluster))
    return shown if face.letters.issuperset(shown) else NOT_SHOWN


def _widths(pieces: Sequence[Piece], size: float) -> tuple[list[float], float]:
    """The width of each piece, and of all without the spaces at the end."""
    each = [piece.face.width(piece.shown, size) for piece in pieces]
    last = pieces[-1]
    spaces = len(last.shown) - len(last.shown.rstrip(" "))
    return each, sum(each) - spaces * last.face.width(" ", size)


def _fill(tokens: Iterable[_Token], size: float, width: float) -> list[Line]:
    lines: list[Line] = []
    line: list[Piece] = []
    x = 0.0
    for token in tokens:
        pieces = token.pieces
        each, ink = _widths(pieces, size)
        if line and x + ink > width + _ROUNDING:
            lines.append(_joined(line))
            line, x = [], 0.0
        if ink > width + _ROUNDING:
            *whole, pieces = _cut(pieces, size, width)
            lines += whole
            each, _ = _widths(pieces, size)
        for piece, wide in zip(pieces, each, strict=True):
            line.append(_at(piece, x))
            x += wide
        if token.breaks:
            lines.append(_joined(line))
            line, x = [], 0.0
    if line:
        lines.append(_joined(line))
    return lines


def _at(piece: Piece, x: float) -> Piece:
    return Piece(piece.shown, piece.meant, piece.face, piece.language, x)


def _cut(pieces: Sequence[Piece], size: float, width: float) -> list[Line]:
    """A stretch that is wider than a line, cut between characters; in time linear in its length."""
    lines: list[Line] = []
    line: list[Piece] = []
    x = 0.0
    for piece in pieces:
        for shown, meant in _cuttable(piece, size, width):
            step = piece.face.width(shown, size)
            if line and x + step > width + _ROUNDING and shown != " ":
                lines.append(tuple(line))
                line, x = [], 0.0
            line.append(Piece(shown, meant, piece.face, piece.language, x))
            x += step
    lines.append(tuple(line))
    return [_joined(list(placed)) for placed in lines]


def _cuttable(piece: Piece, size: float, width: float) -> Iterator[tuple[str, str]]:
    if piece.shown == piece.meant:
        yield from ((cluster, cluster) for cluster in clusters(piece.shown))
        return
    for cluster in clusters(piece.meant):
        shown = _shown(cluster, piece.face)
        too_wide = piece.face.width(shown, size) > width
        yield NOT_SHOWN if too_wide else shown, cluster


def _joined(line: list[Piece]) -> Line:
    """The same line in as few pieces as can be."""
    made: list[list[Piece]] = []
    for piece in line:
        last = made[-1][-1] if made else None
        alike = last is not None and (last.face, last.language, last.shown == last.meant) == (
            piece.face,
            piece.language,
            piece.shown == piece.meant,
        )
        if alike:
            made[-1].append(piece)
        else:
            made.append([piece])
    return tuple(
        Piece(
            "".join(piece.shown for piece in group),
            "".join(piece.meant for piece in group),
            group[0].face,
            group[0].language,
            group[0].x,
        )
        for group in made
    )
