"""From a story to blocks in one size. Large print puts tables one block under the other."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFName

from desktop.printing import story as says
from desktop.printing.blocks import Beside, Block, Break, Stack, Tag
from desktop.printing.figure import (
    Decoration,
    paint_tick_box,
)
from desktop.printing.paragraph import Look, Marker, Paragraph
from desktop.printing.pictures import paint_picture
from desktop.printing.setting import ACCENT, Setting, is_right_to_left_language
from desktop.printing.setting_pictures import PictureSetter, beside
from desktop.printing.setting_tables import grid
from desktop.printing.story import Run, bold, in_line, plain, runs

_ABREAST = ((4, 13), (6, 18))  # so many choices of so many characters stand side by side


def typeset(story: says.Story, setting: Setting) -> Stack:
    """The blocks of `story`, to be cut into pages."""
    return Stack(_Typesetter(setting).blocks(story.blocks))


class _Typesetter:
    def __init__(self, setting: Setting, level: int = 0, under: Tag | None = None) -> None:
        self._setting = setting
        self.last_level = level
        self._under = under
        self._drawn = PictureSetter(setting, under)

    def _tag(self, role: str, **more: Any) -> Tag:
        return Tag(role, parent=self._under, **more)

    def blocks(self, blocks: Sequence[says.Block]) -> list[Block]:
        return [set_block for block in blocks for set_block in self._set(block)]

    def _set(self, block: says.Block) -> list[Block]:
        match block:
            case says.Heading(words, level):
                return [self._heading(words, level)]
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
                return self._drawn.signatures(entries)
            case says.Picture():
                return [self._drawn.picture(block)]
            case says.WritingSpace():
                return [self._drawn.writing_space(block)]
            case says.TickList():
                return self._tick_list(block)
            case says.Pictured(picture, inner):
                return [self._pictured(picture, inner)]
            case says.PictureRow():
                return [self._drawn.picture_row(block)]
            case says.Photo():
                return [self._drawn.photo(block)]
            case says.SideBySide():
                return self._side_by_side(block)
            case says.Framed(inner):
                return [self._framed(inner)]
            case says.Together(inner):
                return [self._together(inner)]
            case says.NewPage():
                return [Break()]

    def _heading(self, words: says.Words, level: int) -> Paragraph:
        level = min(level, self.last_level + 1)  # no level is left out (PDF/UA-1, 7.4.2)
        self.last_level = level
        role = f"H{min(level, 6)}"
        look = self._setting.look(role if level <= 4 else "H4")
        return Paragraph(bold(words), look, self._tag(role), bookmark=level - 1)

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

    def _fact(self, name: says.Words, words: says.Words) -> Paragraph:
        look = replace(self._setting.look(), after=self._setting.size * 0.3)
        text = (*bold(in_line(name)), Run(": ", bold=True), *runs(words))
        return Paragraph(text, look, self._tag("P"))

    def _grid(self, table: says.Table) -> Block:
        return grid(table, self._tag("Table", attributes={"O": PDFName("Table")}), self._setting)

    def _stacked(self, table: says.Table) -> list[Block]:
        level = self.last_level + 1
        made: list[Block] = []
        for number, row in enumerate(table.rows, 1):
            name = (*runs(table.row_name), Run(f" {number}"))
            blocks: list[Block] = [self._heading(name, level)]
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

    def _labelled_tick_box(self, name: says.Words, cell: says.TickBox) -> Paragraph:
        whole = self._tag("L", attributes={"O": PDFName("List"), "ListNumbering": PDFName("None")})
        item = Tag("LI", parent=whole)
        body = self._setting.look()
        paint = paint_tick_box(cell.ticked, body.size * 0.95)
        marker = Marker(cell.alt, Tag("Lbl", parent=item), paint)
        look = replace(body, indent=body.size * 1.6, after=body.size * 0.3)
        body_tag = Tag("LBody", parent=item)
        return Paragraph(bold(in_line(name)), look, body_tag, marker=marker)

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
        longest = max((len(plain(tick.words)) for tick in ticks.items), default=0)
        across = _abreast(len(made), longest)
        if self._setting.size.is_large or across == 1:
            return made
        rows = [made[start : start + across] for start in range(0, len(made), across)]
        return [beside(self._setting, row, across) for row in rows]

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
                yields=0.16 if _is_heading(pair.left) and _is_heading(pair.right) else 0.0,
            )
        ]


def _abreast(choices: int, longest: int) -> int:
    """How many choices stand in a row in clear print."""
    (few, short), (more, longer) = _ABREAST
    if 1 < choices <= few and longest <= short:
        return few
    return 3 if few < choices <= more and longest <= longer else 1


def _is_heading(blocks: Sequence[says.Block]) -> bool:
    return len(blocks) == 1 and isinstance(blocks[0], says.Heading)


def _edge(stack: Stack, index: int, side: str) -> float:
    return float(getattr(stack.blocks[index], side)) if stack.blocks else 0.0
