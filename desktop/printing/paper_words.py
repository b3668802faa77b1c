"""How a paper's fixed words are written down: a council, or a translation, gives its own."""

from dataclasses import dataclass, field

from desktop.printing.dates import ENGLISH, DateWords

ROWS = {"rows": True}
"""Of a field of fixed words: it has a word for each of several things, as pairs of key and word."""


@dataclass(frozen=True)
class CouncilWords:
    """What a translation says for what the pack names in English, by its key."""

    names: tuple[tuple[str, str], ...] = field(default=(), metadata=ROWS)
    hours: tuple[tuple[str, str], ...] = field(default=(), metadata=ROWS)
    forms: tuple[tuple[str, str], ...] = field(default=(), metadata=ROWS)


@dataclass(frozen=True)
class PaperWords:
    """The fixed words of one kind of paper are fields of a class under this one."""

    language: str = "en-GB"
    dates: DateWords = ENGLISH
    council: CouncilWords = CouncilWords()
