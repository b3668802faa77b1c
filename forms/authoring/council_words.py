"""What the pack says in other languages for what its own tables name in English.

Each is a row of ``paper_words.csv``: ``council.closure_reasons.died``, the English of the table,
and a column a language. Lists that forms choose from get a column for each language of the forms
(`label::Polski (pl)`), so a choice reads in the language of its form, on the screen and on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.authoring.checked_words import PAPER_ENGLISH, PAPER_KEY, PAPERS
from forms.manifest import Contact
from forms.xforms.spoken_lists import BETWEEN

Row = Mapping[str, str]
OF_THE_COUNCIL, APART = "council.", " | "
CODED_BY = {
    "agencies": ("code",),
    "closure_reasons": ("code",),
    "indicators": ("scheme", "version", "code"),
    "lawful_basis": ("code",),
    "thresholds": ("scheme", "version", "level"),
    "vulnerable_groups": ("code",),
}
"""The tables that forms offer choices from, and the columns that make up a row's code."""


def council_key(table: str, row: Row) -> str:
    """The key of what is said in other languages for a row of a table."""
    return ".".join((f"{OF_THE_COUNCIL}{table}", *(row[column] for column in CODED_BY[table])))


@dataclass(frozen=True, slots=True)
class CouncilWords:
    """What is said, by key, then language as forms name it; ``languages`` are those of forms."""

    languages: tuple[str, ...]
    said: Mapping[str, Row]

    @classmethod
    def of(cls, tables: Mapping[str, Sequence[Row]]) -> CouncilWords:
        """What the tables of a pack say."""
        return cls(
            languages_of_forms(tables.get("languages", ())),
            {row[PAPER_KEY]: row for row in tables.get(PAPERS, ())},
        )

    def columns(self, column: str) -> tuple[str, ...]:
        """A column of a list in every language."""
        return tuple(f"{column}{BETWEEN}{language}" for language in self.languages)

    def cells(self, key: str, english: str) -> tuple[str, ...]:
        """What is said in every language for what the table calls ``english``.

        Blank where nothing is said, or where it translates what the table said before: English
        words are safer than hours at which nobody answers any more.
        """
        row = self.said.get(key, {})
        is_current = row.get(PAPER_ENGLISH) == english
        return tuple(row.get(language, "") if is_current else "" for language in self.languages)

    def in_words(self, key: str, english: str, language: str) -> str:
        """As ``cells``, in one language; else as it stands."""
        said = dict(zip(self.languages, self.cells(key, english), strict=True))
        return said.get(language) or english

    def dates(self) -> Iterator[tuple[str, ...]]:
        """``month 1`` to ``day 7`` (Sunday), in English, then in every language."""
        for what in ("month", "day"):
            row = self.said.get(f"date.{what}s", {})
            english, *others = (
                row.get(language, "").split(APART) for language in (PAPER_ENGLISH, *self.languages)
            )
            for place, own in enumerate(english):
                said = (other[place] if len(other) == len(english) else "" for other in others)
                yield f"{what} {place + 1}", own, *said


def as_they_answer(rows: Iterable[Row], contacts: Iterable[Contact]) -> tuple[Row, ...]:
    """The fixed words of papers, without hours and names that contacts do not have any more."""
    own = {
        key: said
        for one in contacts
        for key, said in (
            (f"{OF_THE_COUNCIL}names.{one.key}", one.name),
            (f"{OF_THE_COUNCIL}hours.{one.key}", one.when),
        )
    }
    return tuple(
        row for row in rows if row[PAPER_ENGLISH] == own.get(row[PAPER_KEY], row[PAPER_ENGLISH])
    )


def languages_of_forms(rows: Iterable[Row]) -> tuple[str, ...]:
    """The languages that forms are in beside English, as they name them."""
    return tuple(row["language"] for row in rows if row["language"] != PAPER_ENGLISH)
