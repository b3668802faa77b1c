"""The fixed words of papers in other languages: whole, with the same places, and checked."""

from __future__ import annotations

import string
from collections.abc import Container, Iterator
from pathlib import Path

from forms.authoring.checked_words import (
    PAPER_CHECKED,
    PAPER_ENGLISH,
    PAPER_KEY,
    PAPER_MARK,
    PAPER_ON,
    stale_papers,
)
from forms.authoring.council_words import APART
from forms.authoring.mistakes import Mistake
from forms.authoring.pack_checks.placeholders import changed_since, drafted
from forms.authoring.pack_checks.rows import numbered
from forms.authoring.sources import WORD_COLUMNS, read_rows

_ENGLISH, _KEY, _CHECKED, _ON = PAPER_ENGLISH, PAPER_KEY, PAPER_CHECKED, PAPER_ON
_MARKS = PAPER_MARK


def paper_words(file: Path) -> Iterator[Mistake]:
    """Each word has the places (`{name}`) and parts of the English; each language was checked.

    A place that is not there when a paper is made would stop the print.
    """
    terms = {row["key"] for row in read_rows(file.with_name("terms.csv"), WORD_COLUMNS)}
    stale = stale_papers(read_rows(file, (_KEY, _ENGLISH)))
    for number, row in numbered(file, (_KEY, _ENGLISH)):
        languages = [name for name in row if name not in (_KEY, _ENGLISH)]
        for language in languages:
            said, where = row[language], (file.name, number, language)
            if row[_KEY] == _MARKS and language in stale:
                yield changed_since(stale[language], *where)
            elif row[_KEY] == _CHECKED and not said and language.endswith(")"):
                yield drafted(*where)
            elif row[_KEY] not in (_CHECKED, _ON, _MARKS) and said:
                yield from _alike(row[_ENGLISH], said, terms, where)


def _alike(
    english: str, said: str, terms: Container[str], where: tuple[str, int, str]
) -> Iterator[Mistake]:
    try:
        differ = _places(said) ^ _places(english)
    except ValueError:
        yield Mistake("A bracket is not closed.", "Write {name}, with both.", *where)
        return
    wrong = [name for name in differ if name.partition(".")[0].lower() not in terms]
    if wrong:
        named = ", ".join(f"{{{name}}}" for name in sorted(wrong))
        yield Mistake(f"The places differ from the English: {named}.", "Use the same.", *where)
    if said.count(APART) != english.count(APART):
        yield Mistake("It has more or fewer parts than the English.", "Divide by “ | ”.", *where)


def _places(words: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(words) if name is not None)
