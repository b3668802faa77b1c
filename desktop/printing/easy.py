"""Any paper in easy read: a picture at each part, one sentence a line, no tables.

After the GOV.UK and Mencap rules in domain.md 8.3. The short words come from the council, in a
column of their own; what people wrote stays as they wrote it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import regex

from desktop.printing.pictures import PICTURES
from desktop.printing.story import (
    Block,
    Facts,
    Framed,
    Heading,
    Pictured,
    Run,
    Story,
    Table,
    Text,
    TickBox,
    TickItem,
    TickList,
    Together,
    plain,
    runs,
)

PART = "speech"
"""The picture of a part for which nobody chose one."""
_NAMED_PICTURE = regex.compile(r"\[([\w-]+)\]\s*")
_SENTENCE_END = regex.compile(r"(?<=[.!?])\s+(?=\p{Lu})")


def easy_story(story: Story, pictures: Mapping[str, str], first: str = "me") -> Story:
    """``story`` with a picture at each part: by heading, ``first`` beside the title."""
    parts = list(_parts(story.blocks))
    blocks = [
        block
        for number, part in enumerate(parts)
        for block in _pictured(part, pictures, first if number == 0 else PART)
    ]
    return Story(story.title, tuple(blocks), story.language)


def easy_text(words: str) -> Iterator[Block]:
    """A text that a council wrote in easy read: parts with an empty line between.

    A part is `[picture] Heading` and a sentence a line; without a known picture it has ours.
    """
    for part in regex.split(r"\n\s*\n", words.strip()):
        head, *lines = part.splitlines()
        named = _NAMED_PICTURE.match(head)
        picture = named[1] if named and named[1] in PICTURES else PART
        heading = Heading(head[named.end() :] if named else head)
        yield Pictured(picture, (heading, *(Text(line) for line in lines)))


def _parts(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks from one heading to the next; a frame with a heading is a part of its own.

    A heading with nothing of its own goes with the next.
    """
    part: list[Block] = []
    for block in blocks:
        says_something = any(not isinstance(one, Heading) for one in part)
        begins = says_something or isinstance(block, Framed | Together)
        if part and begins and _heading(block) is not None:
            yield part
            part = []
        part.append(block)
    if part:
        yield part


def _pictured(part: list[Block], pictures: Mapping[str, str], other: str) -> Iterator[Block]:
    if len(part) == 1 and isinstance(part[0], Framed | Together) and _heading(part[0]) is not None:
        outer = part[0]
        inner = tuple(_pictured(list(outer.blocks), pictures, other))
        yield Framed(inner) if isinstance(outer, Framed) else Together(inner)
        return
    head = _heading(part[0])
    picture = pictures.get(plain(head.words), other) if head is not None else other
    yield Pictured(picture, tuple(easy for block in part for easy in _easy(block)))


def _heading(block: Block) -> Heading | None:
    """The heading that a block is or begins with."""
    if isinstance(block, Heading):
        return block
    if isinstance(block, Framed | Together) and block.blocks:
        return _heading(block.blocks[0])
    return None


def _easy(block: Block) -> Iterator[Block]:
    match block:
        case Text(words, language) if len(runs(words)) == 1 and not language:
            yield from _sentences(runs(words)[0])
        case Table():
            yield from _rows(block)
        case Together(inner):
            yield Together(tuple(easy for one in inner for easy in _easy(one)))
        case Framed(inner):
            yield Framed(tuple(easy for one in inner for easy in _easy(one)))
        case _:
            yield block


def _sentences(run: Run) -> Iterator[Text]:
    """Each sentence a paragraph."""
    for line in run.text.splitlines():
        for one in _SENTENCE_END.split(line):
            if one:
                yield Text((replace(run, text=one),) if run.bold else one)


def _rows(table: Table) -> Iterator[Block]:
    """A table as facts, a few for each row; or a question, and each box to tick below it."""
    for row in table.rows:
        named = [(c.heading, cell) for c, cell in zip(table.columns, row, strict=True)]
        facts = tuple((n, cell) for n, cell in named if not isinstance(cell, TickBox))
        boxes = tuple((n, cell) for n, cell in named if isinstance(cell, TickBox))
        if not boxes:
            yield Together((Facts(tuple(fact for fact in facts if plain(fact[1]))),))
            continue
        asked = tuple(Text((Run(plain(said), bold=True),)) for _, said in facts if plain(said))
        alt = {box.ticked: box.alt for _, box in boxes}
        ticks = tuple(TickItem(name, box.ticked) for name, box in boxes)
        yield Together((*asked, TickList(ticks, alt.get(False, ""), alt.get(True, ""))))
