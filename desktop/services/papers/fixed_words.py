"""The fixed words of papers in the council's languages: the pack's table ``paper_words``.

A column is a language, named as forms name theirs (`Polski (pl)`), a row one fixed word of a paper:
`plan.title` is the field ``title`` of `PlanWords`; `figure.measures.M1` the word for `M1` among its
``measures``, which may lack some. A language is offered for a paper once every other word of that
paper is there; a council may also change the English.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any, TypeVar
from unicodedata import bidirectional

import regex

from desktop.printing.bundle import RequestWords
from desktop.printing.child_plan import ChildWords
from desktop.printing.dates import ENGLISH as ENGLISH_DATES
from desktop.printing.dates import DateWords
from desktop.printing.document import FootWords
from desktop.printing.easy_plan import EasyWords
from desktop.printing.ending import EndingWords
from desktop.printing.family_pictures import PictureWords
from desktop.printing.figures_page import FigureWords
from desktop.printing.form_words import FormWords, language_tag
from desktop.printing.meeting import MeetingWords
from desktop.printing.meeting_notes import NotesWords
from desktop.printing.paper_words import CouncilWords
from desktop.printing.plan import PlanWords
from forms.pack import Pack

Words = TypeVar("Words")
TABLE, ENGLISH, EASY_ENGLISH = "paper_words", "English (en)", "English, easy read"
PREFIXES: dict[type, str] = {
    PlanWords: "plan",
    EasyWords: "easy",
    ChildWords: "child",
    FormWords: "form",
    MeetingWords: "meeting",
    NotesWords: "notes",
    EndingWords: "ending",
    PictureWords: "picture",
    FigureWords: "figure",
    RequestWords: "request",
    FootWords: "foot",
    DateWords: "date",
    CouncilWords: "council",
}
_SHARED: dict[str, type] = {"dates": DateWords, "council": CouncilWords}
"""Fields of the words of every paper that have words of their own."""
_PLACE = regex.compile(r"\{[^{}]*\}")
BETWEEN, MEANS = " | ", " = "  # between the parts of a word that has several; within a part
_CHECKED, _KEY, _DRAFTED = "checked_by", "key", "note.drafted"


@dataclass(frozen=True, slots=True)
class FixedWords:
    """What a pack says in one language, by key."""

    language: str
    said: dict[str, str]

    @classmethod
    def of(cls, pack: Pack, language: str) -> FixedWords:
        """The words of a language of the pack; nothing said where it has none."""
        rows = pack.tables.get(TABLE, ())
        return cls(language, {row[_KEY]: words for row in rows if (words := row.get(language))})

    def drafted(self, english: FixedWords) -> tuple[str, str]:
        """What a paper says, in English and in this language, while nobody has checked it."""
        if self.said.get(_CHECKED):
            return "", ""
        return self.drafted_note(english)

    def drafted_note(self, english: FixedWords) -> tuple[str, str]:
        """What a paper of which some words are not checked says of that, in both languages."""
        return english.said.get(_DRAFTED, ""), self.said.get(_DRAFTED, "")

    def of_kind(self, kind: type[Words]) -> Words:
        """All fixed words of a kind of paper; ours where this language has none."""
        made = {part.name: self._word(kind, part) for part in _parts(kind)}
        return kind(**made)

    def has_all(self, kind: type) -> bool:
        """Whether every fixed word of a kind of paper is there, and the names of days too."""
        return all(
            self.has_all(_SHARED[part.name])
            if part.name in _SHARED
            else self._key(kind, part) in self.said
            for part in _parts(kind)
            if part.name != "language" and not part.metadata
        )

    def _word(self, kind: type, part: Field[Any]) -> object:
        ours = getattr(ENGLISH_DATES, part.name) if part.default is MISSING else part.default
        if part.name == "language":
            return language_tag(self.language, ours) if self._is_translated else ours
        if part.name in _SHARED:
            return self.of_kind(_SHARED[part.name])
        if part.metadata:
            start = f"{self._key(kind, part)}."
            rows = ((key, word) for key, word in self.said.items() if key.startswith(start))
            return tuple((key.removeprefix(start), word) for key, word in rows)
        said = self.said.get(self._key(kind, part))
        return ours if said is None else _like(ours, _apart(said))

    @property
    def _is_translated(self) -> bool:
        return bool(self.said) and self.language not in (ENGLISH, EASY_ENGLISH)

    def _key(self, kind: type, part: Field[Any]) -> str:
        return f"{PREFIXES[kind]}.{part.name}"


def languages_of(pack: Pack, *kinds: type) -> Iterator[str]:
    """The languages beside English in which everything of these kinds is said."""
    rows = pack.tables.get(TABLE, ())
    for name in rows[0] if rows else ():
        if name not in (_KEY, ENGLISH, EASY_ENGLISH):
            words = FixedWords.of(pack, name)
            if all(words.has_all(kind) for kind in kinds):
                yield name


def _parts(kind: Any) -> tuple[Field[Any], ...]:
    return fields(kind)


def _apart(said: str) -> str:
    """In words from right to left, what will stand at `{number}` stands apart (UAX 9, 2.7).

    The parts of a telephone number would else change places after letters from right to left.
    """
    if any(bidirectional(letter) in {"R", "AL"} for letter in _PLACE.sub("", said)):
        return str(_PLACE.sub("\u2068\\g<0>\u2069", said))
    return said


def _like(ours: object, said: str) -> object:
    """``said`` in the form of our own word: words, several of them, or words with meanings."""
    if isinstance(ours, str):
        return said
    several = said.split(BETWEEN)
    if isinstance(ours, tuple) and ours and isinstance(ours[0], tuple):
        return tuple((one.partition(MEANS)[0], one.partition(MEANS)[2]) for one in several)
    return tuple(several)
