"""Words that are there in one language and not in another."""

from __future__ import annotations

from collections.abc import Iterator

from forms.authoring.mistakes import Mistake
from forms.authoring.sheets import CHOICES, SETTINGS, SURVEY, Line, SheetForm

TEXTS = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
_WITHOUT_WORDS = frozenset(
    ["calculate", "hidden", "start", "end", "today", "username", "deviceid", "csv-external",
     "xml-external", "begin_group", "begin_repeat"]
)  # fmt: skip


def translations(form: SheetForm) -> Iterator[Mistake]:
    """Every text must be there in every language that the form offers, and questions have one."""
    languages = languages_of(form)
    default = form.settings.get("default_language")
    if default and languages and default not in languages:
        yield Mistake(
            f"No column is in the default language “{default}”.",
            f"Write one of: {', '.join(languages)}.",
            SETTINGS,
            2,
            "default_language",
        )
    for row in form.rows:
        yield from _missing(SURVEY, row.line, languages)
        if row.kind not in _WITHOUT_WORDS and not any(row.line.texts("label").values()):
            yield Mistake(
                f"“{row.name}” has no words.", "Write its label.", SURVEY, row.line.number, "label"
            )
    for lines in form.lists.values():
        for line in lines:
            yield from _missing(CHOICES, line, languages)


def languages_of(form: SheetForm) -> tuple[str, ...]:
    """The languages that columns are in, as the author writes them."""
    columns = (*form.sheet(SURVEY).columns, *form.sheet(CHOICES).columns)
    found = [c.partition("::")[2] for c in columns if c.partition("::")[0] in TEXTS]
    return tuple(dict.fromkeys(language for language in found if language))


def _missing(sheet: str, line: Line, languages: tuple[str, ...]) -> Iterator[Mistake]:
    for column in TEXTS:
        texts = line.texts(column)
        if not any(texts.values()) or "" in texts:
            continue
        for language in languages:
            if not texts.get(language):
                yield Mistake(
                    f"There are no words in {language}.",
                    "Translate it, and mark it as not checked until somebody has.",
                    sheet,
                    line.number,
                    f"{column}::{language}",
                    "warning",
                )
