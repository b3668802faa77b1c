"""What every page of ours must pass, whatever is on it."""

from collections.abc import Iterator, Sequence

import page

from desktop.printing.story import (
    Block,
    Bullets,
    Cell,
    Facts,
    Framed,
    Heading,
    NewPage,
    Photo,
    Picture,
    Pictured,
    PictureRow,
    Quote,
    SideBySide,
    Signatures,
    Story,
    Table,
    Text,
    TickBox,
    TickList,
    Together,
    WritingSpace,
    plain,
)
from desktop.printing.text import all_printable
from tests.desktop.printing.reading import TaggedPdf


def sound(pdf: bytes) -> TaggedPdf:
    """`pdf` read back, after PDF/UA-1, PDF/A-2a and our own check of the tree."""
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        failures = [f"{failure.rule_id} {failure.message}" for failure in report.failures]
        assert report.is_compliant, failures
    tagged = TaggedPdf(pdf)
    assert tagged.faults == []
    return tagged


def meant(story: Story, *, large: bool) -> str:
    """What a screen reader must say of `story`, line by line."""
    return "\n".join(line for line in _lines(all_printable(story.blocks), large) if line)


def _lines(blocks: Sequence[Block], large: bool) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield plain(block.words)
            case Text() | Quote():
                yield plain(block.words)
            case Bullets():
                for number, words in enumerate(block.items, 1):
                    if plain(words):
                        yield f"{number}." if block.numbered else "•"
                        yield plain(words)
            case Facts():
                yield from (f"{plain(name)}: {plain(words)}" for name, words in block.rows)
            case Table():
                yield from _stacked(block) if large else _grid(block)
            case Signatures():
                for entry in block.entries:
                    yield entry.alt
                    yield plain(entry.caption)
            case Picture() | WritingSpace() | Photo():
                yield block.alt
            case TickList():
                for tick in block.items:
                    yield from (block.full if tick.ticked else block.empty, plain(tick.words))
            case PictureRow():
                for number, (_, words) in enumerate(block.entries):
                    chosen, word = number == block.chosen, plain(words)
                    yield from (f"{block.chosen_words} {word}" if chosen else word, word)
            case SideBySide():
                yield from _lines((*block.left, *block.right), large)
            case Framed() | Together() | Pictured():
                yield from _lines(block.blocks, large)
            case NewPage():
                pass


def _cell(cell: Cell) -> str:
    return cell.alt if isinstance(cell, TickBox) else plain(cell)


def _grid(table: Table) -> Iterator[str]:
    yield from (plain(column.heading) for column in table.columns)
    yield from (_cell(cell) for row in table.rows for cell in row)


def _stacked(table: Table) -> Iterator[str]:
    for number, row in enumerate(table.rows, 1):
        yield f"{plain(table.row_name)} {number}"
        for column, cell in zip(table.columns, row, strict=True):
            if isinstance(cell, TickBox):
                yield from (cell.alt, plain(column.heading))
            elif plain(cell):
                yield f"{plain(column.heading)}: {plain(cell)}"
