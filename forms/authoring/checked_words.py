"""Which translated words somebody checked: those, and no words that were written since.

Whoever checks a translation writes their name, and in ``checked_words`` the mark that `pack check`
names: a few letters made of the English words and the translated ones. When either changes, the
mark is another, and the words count as drafted again. A form is checked once the council's terms
that it uses are, too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from forms.authoring.checks.translations import TEXTS
from forms.authoring.sheets import CHOICES, SURVEY, SheetForm, read_sheets
from forms.authoring.sources import WORD_COLUMNS, read_rows
from forms.terms import TOKEN, language_code

TRANSLATION_COLUMNS = ("form", "language", "checked_by", "checked_on", "checked_words")
PAPERS = "paper_words"
PAPER_ENGLISH, PAPER_KEY = "English (en)", "key"
PAPER_CHECKED, PAPER_ON, PAPER_MARK = "checked_by", "checked_on", "checked_words"
Row = Mapping[str, str]
Checked = Mapping[str, Mapping[str, bool]]
"""By form, then language: whether somebody has checked it as it stands."""


def mark_of_form(form: SheetForm, language: str) -> str:
    """The mark of a form's words in a language, beside those of its own."""
    return _mark(_pairs(form, language))


def mark_of_paper(rows: Sequence[Row], language: str) -> str:
    """The mark of the fixed words of papers in a language, beside the English ones."""
    return _mark(
        (f"{row[PAPER_KEY]}={row[PAPER_ENGLISH]}", row[language])
        for row in rows
        if row[PAPER_KEY] not in (PAPER_CHECKED, PAPER_ON, PAPER_MARK)
    )


def translated(forms: Path, sources: Path) -> Checked:
    """Which language of which form is checked, as its words and its terms stand today."""
    terms = checked_terms(sources)
    found: dict[str, dict[str, bool]] = {}
    for row in read_rows(sources / "translations.csv", TRANSLATION_COLUMNS):
        is_checked = bool(row["checked_by"])
        if is_checked:
            form = read_sheets(forms / f"{row['form']}.xlsx")
            as_it_was = row["checked_words"] == mark_of_form(form, row["language"])
            is_checked = as_it_was and terms_are_checked(form, row["language"], terms)
        found.setdefault(row["form"], {})[row["language"]] = is_checked
    return found


def checked_terms(sources: Path) -> dict[tuple[str, str], bool]:
    """By language and key: whether somebody has checked the council's term."""
    return {
        (row["language"], row["key"]): bool(row["checked_by"])
        for row in read_rows(sources / "terms.csv", WORD_COLUMNS)
    }


def terms_are_checked(
    form: SheetForm, language: str, terms: Mapping[tuple[str, str], bool]
) -> bool:
    """Whether each term that a form uses in this language has been checked in it."""
    code = language_code(language)
    return all(
        terms.get((code, key), terms.get((code, key.partition(".")[0]), False))
        for _, said in _pairs(form, language)
        for key in (found["key"] for found in TOKEN.finditer(said))
        for key in (key[0].lower() + key[1:],)
    )


def stale_papers(rows: Sequence[Row]) -> dict[str, str]:
    """The languages of papers that were checked in other words, with the mark of today's."""
    by_key = {row[PAPER_KEY]: row for row in rows}
    marks = by_key.get(PAPER_MARK, {})
    return {
        language: mark
        for language, name in by_key.get(PAPER_CHECKED, {}).items()
        if name and language.endswith(")") and language != PAPER_ENGLISH
        if marks.get(language, "") != (mark := mark_of_paper(rows, language))
    }


def as_checked(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The fixed words of papers, where a language that has changed since is not checked."""
    stale = stale_papers(rows)
    return tuple(
        {**row, **dict.fromkeys(stale, "")} if row[PAPER_KEY] == PAPER_CHECKED else row
        for row in rows
    )


def _pairs(form: SheetForm, language: str) -> Iterator[tuple[str, str]]:
    own = form.settings.get("default_language")
    for sheet in (SURVEY, CHOICES):
        for line in form.sheet(sheet).lines:
            for column in TEXTS:
                texts = line.texts(column)
                if any(texts.values()):
                    yield texts.get(own, ""), texts.get(language, "")


def _mark(pairs: Iterable[tuple[str, str]]) -> str:
    said = "\n".join(sorted(f"{english}\t{other}" for english, other in pairs))
    return hashlib.sha256(said.encode()).hexdigest()[:10]
