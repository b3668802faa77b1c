"""In which language which form may be agreed to in its own words: forms ask by it.

Unchecked wording is never the only basis of an agreement, a notice or a safety text. A form asks
for the interpreter by name, unless the list ``checked.csv`` says that its words, and the texts that
it shows, were checked in the language that the person answered in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from forms.authoring.checked_words import Checked
from forms.manifest import PackForm
from forms.terms import ENGLISH

Row = Mapping[str, str]


def checked(
    languages: Sequence[Row], forms: Iterable[PackForm], translated: Checked
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and rows: a language as the forms' choices name it, and ``yes`` by form.

    ``translated``: whether somebody has checked a form, and all that it shows, in a language.
    """
    asking = [form.id for form in forms]
    rows = [
        (language["code"], *("yes" if _is(translated, form, language) else "" for form in asking))
        for language in languages
    ]
    return ("name", *asking), rows


def _is(translated: Checked, form: str, language: Row) -> bool:
    return language["words"] == ENGLISH or translated.get(form, {}).get(language["language"], False)
