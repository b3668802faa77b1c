"""The typefaces that come with the program, so that a page looks alike on every device."""

import functools
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from reportlab.pdfbase.ttfonts import TTFont

from desktop.printing.text import is_silent

_NO_BREAK_SPACE = "\xa0"  # reportlab writes it as a common space


class Face(TTFont):  # type: ignore[misc]
    """One typeface that knows what it can set; usable in several documents at once."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(name, io.BytesIO(data), shapable=False)
        self._width_of: Callable[[int], float] = self.face.charWidths.__getitem__
        self.letters: frozenset[str] = frozenset(
            character
            for character in map(chr, self.face.charToGlyph)
            if character >= " " and character != _NO_BREAK_SPACE and not is_silent(character)
        ) - frozenset("\u202a\u202b\u202c\u202d\u202e\ufeff\ufffe\uffff")

    def width(self, text: str, size: float) -> float:
        """Width in points of `text`, which must be of this face's `letters`."""
        return 0.001 * size * sum(map(self._width_of, map(ord, text)))

    def addObjects(self, doc: Any) -> None:
        """Write the font into `doc`, with a map to Unicode that PDF/UA 7.21.7 accepts.

        reportlab's own maps unused codes to U+0000 and cannot say characters above U+FFFF.
        """
        subsets = list(self.state[doc].subsets)
        names = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        super().addObjects(doc)
        for name, subset in zip(names, subsets, strict=True):
            font = doc.idToObject[name]
            stream = doc.idToObject[font.ToUnicode.name]
            stream.content = _to_unicode(font.BaseFont, subset)


def _to_unicode(name: str, subset: Sequence[int]) -> str:
    pairs = [
        f"<{code:02X}> <{chr(character).encode('utf-16-be').hex().upper()}>"
        for code, character in enumerate(subset)
        if character
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name} def /CMapType 2 def",
        "1 begincodespacerange <00> <FF> endcodespacerange",
    ]
    for start in range(0, len(pairs), 100):
        some = pairs[start : start + 100]
        lines += [f"{len(some)} beginbfchar", *some, "endbfchar"]
    return "\n".join([*lines, "endcmap CMapName currentdict /CMap defineresource pop end end"])


@dataclass(frozen=True)
class Faces:
    """The faces that text is set in."""

    regular: Face
    bold: Face


def font_file(name: str) -> bytes:
    """The bytes of a bundled font file, for example `NotoNaskhArabic-Regular.ttf`."""
    return resources.files("resources").joinpath("fonts", name).read_bytes()


@functools.cache
def bundled_faces() -> Faces:
    """Noto Sans, read once."""
    return Faces(
        Face("NotoSans-Regular", font_file("NotoSans-Regular.ttf")),
        Face("NotoSans-Bold", font_file("NotoSans-Bold.ttf")),
    )
