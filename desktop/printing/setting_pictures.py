"""Everything on a page that is drawn: signatures, drawings, faces, photographs, room to write."""

from collections.abc import Sequence
from typing import Any

from desktop.printing import story as says
from desktop.printing.blocks import Beside, Block, Stack, Tag
from desktop.printing.figure import (
    Figure,
    paint_framed,
    paint_labels,
    paint_nothing,
    paint_photo,
    paint_ruled,
    paint_signature,
    paint_strokes,
)
from desktop.printing.paragraph import Paragraph
from desktop.printing.pictures import paint_picture
from desktop.printing.setting import ACCENT, RULE, PrintSize, Setting
from desktop.printing.story import bold, in_line, plain, runs


def beside(setting: Setting, blocks: Sequence[Block], across: int) -> Beside:
    """Blocks in so many columns, each as wide as the others."""
    columns = [*blocks, *(Stack(()) for _ in range(across - len(blocks)))]
    size = setting.size
    return Beside(
        columns,
        [1.0] * across,
        size * (1.0 if across > 2 else 1.5),
        after=size * 0.5,
        right_to_left=setting.right_to_left,
    )


class PictureSetter:
    """Sets what is drawn, under the element that it belongs to."""

    def __init__(self, setting: Setting, under: Tag | None) -> None:
        self._setting, self._under = setting, under

    def _tag(self, role: str, **more: Any) -> Tag:
        return Tag(role, parent=self._under, **more)

    def signatures(self, entries: Sequence[says.Signature]) -> list[Block]:
        """Side by side, one above the other in large print."""
        signed = [self._signature(entry) for entry in entries]
        across = 1 if self._setting.size.is_large else _abreast(len(signed))
        return [
            beside(self._setting, signed[start : start + across], across)
            for start in range(0, len(signed), across)
        ]

    def _signature(self, entry: says.Signature) -> Stack:
        size = self._setting.size
        paint = paint_signature(entry.strokes, RULE)
        tag = self._tag("Figure", alt=entry.alt)
        figure = Figure(paint, size * 3.2, tag, wide=300, flush_right=self._setting.right_to_left)
        return Stack(
            (figure, Paragraph(runs(entry.caption), self._setting.look(), self._tag("P"))),
            whole=True,
        )

    def picture(self, picture: says.Picture) -> Figure:
        """A drawing, with its labels."""
        paint = paint_strokes(picture.strokes, 2.0)
        if picture.labels:
            paint = paint_labels(picture, self._setting.faces.bold, float(self._setting.size))
        if picture.framed:
            paint = paint_framed(paint, RULE)
        tag = self._tag("Figure", alt=picture.alt)
        return Figure(paint, picture.height, tag, before=4, after=self._setting.size * 0.8)

    def picture_row(self, row: says.PictureRow) -> Block:
        """Side by side; one below the other in large print, where a word would fill its column."""
        size = self._setting.size
        entries: list[Block] = []
        for number, (picture, word) in enumerate(row.entries):
            chosen = number == row.chosen
            heard = f"{row.chosen_words} {plain(word)}" if chosen else plain(word)
            shown = bold(in_line(word)) if chosen else in_line(word)
            text = Paragraph(shown, self._setting.look(), self._tag("P"))
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
        return beside(self._setting, entries, len(entries))

    def _after_picture(self, figure: Block, side: float, text: Block) -> Beside:
        return Beside(
            (figure, text),
            (),
            self._setting.size * 0.6,
            right_to_left=self._setting.right_to_left,
            first=side,
            centred=True,
        )

    def photo(self, photo: says.Photo) -> Block:
        """A photograph; in words where it cannot be read."""
        opened = paint_photo(photo.data)
        if opened is None:
            return Paragraph(runs(photo.broken), self._setting.look(), self._tag("P"))
        paint, height = opened
        return Figure(
            paint, height, self._tag("Figure", alt=photo.alt), after=self._setting.size * 0.8
        )

    def writing_space(self, space: says.WritingSpace) -> Figure:
        """Lines to write on, or room to draw."""
        step = self._setting.size * 2.1
        paint = paint_ruled(space.lines, RULE) if space.ruled else paint_framed(paint_nothing, RULE)
        tag = self._tag("Figure", alt=space.alt)
        return Figure(paint, step * space.lines, tag, after=self._setting.size * 0.8)


def _abreast(signatures: int) -> int:
    """Two, or three where that takes a row less: room enough to sign in all the same."""
    return 3 if -(-signatures // 3) < -(-signatures // 2) else 2
