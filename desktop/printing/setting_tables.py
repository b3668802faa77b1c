"""Tables as they are set in clear print: cells side by side under their headings."""

from dataclasses import replace

from desktop.printing import story as says
from desktop.printing.blocks import Stack, Tag
from desktop.printing.figure import Figure, paint_tick_box
from desktop.printing.paragraph import Paragraph
from desktop.printing.setting import ACCENT, RULE, Setting
from desktop.printing.story import Run, runs
from desktop.printing.table import Grid, Row, Ruling, header_cell


def grid(table: says.Table, whole: Tag, setting: Setting) -> Grid:
    """A table with a heading over each column; `whole` is its element."""
    head, body = Tag("THead", parent=whole), Tag("TBody", parent=whole)
    top = Tag("TR", parent=head)
    tags = [header_cell(top) for _ in table.columns]
    heading = replace(setting.look(), colour=ACCENT, after=0.0)
    header = Row(
        [
            Stack((Paragraph((Run(column.heading, bold=True),), heading, Tag("P", parent=tag)),))
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
                [_cell(cell, tag, setting) for cell, tag in zip(cells, data, strict=True)],
                data,
                line,
            )
        )
    shares = [column.share for column in table.columns]
    ruling = Ruling(RULE, setting.size * 0.32, setting.right_to_left)
    least = [_longest_word(column.heading, setting) for column in table.columns]
    return Grid(header, rows, shares, whole, ruling, least, after=setting.size * 0.8)


def _longest_word(heading: str, setting: Setting) -> float:
    """Points that the longest word of a heading needs."""
    face = setting.faces.bold
    words = heading.split() or [""]
    drawn = ("".join(one if one in face.letters else "n" for one in word) for word in words)
    return max(face.width(word, setting.size) for word in drawn)


def _cell(cell: says.Cell, parent: Tag, setting: Setting) -> Stack:
    if isinstance(cell, says.TickBox):
        side = setting.size * 0.95
        paint = paint_tick_box(cell.ticked, side)
        tag = Tag("Figure", parent=parent, alt=cell.alt)
        return Stack(
            (
                Figure(
                    paint,
                    setting.leading,
                    tag,
                    wide=side + 2,
                    flush_right=setting.right_to_left,
                ),
            )
        )
    look = replace(setting.look(), after=0.0)
    return Stack((Paragraph(runs(cell), look, Tag("P", parent=parent)),))
