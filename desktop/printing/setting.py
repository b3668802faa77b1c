"""How large and in which manner a document is set: size, spacing, colours, direction."""

from dataclasses import dataclass, replace
from enum import IntEnum

from desktop.printing.fonts import Faces
from desktop.printing.paragraph import Look
from desktop.printing.scripts import ScriptSetter

INK = (0.07, 0.09, 0.11)
ACCENT = (0.0, 0.29, 0.33)  # deep teal: 9.9 to 1 on white
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
RULE = (0.38, 0.46, 0.48)


class PrintSize(IntEnum):
    """Size of the body text in points: clear print 14, large print from 16 (domain.md 8.4)."""

    STANDARD = 14
    LARGE_16 = 16
    LARGE_18 = 18
    LARGE_20 = 20
    LARGE_24 = 24
    LARGE_28 = 28

    @property
    def is_large(self) -> bool:
        """Whether tables are set as blocks."""
        return self > PrintSize.STANDARD


@dataclass(frozen=True)
class Setting:
    """What every block of a document is set with."""

    size: PrintSize
    faces: Faces
    setter: ScriptSetter | None = None
    right_to_left: bool = False

    @property
    def leading(self) -> float:
        """Line spacing of body text: one and a half (domain.md 8.4)."""
        return round(self.size * 1.42, 1)

    def look(self, role: str = "P") -> Look:
        """How an element of this role looks."""
        size = float(self.size)
        body = Look(
            self.faces,
            size,
            self.leading,
            after=size * 0.55,
            colour=INK,
            right_to_left=self.right_to_left,
            setter=self.setter,
        )
        # Headings grow more slowly than the text, or at 28 points a word would fill a line.
        title, heading, small = size * 0.85 + 13, size * 0.95 + 4.5, size + 1
        headings = {
            "H1": (title, 1.2, 0.0, size * 0.5),
            "H2": (heading, 1.25, size * 1.05, size * 0.35),
            "H3": (small, 1.35, size * 0.7, size * 0.2),
            "H4": (small, 1.35, size * 0.7, size * 0.2),
        }
        if role in headings:
            tall, lead, before, after = headings[role]
            return replace(
                body,
                size=tall,
                leading=tall * lead,
                before=before,
                after=after,
                colour=ACCENT,
                stays_with_next=True,
            )
        return body


def is_right_to_left_language(language: str) -> bool:
    """Whether a language (BCP 47) is written from right to left."""
    return language.split("-")[0].lower() in _RIGHT_TO_LEFT
