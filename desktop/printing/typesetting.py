"""From a story to blocks in one size. Large print puts tables one block under the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFName

from desktop.printing import story as says
from desktop.printing.blocks import Beside, Block, Break, Stack, Tag
from desktop.printing.figure import (
    Decoration,
    Figure,
    paint_framed,
    paint_labels,
    paint_nothing,
    paint_photo,
    paint_ruled,
    paint_signature,
    paint_strokes,
    paint_tick_box,
)
from desktop.printing.fonts import Faces
from desktop.printing.paragraph import Look, Marker, Paragraph
from desktop.printing.pictures import paint_picture
from desktop.printing.scripts import ScriptSetter
from desktop.printing.story import Run, plain, runs
from desktop.printing.table import Grid, Row, Ruling, header_cell

_ABREAST = 4  # short choices that stand side by side in clear print
_SHORT_CHOICE = 13  # characters
INK = (0.07, 0.09, 0.11)
ACCENT = (0.0, 0.29, 0.33)  # deep teal: 9.9 to 1 on white
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
RULE = (0.38, 0.46, 0.48)


class PrintSize(IntEnum):
    """Size of the body text in points: clear print 14, large print from 16 (domain.md 8.4)."""

    STANDARD = 14
    LARGE_16 = 16
    LARGE_18 = 18
    LARGE_20 = 20
    LARGE_24 = 24
    LARGE_28 = 28

    @property
    def is_large(self) -> bool:
        """Whether tables are set as blocks."""
        return self > PrintSize.STANDARD


@dataclass(frozen=True)
class Setting:
    """What every block of a document is set with."""

    size: PrintSize
    faces: Faces
    setter: ScriptSetter | None = None
    right_to_left: bool = False

    @property
    def leading(self) -> float:
        """Line spacing of body text: one and a half (domain.md 8.4)."""
        return round(self.size * 1.42, 1)

    def look(self, role: str = "P") -> Look:
        """How an element of this role looks."""
        size = float(self.size)
        body = Look(
            self.faces,
            size,
            self.leading,
            after=size * 0.55,
            colour=INK,
            right_to_left=self.right_to_left,
            setter=self.setter,
        )
        # Headings grow more slowly than the text, or at 28 points a word would fill a line.
        title, heading, small = size * 0.85 + 13, size * 0.95 + 4.5, size + 1
        headings = {
            "H1": (title, 1.2, 0.0, size * 0.5),
            "H2": (heading, 1.25, size * 1.05, size * 0.35),
            "H3": (small, 1.35, size * 0.7, size * 0.2),
            "H4": (small, 1.35, size * 0.7, size * 0.2),
        }
        if role in headings:
            tall, lead, before, after = headings[role]
            return replace(
                body,
                size=tall,
                leading=tall * lead,
                before=before,
                after=after,
                colour=ACCENT,
                stays_with_next=True,
            )
        return body


def is_right_to_left_language(language: str) -> bool:
    """Whether a language (BCP 47) is written from right to left."""
    return language.split("-")[0].lower() in _RIGHT_TO_LEFT


def typeset(story: says.Story, setting: Setting) -> Stack:
    """The blocks of `story`, to be cut into pages."""
    return Stack(_Typesetter(setting).blocks(story.blocks))


class _Typesetter:
    def __init__(self, setting: Setting, level: int = 0, under: Tag | None = None) -> None:
        self._setting = setting
        self.last_level = level
        self._under = under

    def _tag(self, role: str, **more: Any) -> Tag:
        return Tag(role, parent=self._under, **more)

    def blocks(self, blocks: Sequence[says.Block]) -> list[Block]:
        return [set_block for block in blocks for set_block in self._set(block)]

    def _set(self, block: says.Block) -> list[Block]:
        match block:
            case says.Heading(text, level):
                return [self._heading(text, level)]
            case says.Text(words, language):
                return [self._paragraph(words, self._tag("P", language=language))]
            case says.Quote(words, language):
                return [self._quote(words, language)]
            case says.Bullets(items, numbered):
                return self._bullets(items, numbered)
            case says.Facts(rows):
                return [self._fact(name, words) for name, words in rows]
            case says.Table():
                return self._stacked(block) if self._setting.size.is_large else [self._grid(block)]
            case says.Signatures(entries):
                return self._signatures(entries)
            case says.Picture():
                return [self._picture(block)]
            case says.WritingSpace():
                return [self._writing_space(block)]
            case says.TickList():
                return self._tick_list(block)
            case says.Pictured(picture, inner):
                return [self._pictured(picture, inner)]
            case says.PictureRow():
                return [self._picture_row(block)]
            case says.Photo():
                return [self._photo(block)]
            case says.SideBySide():
                return self._side_by_side(block)
            case says.Framed(inner):
                return [self._framed(inner)]
            case says.Together(inner):
                return [self._together(inner)]
            case says.NewPage():
                return [Break()]

    def _heading(self, text: str, level: int) -> Paragraph:
        level = min(level, self.last_level + 1)  # no level is left out (PDF/UA-1, 7.4.2)
        self.last_level = level
        role = f"H{min(level, 6)}"
        look = self._setting.look(role if level <= 4 else "H4")
        return Paragraph((Run(text, bold=True),), look, self._tag(role), bookmark=level - 1)

    def _paragraph(self, words: says.Words, tag: Tag, look: Look | None = None) -> Paragraph:
        return Paragraph(runs(words), look or self._setting.look(), tag)

    def _quote(self, words: says.Words, language: str) -> Paragraph:
        look = replace(
            self._setting.look(), indent=self._setting.size * 0.9, bar=ACCENT, before=4.0
        )
        return self._paragraph(words, self._tag("BlockQuote", language=language), look)

    def _bullets(self, items: Sequence[says.Words], numbered: bool) -> list[Block]:
        numbering = "Decimal" if numbered else "Disc"
        whole = self._tag(
            "L", attributes={"O": PDFName("List"), "ListNumbering": PDFName(numbering)}
        )
        body = self._setting.look()
        wide = 1.6 if numbered else 1.1
        look = replace(body, indent=body.size * wide, after=body.size * 0.35)
        made: list[Block] = []
        for number, words in enumerate(items, 1):
            item = Tag("LI", parent=whole)
            label = Tag("Lbl", parent=item)
            marker = Marker(f"{number}." if numbered else "•", label)
            made.append(Paragraph(runs(words), look, Tag("LBody", parent=item), marker=marker))
        return made

    def _fact(self, name: str, words: says.Words) -> Paragraph:
        look = replace(self._setting.look(), after=self._setting.size * 0.3)
        text = (Run(f"{name}: ", bold=True), *runs(words))
        return Paragraph(text, look, self._tag("P"))

    def _cell(self, cell: says.Cell, parent: Tag) -> Stack:
        if isinstance(cell, says.TickBox):
            side = self._setting.size * 0.95
            paint = paint_tick_box(cell.ticked, side)
            tag = Tag("Figure", parent=parent, alt=cell.alt)
            return Stack(
                (
                    Figure(
                        paint,
                        self._setting.leading,
                        tag,
                        wide=side + 2,
                        flush_right=self._setting.right_to_left,
                    ),
                )
            )
        look = replace(self._setting.look(), after=0.0)
        return Stack((Paragraph(runs(cell), look, Tag("P", parent=parent)),))

    def _grid(self, table: says.Table) -> Grid:
        whole = self._tag("Table", attributes={"O": PDFName("Table")})
        head, body = Tag("THead", parent=whole), Tag("TBody", parent=whole)
        top = Tag("TR", parent=head)
        tags = [header_cell(top) for _ in table.columns]
        heading = replace(self._setting.look(), colour=ACCENT, after=0.0)
        header = Row(
            [
                Stack(
                    (Paragraph((Run(column.heading, bold=True),), heading, Tag("P", parent=tag)),)
                )
                for column, tag in zip(table.columns, tags, strict=True)
            ],
            tags,
            top,
        )
        rows = []
        for cells in table.rows:
            line = Tag("TR", parent=body)
            data = [Tag("TD", parent=line) for _ in cells]
            rows.append(
                Row(
                    [self._cell(cell, tag) for cell, tag in zip(cells, data, strict=True)],
                    data,
                    line,
                )
            )
        shares = [column.share for column in table.columns]
        ruling = Ruling(RULE, self._setting.size * 0.32, self._setting.right_to_left)
        return Grid(header, rows, shares, whole, ruling, after=self._setting.size * 0.8)

    def _stacked(self, table: says.Table) -> list[Block]:
        level = self.last_level + 1
        made: list[Block] = []
        for number, row in enumerate(table.rows, 1):
            blocks: list[Block] = [self._heading(f"{table.row_name} {number}", level)]
            for column, cell in zip(table.columns, row, strict=True):
                if isinstance(cell, says.TickBox):
                    blocks.append(self._labelled_tick_box(column.heading, cell))
                elif plain(cell):
                    blocks.append(self._fact(column.heading, cell))
            made.append(
                Stack(blocks, before=blocks[0].before, after=self._setting.size * 0.6, whole=True)
            )
        self.last_level = level - 1
        return made

    def _labelled_tick_box(self, name: str, cell: says.TickBox) -> Paragraph:
        whole = self._tag("L", attributes={"O": PDFName("List"), "ListNumbering": PDFName("None")})
        item = Tag("LI", parent=whole)
        body = self._setting.look()
        paint = paint_tick_box(cell.ticked, body.size * 0.95)
        marker = Marker(cell.alt, Tag("Lbl", parent=item), paint)
        look = replace(body, indent=body.size * 1.6, after=body.size * 0.3)
        body_tag = Tag("LBody", parent=item)
        return Paragraph((Run(name, bold=True),), look, body_tag, marker=marker)

    def _together(self, inner: Sequence[says.Block]) -> Stack:
        blocks = self.blocks(inner)
        before = blocks[0].before if blocks else 0.0
        return Stack(blocks, before=before, after=self._setting.size * 0.8, whole=True)

    def _framed(self, inner: Sequence[says.Block]) -> Stack:
        size = self._setting.size
        return Stack(
            self.blocks(inner),
            before=size * 0.9,
            after=size * 0.9,
            whole=True,
            frame=1.6,
            padding=size * 0.8,
            colour=ACCENT,
        )

    def _signatures(self, entries: Sequence[says.Signature]) -> list[Block]:
        signed = [self._signature(entry) for entry in entries]
        across = 1 if self._setting.size.is_large else 2
        return [
            self._beside(signed[start : start + across], across)
            for start in range(0, len(signed), across)
        ]

    def _signature(self, entry: says.Signature) -> Stack:
        size = self._setting.size
        paint = paint_signature(entry.strokes, RULE)
        tag = self._tag("Figure", alt=entry.alt)
        figure = Figure(paint, size * 3.2, tag, wide=300, flush_right=self._setting.right_to_left)
        return Stack((figure, self._paragraph(entry.caption, self._tag("P"))), whole=True)

    def _beside(self, blocks: Sequence[Block], across: int) -> Beside:
        columns = [*blocks, *(Stack(()) for _ in range(across - len(blocks)))]
        size = self._setting.size
        return Beside(
            columns,
            [1.0] * across,
            size * 1.5,
            after=size * 0.5,
            right_to_left=self._setting.right_to_left,
        )

    def _picture(self, picture: says.Picture) -> Figure:
        paint = paint_strokes(picture.strokes, 2.0)
        if picture.labels:
            paint = paint_labels(picture, self._setting.faces.bold, float(self._setting.size))
        if picture.framed:
            paint = paint_framed(paint, RULE)
        tag = self._tag("Figure", alt=picture.alt)
        return Figure(paint, picture.height, tag, before=4, after=self._setting.size * 0.8)

    def _tick_list(self, ticks: says.TickList) -> list[Block]:
        whole = self._tag("L", attributes={"O": PDFName("List"), "ListNumbering": PDFName("None")})
        body = self._setting.look()
        look = replace(body, indent=body.size * 1.6, after=body.size * 0.35)
        made: list[Block] = []
        for tick in ticks.items:
            item = Tag("LI", parent=whole)
            heard = ticks.full if tick.ticked else ticks.empty
            paint = paint_tick_box(tick.ticked, body.size * 0.95)
            marker = Marker(heard, Tag("Lbl", parent=item), paint)
            body_tag = Tag("LBody", parent=item)
            made.append(Paragraph(runs(tick.words), look, body_tag, marker=marker))
        few = 1 < len(made) <= _ABREAST and not self._setting.size.is_large
        if few and all(len(plain(tick.words)) <= _SHORT_CHOICE for tick in ticks.items):
            return [self._beside(made, _ABREAST)]
        return made

    def _pictured(self, picture: str, inner: Sequence[says.Block]) -> Beside:
        size = self._setting.size
        side = size * 2.2 + 28
        words = self.blocks(inner)
        return Beside(
            (Decoration(paint_picture(picture), side), Stack(words)),
            (),
            size * 0.9,
            before=size * 0.6,
            after=size * 0.8,
            right_to_left=self._setting.right_to_left,
            first=side,
        )

    def _picture_row(self, row: says.PictureRow) -> Block:
        """Side by side; one below the other in large print, where a word would fill its column."""
        size = self._setting.size
        entries: list[Block] = []
        for number, (picture, word) in enumerate(row.entries):
            chosen = number == row.chosen
            heard = f"{row.chosen_words} {word}" if chosen else word
            text = Paragraph((Run(word, bold=chosen),), self._setting.look(), self._tag("P"))
            side = size * 2.4
            paint = paint_picture(picture)
            figure = Figure(paint, side, self._tag("Figure", alt=heard), wide=side)
            blocks: Sequence[Block] = (figure, text)
            if size > PrintSize.LARGE_18:
                blocks = (self._after_picture(figure, side, text),)
            frame = 2.2 if chosen else 0.0
            entries.append(Stack(blocks, frame=frame, padding=4, colour=ACCENT, whole=True))
        if size > PrintSize.LARGE_18:
            return Stack(entries, after=size * 0.8)
        return self._beside(entries, len(entries))

    def _after_picture(self, figure: Block, side: float, text: Block) -> Beside:
        return Beside(
            (figure, text),
            (),
            self._setting.size * 0.6,
            right_to_left=self._setting.right_to_left,
            first=side,
            centred=True,
        )

    def _photo(self, photo: says.Photo) -> Block:
        opened = paint_photo(photo.data)
        if opened is None:
            return self._paragraph(photo.broken, self._tag("P"))
        paint, height = opened
        return Figure(
            paint, height, self._tag("Figure", alt=photo.alt), after=self._setting.size * 0.8
        )

    def _side_by_side(self, pair: says.SideBySide) -> list[Block]:
        halves: list[Stack] = []
        level = self.last_level
        for blocks, language in (
            (pair.left, pair.left_language),
            (pair.right, pair.right_language),
        ):
            setting = replace(self._setting, right_to_left=is_right_to_left_language(language))
            inner = _Typesetter(setting, self.last_level, Tag("Sect", language=language))
            halves.append(Stack(inner.blocks(blocks)))
            level = inner.last_level
        self.last_level = level
        if self._setting.size.is_large:
            return [block for half in halves for block in half.blocks]
        return [
            Beside(
                halves,
                (1.0, 1.0),
                self._setting.size * 1.6,
                before=max(_edge(half, 0, "before") for half in halves),
                after=max(_edge(half, -1, "after") for half in halves),
                stays_with_next=any(h.blocks and h.blocks[-1].stays_with_next for h in halves),
            )
        ]

    def _writing_space(self, space: says.WritingSpace) -> Figure:
        step = self._setting.size * 2.1
        paint = paint_ruled(space.lines, RULE) if space.ruled else paint_framed(paint_nothing, RULE)
        tag = self._tag("Figure", alt=space.alt)
        return Figure(paint, step * space.lines, tag, after=self._setting.size * 0.8)


def _edge(stack: Stack, index: int, side: str) -> float:
    return float(getattr(stack.blocks[index], side)) if stack.blocks else 0.0
