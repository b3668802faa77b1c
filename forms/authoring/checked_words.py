"""Which translated words somebody checked: those, and no words that were written since.

Whoever checks a translation writes their name, and in ``checked_words`` the mark that `pack check`
names: a few letters made of the English words and the translated ones. When either changes, the
mark is another, and the words count as drafted again. A form is checked once what it shows from
elsewhere is, too: the council's terms, texts, and the words of its tables.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from forms.authoring.checks.translations import TEXTS
from forms.authoring.sheets import CHOICES, SURVEY, SheetForm, read_sheets
from forms.authoring.sources import WORD_COLUMNS, read_rows
from forms.authoring.texts import checked_texts, read_wordings
from forms.manifest import Wording
from forms.terms import ENGLISH, TOKEN, language_code

TRANSLATION_COLUMNS = ("form", "language", "checked_by", "checked_on", "checked_words")
PAPERS = "paper_words"
PAPER_ENGLISH, PAPER_KEY = "English (en)", "key"
PAPER_CHECKED, PAPER_ON, PAPER_MARK = "checked_by", "checked_on", "checked_words"
_LISTED = re.compile(
    r"_from_file (?!people\b|services\b)\w+\.csv|pulldata\('contacts', *'when'|format-date.*%[aAbB]"
)
"""In a type or a calculation: what is said in other languages by ``paper_words.csv``."""
_TEXT = re.compile(r"pulldata\('wording', *'label', *'name', *'(\w+)'\)")
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


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What forms show that is not written in them: terms, texts, and what tables offer.

    ``terms`` by language and key, ``papers`` the languages of ``paper_words.csv``: whether somebody
    has checked them, as they stand.
    """

    terms: Mapping[tuple[str, str], bool]
    papers: frozenset[str]
    texts: Sequence[Wording]

    @classmethod
    def of(cls, sources: Path) -> Elsewhere:
        """What the sources of a pack say. Raises PackMistake."""
        papers = sources / f"{PAPERS}.csv"
        rows = as_checked(read_rows(papers, (PAPER_KEY,))) if papers.exists() else ()
        names = next((row for row in rows if row[PAPER_KEY] == PAPER_CHECKED), {})
        return cls(
            checked_terms(sources / "terms.csv"),
            frozenset(language for language, name in names.items() if name),
            read_wordings(sources),
        )

    def unchecked(self, form: SheetForm, language: str) -> str:
        """The first file in which nobody checked what a form shows in a language; else blank."""
        code = language_code(language)
        if not all(self._has_term(code, key) for key in _terms_of(form, language)):
            return "terms.csv"
        lines = form.sheet(SURVEY).lines
        asked = [line.get(column) for line in lines for column in ("type", "calculation")]
        if language not in self.papers and any(_LISTED.search(one) for one in asked):
            return f"{PAPERS}.csv"
        texts = {key for one in asked for key in _TEXT.findall(one)}
        missing = sorted(texts - checked_texts(self.texts, code))
        return f"{missing[0]}.{code}.md" if missing else ""

    def _has_term(self, code: str, key: str) -> bool:
        plain = self.terms.get((code, key.partition(".")[0]), False)
        return self.terms.get((code, key), plain)


def translated(forms: Path, sources: Path) -> Checked:
    """Which language of which form is checked, as it stands today with all that it shows."""
    elsewhere = Elsewhere.of(sources)
    found: dict[str, dict[str, bool]] = {}
    for row in read_rows(sources / "translations.csv", TRANSLATION_COLUMNS):
        is_checked = bool(row["checked_by"])
        if is_checked:
            form = read_sheets(forms / f"{row['form']}.xlsx")
            as_it_was = row["checked_words"] == mark_of_form(form, row["language"])
            is_checked = as_it_was and not elsewhere.unchecked(form, row["language"])
        found.setdefault(row["form"], {})[row["language"]] = is_checked
    return found


def checked_terms(file: Path) -> dict[tuple[str, str], bool]:
    """By language and key: whether somebody has checked the council's term, as it stands."""
    rows = read_rows(file, WORD_COLUMNS)
    marks = marks_of_words(rows)
    return {
        at: bool(row["checked_by"]) and row["checked_words"] == marks[at]
        for row in rows
        for at in ((row["language"], row["key"]),)
    }


def marks_of_words(rows: Sequence[Row]) -> dict[tuple[str, str], str]:
    """By language and key: the mark of the words of ``words.csv`` or ``terms.csv``."""
    english = {row["key"]: row["words"] for row in rows if row["language"] == ENGLISH}
    return {
        (row["language"], row["key"]): _mark([(own, row["words"])])
        for row in rows
        for own in (english.get(row["key"]) or english.get(row["key"].partition(".")[0], ""),)
    }


def _terms_of(form: SheetForm, language: str) -> Iterator[str]:
    for _, said in _pairs(form, language):
        for found in TOKEN.finditer(said):
            yield found["key"][0].lower() + found["key"][1:]


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
