"""Several papers in one: a request for support with what goes with it, in one reader's copy."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.printing.contacts import ContactLine
from desktop.printing.paper_words import PaperWords
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


@dataclass(frozen=True)
class RequestWords(PaperWords):
    """The fixed words of the front of a request; a council or a translation gives its own."""

    title: str = "Request for support"
    phone_first: str = (
        "If a child may be in danger, do not wait for this paper: telephone first. "
        "This paper tells nobody until somebody reads it."
    )
    contents: str = "What is in this pack"
    english_only: str = "Some of it is in English only. Ask somebody to read it with you."


def front_story(
    contacts: Sequence[ContactLine],
    titles: Sequence[str],
    words: RequestWords,
    *,
    english_only: bool = False,
) -> Story:
    """The front of a request: whom to telephone first, and what is inside.

    It names nobody by itself (domain.md 8.2). ``english_only``: not all of it is in two languages.
    """
    numbers = (Text(f"{one.named(words)}: {one.number}") for one in contacts)
    front: list[Block] = [Heading(words.title, 1), Text(words.phone_first), *numbers]
    front += [Heading(words.contents), Bullets(tuple(titles), numbered=True)]
    if english_only:
        front.append(Text(words.english_only))
    return Story(words.title, tuple(front), words.language)


def bundle_story(front: Story, parts: Sequence[Story]) -> Story:
    """One document of several: the front, then each on a new page under its own title."""
    inside = [block for part in parts for block in (NewPage(), *map(_one_deeper, part.blocks))]
    return replace(front, blocks=(*front.blocks, *inside))


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
