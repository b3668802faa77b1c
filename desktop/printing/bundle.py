"""Several papers in one: a request for support with what goes with it, in one reader's copy."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.printing.story import (
    Block,
    Bullets,
    Framed,
    Heading,
    NewPage,
    Pictured,
    SideBySide,
    Story,
    Text,
    Together,
)

_DEEPEST = 6


def bundle_story(
    title: str,
    first_words: Sequence[str],
    contents: str,
    parts: Sequence[Story],
    language: str = "en-GB",
) -> Story:
    """One document of several, each on a new page under its own title.

    `first_words` are paragraphs for the front; it names nobody by itself (domain.md 8.2).
    `contents` heads the list of what is inside.
    """
    front: list[Block] = [Heading(title, 1), *(Text(words) for words in first_words)]
    if parts:
        front += [Heading(contents), Bullets(tuple(part.title for part in parts), numbered=True)]
    inside = [block for part in parts for block in (NewPage(), *map(_one_deeper, part.blocks))]
    return Story(title, (*front, *inside), language)


def _one_deeper(block: Block) -> Block:
    """`block` with every heading one level further down."""
    if isinstance(block, Heading):
        return replace(block, level=min(block.level + 1, _DEEPEST))
    if isinstance(block, Framed | Together | Pictured):
        return replace(block, blocks=tuple(map(_one_deeper, block.blocks)))
    if isinstance(block, SideBySide):
        left, right = (tuple(map(_one_deeper, side)) for side in (block.left, block.right))
        return replace(block, left=left, right=right)
    return block
