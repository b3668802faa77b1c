"""One answer: what was said, or why nothing was said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Absent(StrEnum):
    """Why a question has no answer. Every required question accepts each of these."""

    NOT_KNOWN = "not_known"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands at one path of a record.

    ``value`` is the text that the XForm would hold (``""``: nothing, or cleared).
    ``absent`` says why there is none. ``reason`` is the worker's words for an absence, or for
    loosening a protective answer, with the name of who agreed to it.
    """

    value: str = ""
    absent: Absent | None = None
    reason: str = ""

    @property
    def is_blank(self) -> bool:
        """True if nothing was said and nothing was said about that."""
        return not self.value and self.absent is None


BLANK = Answer()
