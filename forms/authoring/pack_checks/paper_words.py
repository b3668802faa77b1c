"""The fixed words of papers in other languages: whole, with the same places, and checked."""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import Path

from forms.authoring.mistakes import Mistake
from forms.authoring.pack_checks.rows import numbered

_ENGLISH, _KEY, _CHECKED, _ON = "English (en)", "key", "checked_by", "checked_on"
_BETWEEN = " | "


def paper_words(file: Path) -> Iterator[Mistake]:
    """Each word has the places (`{name}`) and parts of the English; each language was checked.

    A place that is not there when a paper is made would stop the print.
    """
    for number, row in numbered(file, (_KEY, _ENGLISH)):
        languages = [name for name in row if name not in (_KEY, _ENGLISH)]
        for language in languages:
            said, where = row[language], (file.name, number, language)
            if row[_KEY] == _CHECKED and not said and language.endswith(")"):
                yield Mistake(
                    "Drafted, not checked.", "Name who checked it.", *where, "placeholder"
                )
            elif row[_KEY] not in (_CHECKED, _ON) and said:
                yield from _alike(row[_ENGLISH], said, where)


def _alike(english: str, said: str, where: tuple[str, int, str]) -> Iterator[Mistake]:
    try:
        wrong = _places(said) ^ _places(english)
    except ValueError:
        yield Mistake("A bracket is not closed.", "Write {name}, with both.", *where)
        return
    if wrong:
        named = ", ".join(f"{{{name}}}" for name in sorted(wrong))
        yield Mistake(f"The places differ from the English: {named}.", "Use the same.", *where)
    if said.count(_BETWEEN) != english.count(_BETWEEN):
        yield Mistake("It has more or fewer parts than the English.", "Divide by “ | ”.", *where)


def _places(words: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(words) if name is not None)
