"""Tables as they are set in clear print: cells side by side under their headings."""

from dataclasses import replace

from desktop.printing import story as says
from desktop.printing.blocks import Stack, Tag
from desktop.printing.figure import Figure, paint_tick_box
from desktop.printing.paragraph import Paragraph
from desktop.printing.setting import ACCENT, RULE, Setting
from desktop.printing.story import bold, plain, runs
from desktop.printing.table import Grid, Row, Ruling, header_cell
from desktop.printing.text import is_silent


def grid(table: says.Table, whole: Tag, setting: Setting) -> Grid:
    """A table with a heading over each column; `whole` is its element."""
    head, body = Tag("THead", parent=whole), Tag("TBody", parent=whole)
    top = Tag("TR", parent=head)
    tags = [header_cell(top) for _ in table.columns]
    heading = replace(setting.look(), colour=ACCENT, after=0.0)
    header = Row(
        [
            Stack((Paragraph(bold(column.heading), heading, Tag("P", parent=tag)),))
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
    cells_of = zip(*table.rows, strict=True) if table.rows else ((),) * len(table.columns)
    least = [
        max(
            _longest_word(plain(column.heading), setting),
            *(_whole(cell, setting) for cell in cells),
            0,
        )
        for column, cells in zip(table.columns, cells_of, strict=True)
    ]
    return Grid(header, rows, shares, whole, ruling, least, after=setting.size * 0.8)


def _longest_word(heading: str, setting: Setting) -> float:
    """Points that the longest word of a heading needs; what divides two languages stays with it."""
    words = heading.replace(" /", "\u00a0/").split(" ")
    return max(_wide(word, True, setting) for word in words)


def _whole(cell: says.Cell, setting: Setting) -> float:
    """Points that words of a cell need that stay on one line, a date for one."""
    if isinstance(cell, says.TickBox):
        return 0.0
    return max(
        (_wide(run.text, run.bold, setting) for run in runs(cell) if run.together), default=0.0
    )


def _wide(text: str, is_bold: bool, setting: Setting) -> float:
    face = setting.faces.bold if is_bold else setting.faces.regular
    drawn = "".join(one if one in face.letters else "c" for one in text if not is_silent(one))
    return face.width(drawn, setting.size)


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
