"""The fixed words of papers in other languages: whole, with the same places, and checked."""

from __future__ import annotations

import string
from collections.abc import Container, Iterator, Mapping
from pathlib import Path

from forms.authoring.checked_words import (
    PAPER_CHECKED,
    PAPER_ENGLISH,
    PAPER_KEY,
    PAPER_MARK,
    PAPER_ON,
    stale_papers,
)
from forms.authoring.checks.translations import languages_of
from forms.authoring.mistakes import Mistake
from forms.authoring.pack_checks.rows import numbered
from forms.authoring.sheets import SheetForm
from forms.authoring.sources import WORD_COLUMNS, read_rows

_ENGLISH, _KEY, _CHECKED, _ON = PAPER_ENGLISH, PAPER_KEY, PAPER_CHECKED, PAPER_ON
_MARKS = PAPER_MARK
_BETWEEN, _OF_THE_COUNCIL = " | ", "council."


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
                says = "The words are not those that were checked: they count as drafted."
                instead = f"Once they are checked as they stand, write {stale[language]}."
                yield Mistake(says, instead, *where, "placeholder")
            elif row[_KEY] == _CHECKED and not said and language.endswith(")"):
                yield Mistake(
                    "Drafted, not checked.", "Name who checked it.", *where, "placeholder"
                )
            elif row[_KEY] not in (_CHECKED, _ON, _MARKS) and said:
                yield from _alike(row[_ENGLISH], said, terms, where)


def council_words(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """What is translated of contacts and forms' titles is what they say today, and all of it.

    A translated hour at which nobody answers any more would be worse than an English one.
    """
    file = "paper_words.csv"
    rows = {row[_KEY]: (number, row) for number, row in numbered(sources / file, (_KEY, _ENGLISH))}
    own = {key: english for key, english, _ in _named(sources, forms)}
    for key, (number, row) in rows.items():
        if key.startswith(_OF_THE_COUNCIL) and row[_ENGLISH] != own.get(key):
            says = f"The pack says now: “{own[key]}”." if key in own else "The pack has it no more."
            yield Mistake(says, "Translate it anew, or take it out.", file, number, _ENGLISH)
    for key, english, languages in _named(sources, forms):
        said = rows.get(key, (0, {}))[1]
        for language in languages:
            if not said.get(language):
                says = f"“{english}” is not said in {language}."
                yield Mistake(says, f"Write a row {key}.", file, weight="warning")


def _named(
    sources: Path, forms: Mapping[str, SheetForm]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Key, English words, and the languages that must say it too; names of contacts are proper."""
    words = next(numbered(sources / "paper_words.csv", (_KEY, _ENGLISH)), (0, {}))[1]
    languages = tuple(name for name in words if name.endswith(")") and name != _ENGLISH)
    for _, row in numbered(sources / "contacts.csv", (_KEY, "name", "when")):
        yield f"{_OF_THE_COUNCIL}names.{row[_KEY]}", row["name"], ()
        yield f"{_OF_THE_COUNCIL}hours.{row[_KEY]}", row["when"], languages if row["when"] else ()
    for name, form in forms.items():
        others = tuple(one for one in languages_of(form) if one != _ENGLISH)
        yield f"{_OF_THE_COUNCIL}forms.{name}", form.settings.get("form_title"), others


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
    if said.count(_BETWEEN) != english.count(_BETWEEN):
        yield Mistake("It has more or fewer parts than the English.", "Divide by “ | ”.", *where)


def _places(words: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(words) if name is not None)
