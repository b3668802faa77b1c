"""Words that families read: there, checked, in every language that is begun."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from forms.authoring.checked_words import (
    TRANSLATION_COLUMNS,
    Elsewhere,
    mark_of_form,
    marks_of_words,
)
from forms.authoring.checks.translations import languages_of
from forms.authoring.mistakes import Mistake
from forms.authoring.pack_checks.placeholders import PLACEHOLDER, changed_since, drafted
from forms.authoring.pack_checks.rows import numbered
from forms.authoring.sheets import SheetForm
from forms.authoring.sources import GUARD_COLUMNS, WORD_COLUMNS, columns_of, read_rows
from forms.authoring.texts import read_wordings

_WORDINGS = ("privacy_notice", "agreement", "sharing")
_AGREED = frozenset({"agreement", "share", "child_share"})
_SIGNATURE = "signature"
_SHORT = re.compile(r"\((\w+)\)$")
_INFLECTED = "."  # in a term's key: a form of it that only some languages have


def wordings(sources: Path) -> Iterator[Mistake]:
    """Texts are there in English, translated as they stand now, checked, and the council's own."""
    known = read_wordings(sources)
    codes = {row["words"] for row in read_rows(sources / "languages.csv", ("words",))}
    english = {wording.key: wording for wording in known if wording.language == "en"}
    for key in _WORDINGS:
        if key not in english:
            yield Mistake(f"There is no {key}.en.md.", "Write the council's words.", f"{key}.en.md")
        for code in sorted(codes - {w.language for w in known if w.key == key} - {"en"}):
            file = f"{key}.{code}.md"
            yield Mistake(f"There is no {file}.", "Translate the text.", file, weight="warning")
    for wording in known:
        file = f"{wording.key}.{wording.language}.md"
        if wording.language not in codes | {"en"}:
            says = f"languages.csv has no language “{wording.language}”."
            yield Mistake(says, "Correct the name of the file, or add the language.", file)
        first = english.get(wording.key)
        if first is not None and wording.version != first.version:
            says = f"It translates version {wording.version}; the English is {first.version}."
            instead = (
                "Translate the new words, or take the file out: the form asks for an interpreter."
            )
            yield Mistake(says, instead, file)
        if not wording.checked_by:
            yield Mistake(
                "Nobody has checked these words.", "Name who did, and when.", file, None, "",
                "placeholder",
            )  # fmt: skip
        if PLACEHOLDER.search(wording.words):
            yield Mistake(
                "The words are a placeholder.", "Write the council's own.", file, None, "",
                "placeholder",
            )  # fmt: skip


def words(file: Path) -> Iterator[Mistake]:
    """Each key is there once a language, in English first, and in every language that is begun."""
    by_language: dict[str, dict[str, int]] = {}
    marks = marks_of_words(read_rows(file, WORD_COLUMNS))
    for number, row in numbered(file, WORD_COLUMNS):
        mark = marks[row["language"], row["key"]]
        keys = by_language.setdefault(row["language"], {})
        if row["key"] in keys:
            says = f"“{row['key']}” is already in row {keys[row['key']]}."
            yield Mistake(says, "Keep one of them.", file.name, number, "key")
        keys.setdefault(row["key"], number)
        if not row["words"]:
            yield Mistake("There are no words.", "Write them.", file.name, number, "words")
        if row["language"] != "en" and not row["checked_by"]:
            yield drafted(file.name, number, "checked_by")
        elif row["language"] != "en" and row["checked_words"] != mark:
            yield changed_since(mark, file.name, number, "checked_words")
    english = by_language.get("en", {})
    for language, keys in by_language.items():
        for key in sorted(english.keys() - keys.keys()):
            says = f"“{key}” has no words in {language}."
            yield Mistake(says, "Translate it.", file.name, english[key], "key", "warning")
        for key in sorted(keys.keys() - english.keys()):
            if key.partition(_INFLECTED)[0] in english:
                continue
            says = f"“{key}” has no English."
            yield Mistake(says, "Add it.", file.name, keys[key], "key")


def spoken(sources: Path) -> Iterator[Mistake]:
    """Words and terms are in languages that forms or papers have."""
    languages = _spoken(sources)
    for name in ("words.csv", "terms.csv"):
        for number, row in numbered(sources / name, WORD_COLUMNS):
            if row["language"] not in languages:
                says = f"There is no language “{row['language']}”."
                instead = f"Write one of: {', '.join(sorted(languages))}."
                yield Mistake(says, instead, name, number, "language")


def _spoken(sources: Path) -> frozenset[str]:
    """The languages that forms or papers have, by the short name that each is written with."""
    forms = (row["words"] for row in read_rows(sources / "languages.csv", ("words",)))
    papers = (_SHORT.search(column) for column in columns_of(sources / "paper_words.csv"))
    return frozenset({"en", *forms, *(found[1] for found in papers if found)})


def translations(file: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """Each language of each form says who checked it, as it stands, or counts as drafted."""
    said: set[tuple[str, str]] = set()
    elsewhere = Elsewhere.of(file.parent)
    for number, row in numbered(file, TRANSLATION_COLUMNS):
        said.add((row["form"], row["language"]))
        if row["form"] in forms and row["language"] not in languages_of(forms[row["form"]]):
            says = f"{row['form']}.xlsx is not in {row['language']}."
            yield Mistake(says, "Correct the row.", file.name, number, "language")
        elif not row["checked_by"]:
            yield drafted(file.name, number, "checked_by")
        elif row["form"] in forms:
            yield from _stale(row, forms[row["form"]], elsewhere, (file.name, number))
    for name, form in forms.items():
        default = form.settings.get("default_language")
        for language in languages_of(form):
            if language != default and (name, language) not in said:
                says = f"Nobody says who checked {name}.xlsx in {language}."
                yield Mistake(says, "Add a row for it.", file.name)


def _stale(
    row: Mapping[str, str],
    form: SheetForm,
    elsewhere: Elsewhere,
    where: tuple[str, int],
) -> Iterator[Mistake]:
    mark = mark_of_form(form, row["language"])
    if row["checked_words"] != mark:
        yield changed_since(mark, *where, "checked_words")
    elif unchecked := elsewhere.unchecked(form, row["language"]):
        yield Mistake(
            "It shows words that nobody has checked in this language.",
            f"Check those of {unchecked}.", *where, "checked_by", "placeholder",
        )  # fmt: skip


def interpreters(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """What is signed or agreed to in other languages asks who interpreted, until it is checked.

    A form asks by `pulldata('checked', ...)` in a ``relevant`` of its own.
    """
    rows = numbered(sources / "protective.csv", GUARD_COLUMNS)
    agreed = {row["form"] for _, row in rows if row["guards"] in _AGREED}
    for name, form in forms.items():
        is_signed = any(row.line.get("appearance") == _SIGNATURE for row in form.rows)
        asks = any(f"pulldata('checked', '{name}'" in row.line.get("relevant") for row in form.rows)
        if len(languages_of(form)) > 1 and (is_signed or name in agreed) and not asks:
            says = f"{name}.xlsx is agreed to in words that nobody may have checked."
            yield Mistake(
                says, "Ask for the language and the interpreter, as agreement.xlsx does.",
                f"{name}.xlsx", None, "relevant",
            )  # fmt: skip
