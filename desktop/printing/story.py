"""What a page says, before anyone decides how it looks: plain blocks in reading order.

A product (a plan, an agreement, a form) makes a `Story`. `typesetting` sets it in any size;
`reading_text` says it in plain text beside the preview. Text is exactly what people wrote.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

Stroke = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Run:
    """Some words in one manner. `together`: kept on one line where that is possible.

    `apart`: begins a line of its own where the whole needs more than one.
    """

    text: str
    bold: bool = False
    language: str = ""
    together: bool = False
    apart: bool = False


Words = str | tuple[Run, ...]


def runs(words: Words) -> tuple[Run, ...]:
    """`words` as runs."""
    return (Run(words),) if isinstance(words, str) else words


def bold(words: Words) -> tuple[Run, ...]:
    """`words`, all of them bold."""
    return tuple(replace(run, bold=True) for run in runs(words))


def in_line(words: Words) -> tuple[Run, ...]:
    """`words` where something stands before or after them on their line."""
    return tuple(
        replace(run, together=run.together or run.apart, apart=False) for run in runs(words)
    )


def plain(words: Words) -> str:
    """`words` without their manner."""
    return "".join(run.text for run in runs(words))


@dataclass(frozen=True)
class Heading:
    """A heading; `level` 1 is the title of the document, and no level is left out."""

    words: Words
    level: int = 2


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    words: Words
    language: str = ""


@dataclass(frozen=True)
class Quote:
    """Somebody's own words."""

    words: Words
    language: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list; numbered if the order matters."""

    items: tuple[Words, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Facts:
    """Names and what belongs to them: "When: Tuesday 4 March"."""

    rows: tuple[tuple[Words, Words], ...]


@dataclass(frozen=True)
class TickBox:
    """A box to tick by hand, or ticked already; `alt` says which."""

    ticked: bool
    alt: str


Cell = Words | TickBox


@dataclass(frozen=True)
class Column:
    """A column: its heading and its share of the width."""

    heading: Words
    share: float


@dataclass(frozen=True)
class Table:
    """Rows of cells. In large print each row becomes a block headed `row_name` and its number."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_name: Words


@dataclass(frozen=True)
class Strokes:
    """A drawing or signature as it was drawn: lines of points, y downwards, in a box."""

    width: float
    height: float
    lines: tuple[Stroke, ...]


@dataclass(frozen=True)
class Label:
    """A short word or number in the middle of a place of a picture."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Signature:
    """A signature, or room for one where `strokes` is None. `caption` says whose and when."""

    caption: Words
    strokes: Strokes | None
    alt: str


@dataclass(frozen=True)
class Signatures:
    """Signatures side by side, one above the other in large print."""

    entries: tuple[Signature, ...]


@dataclass(frozen=True)
class Picture:
    """A drawing as large as the width allows, at most `height` points high; framed if asked."""

    strokes: Strokes
    alt: str
    height: float = 260
    framed: bool = True
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True)
class WritingSpace:
    """Lines to write on by hand. `lines` of them; without `ruled`, an empty frame to draw in."""

    lines: int
    alt: str
    ruled: bool = True


@dataclass(frozen=True)
class TickItem:
    """Something to tick, or ticked already."""

    words: Words
    ticked: bool = False


@dataclass(frozen=True)
class TickList:
    """Boxes to tick, with what they mean. `empty` and `full` are what a reader hears of a box."""

    items: tuple[TickItem, ...]
    empty: str = "Not ticked:"
    full: str = "Ticked:"


@dataclass(frozen=True)
class Pictured:
    """Blocks with a picture at their side, by its name in `pictures`. It says nothing more."""

    picture: str
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True)
class PictureRow:
    """Pictures in a row with a word under each, one of them chosen, or none: faces to point at."""

    entries: tuple[tuple[str, Words], ...]  # name of the picture, word
    chosen: int | None = None
    chosen_words: str = "Chosen:"


@dataclass(frozen=True)
class Photo:
    """A photograph or scan, as PNG or JPEG. What cannot be read is said in `broken`."""

    data: bytes
    alt: str
    broken: str = "This picture cannot be shown."


@dataclass(frozen=True)
class SideBySide:
    """The same in two languages: beside each other, or one below the other in large print."""

    left: "tuple[Block, ...]"
    right: "tuple[Block, ...]"
    left_language: str
    right_language: str


@dataclass(frozen=True)
class Framed:
    """Blocks in a frame: what must be found at a glance."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True)
class Together:
    """Blocks that stay on one page where they fit on one."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a new page."""


Block = (
    Heading
    | Text
    | Quote
    | Bullets
    | Facts
    | Table
    | Signatures
    | Picture
    | WritingSpace
    | TickList
    | Pictured
    | PictureRow
    | Photo
    | SideBySide
    | Framed
    | Together
    | NewPage
)


@dataclass(frozen=True)
class Story:
    """A whole document. `language` is a BCP 47 tag."""

    title: str
    blocks: tuple[Block, ...]
    language: str = "en-GB"


def reading_text(story: Story) -> str:
    """The same content as plain text, in the same order, for a screen reader beside the preview."""
    return "\n".join(_said(story.blocks))


def _said(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(words):
                yield from ("", plain(words))
            case Text(words) | Quote(words):
                yield plain(words)
            case Bullets(items, numbered):
                for number, item in enumerate(items, 1):
                    yield f"{number}. {plain(item)}" if numbered else f"• {plain(item)}"
            case Facts(rows):
                for name, words in rows:
                    yield f"{plain(name)}: {plain(words)}"
            case Table():
                yield from _said_table(block)
            case Signatures(entries):
                for entry in entries:
                    yield f"{entry.alt}. {plain(entry.caption)}"
            case Picture() | WritingSpace() | Photo():
                yield block.alt
            case TickList(ticks, empty, full):
                yield from (f"{full if t.ticked else empty} {plain(t.words)}" for t in ticks)
            case PictureRow():
                yield from _said_row(block)
            case Framed(inner) | Together(inner) | Pictured(_, inner):
                yield from _said(inner)
            case SideBySide(left, right):
                yield from _said((*left, *right))
            case NewPage():
                yield ""


def _said_row(row: PictureRow) -> Iterator[str]:
    for number, (_, word) in enumerate(row.entries):
        yield f"{row.chosen_words} {plain(word)}" if number == row.chosen else plain(word)


def _said_table(table: Table) -> Iterator[str]:
    for number, row in enumerate(table.rows, 1):
        yield f"{plain(table.row_name)} {number}"
        for column, cell in zip(table.columns, row, strict=True):
            said = cell.alt if isinstance(cell, TickBox) else plain(cell)
            yield f"{plain(column.heading)}: {said}"
