"""What the pack says in other languages of its own tables: all of it, and as it stands today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from forms.authoring.checked_words import PAPER_ENGLISH, PAPER_KEY
from forms.authoring.checks.translations import languages_of
from forms.authoring.council_words import (
    CODED_BY,
    OF_THE_COUNCIL,
    council_key,
    languages_of_forms,
)
from forms.authoring.mistakes import Mistake
from forms.authoring.pack_checks.rows import numbered
from forms.authoring.sheets import SheetForm
from forms.authoring.sources import read_rows

_FILE = "paper_words.csv"


class _Named(NamedTuple):
    """What a row of a table is called in English, and the languages that must say it too."""

    key: str
    english: str
    languages: tuple[str, ...]
    file: str
    row: int | None = None


def council_words(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """What is translated of tables, contacts and forms' titles is what they say, and all of it.

    A translated hour at which nobody answers any more would be worse than an English one.
    """
    columns = (PAPER_KEY, PAPER_ENGLISH)
    rows = {row[PAPER_KEY]: (number, row) for number, row in numbered(sources / _FILE, columns)}
    named = [*_in_tables(sources), *_of_contacts(sources), *_of_forms(forms)]
    own = {one.key: one.english for one in named}
    for key, (number, row) in rows.items():
        if key.startswith(OF_THE_COUNCIL) and row[PAPER_ENGLISH] != own.get(key):
            says = f"The pack says now: “{own[key]}”." if key in own else "The pack has it no more."
            yield Mistake(says, "Translate it anew, or take it out.", _FILE, number, PAPER_ENGLISH)
    for one in named:
        found = rows.get(one.key)
        for language in one.languages:
            says = f"“{one.english}” is not said in {language}."
            if found is None:
                instead = f"Write a row {one.key} in {_FILE}."
                yield Mistake(says, instead, one.file, one.row, weight="warning")
            elif not found[1].get(language):
                yield Mistake(says, "Translate it.", _FILE, found[0], language, "warning")


def _in_tables(sources: Path) -> Iterator[_Named]:
    """What forms offer to choose; what is retired nobody chooses any more."""
    languages = languages_of_forms(read_rows(sources / "languages.csv", ("language",)))
    for table, code in CODED_BY.items():
        for number, row in numbered(sources / f"{table}.csv", (*code, "label")):
            said = () if row.get("retired") else languages
            yield _Named(council_key(table, row), row["label"], said, f"{table}.csv", number)


def _of_contacts(sources: Path) -> Iterator[_Named]:
    """When somebody answers, in every language of papers; names of contacts are proper."""
    columns = next(iter(read_rows(sources / _FILE)), {})
    languages = tuple(name for name in columns if name.endswith(")") and name != PAPER_ENGLISH)
    file = "contacts.csv"
    for number, row in numbered(sources / file, ("key", "name", "when")):
        key, hours = row["key"], row["when"]
        said = languages if hours else ()
        yield _Named(f"{OF_THE_COUNCIL}names.{key}", row["name"], (), file, number)
        yield _Named(f"{OF_THE_COUNCIL}hours.{key}", hours, said, file, number)


def _of_forms(forms: Mapping[str, SheetForm]) -> Iterator[_Named]:
    for name, form in forms.items():
        others = tuple(one for one in languages_of(form) if one != PAPER_ENGLISH)
        title = form.settings.get("form_title")
        yield _Named(f"{OF_THE_COUNCIL}forms.{name}", title, others, f"{name}.xlsx")
