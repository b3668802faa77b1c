"""How difficult scripts reach a page: somebody who can lay them out hands over outlines.

Arabic, Urdu, Bengali and other scripts need joining, reordering and fallback fonts. Qt does it;
this room may not import Qt, so `desktop.app` hands in a `ScriptSetter`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

Outline = tuple[tuple[str, tuple[float, ...]], ...]


@dataclass(frozen=True)
class Glyph:
    """One drawn letter at (x, y).

    `outline` is a path of `m` (move), `l` (line) and `c` (curve) in points, y upwards.
    """

    x: float
    y: float
    outline: Outline


@dataclass(frozen=True)
class SetLine:
    """One line: text[start:end] of what was handed over, drawn from x = 0 on the baseline y = 0.

    `parts` are its stretches of one language each, in the order of the text.
    """

    start: int
    end: int
    parts: tuple["SetPart", ...]

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        """All that is drawn."""
        return tuple(glyph for part in self.parts for glyph in part.glyphs)


@dataclass(frozen=True)
class SetPart:
    """Letters of one line up to text[end].

    `boxes` are those that no typeface here has: they are drawn as empty boxes.
    """

    end: int
    language: str
    glyphs: tuple[Glyph, ...]
    boxes: str = ""


class Span(NamedTuple):
    """Letters to be laid out, in one manner and one language."""

    text: str
    bold: bool = False
    language: str = ""


class ScriptSetter(Protocol):
    """Lays out text in any script. Used by the thread that prints."""

    def set_lines(
        self,
        spans: Sequence[Span],
        size: float,
        width: float,
        *,
        right_to_left: bool,
        flush_right: bool,
    ) -> list[SetLine]:
        """Lines of at most `width` points for `spans` at `size` points.

        The lines cover the joined text without gaps; a newline ends a line. `right_to_left` is
        the direction of the paragraph (UAX 9, HL1), whatever letters are in it.
        """
        ...
