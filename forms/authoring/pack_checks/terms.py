"""Terms: each that is used is there, in the languages begun; each that is there is used."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from forms.authoring.lawful_basis import PLACE
from forms.authoring.mistakes import Mistake
from forms.authoring.pack_checks.rows import numbered
from forms.authoring.sheets import SheetForm
from forms.authoring.sources import WORD_COLUMNS
from forms.authoring.texts import read_wordings
from forms.pack_file import MAX_TERM
from forms.terms import KNOWN, TOKEN

_SAID = ("label", "hint", "guidance_hint", "constraint_message", "required_message", "form_title")
_FILE, _PAPER_WORDS = "terms.csv", "paper_words.csv"


class _Used(NamedTuple):
    term: str
    in_words: bool
    file: str
    row: int | None = None
    column: str = ""


def terms(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """What is wrong with the glossary, and with each `{term}` that the sources use."""
    known: dict[str, int] = {PLACE: 0}  # a place of the notice, filled in when a pack is built
    for number, row in numbered(sources / _FILE, WORD_COLUMNS):
        known.setdefault(row["key"].partition(".")[0], number)
        if "{" in row["words"] or len(row["words"]) > MAX_TERM:
            says = f"A term is a few words, at most {MAX_TERM} letters, without brackets."
            yield Mistake(says, "Write it plainly.", _FILE, number, "words")
    used = [*_in_forms(forms), *_in_tables(sources), *_in_texts(sources)]
    nearly = _nearly_terms({one.term for one in used if one.file == _PAPER_WORDS}, known)
    for one in used:
        where = (one.file, one.row, one.column)
        if not one.in_words:
            says = f"“{{{one.term}}}” stands where the form works something out."
            yield Mistake(says, "Use terms in labels, hints and messages only.", *where)
        elif one.term not in known and (one.file != _PAPER_WORDS or one.term in nearly):
            says = f"“{{{one.term}}}” is no term of {_FILE}."
            yield Mistake(says, "Correct it, or add the term.", *where)
    for term in KNOWN:
        if term not in known:
            yield Mistake(f"The program says “{term}”.", "Write the council's term.", _FILE)
    for term in known.keys() - {one.term for one in used} - {*KNOWN, PLACE}:
        yield Mistake(
            f"Nothing uses “{term}”.", "Use it, or take it out.", _FILE, known[term], "key",
            "warning",
        )  # fmt: skip


def _nearly_terms(said: Iterable[str], known: Mapping[str, int]) -> set[str]:
    """A paper has places of its own (`{date}`), so there only what is nearly a term is meant."""
    return {one for one in said if difflib.get_close_matches(one, known, cutoff=0.8)}


def _in_forms(forms: Mapping[str, SheetForm]) -> Iterator[_Used]:
    for name, form in forms.items():
        for sheet in form.sheets.values():
            for line in sheet.lines:
                for column, words in line.cells.items():
                    in_words = column.partition("::")[0] in _SAID
                    for term in _terms(words):
                        where = f"{name}.xlsx, {sheet.name}"
                        yield _Used(term, in_words, where, line.number, column)


def _in_tables(sources: Path) -> Iterator[_Used]:
    for file in sorted(sources.glob("*.csv")):
        for number, row in numbered(file) if file.name != _FILE else ():
            for column, words in row.items():
                for term in _terms(words):
                    yield _Used(term, True, file.name, number, column)


def _in_texts(sources: Path) -> Iterator[_Used]:
    for text in read_wordings(sources):
        for term in _terms(text.words):
            yield _Used(term, True, f"{text.key}.{text.language}.md")


def _terms(words: str) -> Iterator[str]:
    if "{" in words:
        for found in TOKEN.finditer(words):
            key = found["key"].partition(".")[0]
            yield key[0].lower() + key[1:]
