"""Which words of a form somebody has checked in which language: forms ask by it.

Unchecked wording is never the only basis of an agreement, a notice or a safety text. A form asks
for the interpreter by name, unless the list ``checked.csv`` says that its words, and the texts that
it shows, were checked in the language that the person answered in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from forms.authoring.checked_words import Checked
from forms.manifest import PackForm, Wording

Row = Mapping[str, str]
_SHOWN = re.compile(r"pulldata\('wording', *'label', *'name', *'(\w+)'\)")
ENGLISH = "en"


def checked(
    languages: Sequence[Row],
    forms: Iterable[PackForm],
    xforms: Mapping[tuple[str, str], bytes],
    translated: Checked,
    wordings: Sequence[Wording],
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and rows: a language as the forms' choices name it, and ``yes`` by form.

    ``translated``: whether somebody has checked a form in a language.
    """
    asking = list(forms)
    shown = {
        form.id: set(_SHOWN.findall(xforms[form.id, form.version].decode())) for form in asking
    }
    rows = [
        (
            language["code"],
            *(
                "yes"
                if language["words"] == ENGLISH
                or (
                    translated.get(form.id, {}).get(language["language"], False)
                    and shown[form.id] <= _checked_texts(wordings, language["words"])
                )
                else ""
                for form in asking
            ),
        )
        for language in languages
    ]
    return ("name", *(form.id for form in asking)), rows


def in_their_language(
    languages: Sequence[Row], wordings: Sequence[Wording]
) -> Iterator[tuple[str, str, str, str]]:
    """Checked texts in other languages: ``agreement.polish``, its words, version and language."""
    codes = {language["words"]: language["code"] for language in languages}
    for one in wordings:
        is_other = one.language != ENGLISH and one.language in codes
        if is_other and one.key in _checked_texts(wordings, one.language):
            yield f"{one.key}.{codes[one.language]}", one.words, one.version, one.language


def _checked_texts(wordings: Sequence[Wording], language: str) -> set[str]:
    """The texts that somebody checked, in words as new as the English ones."""
    english = {one.key: one.version for one in wordings if one.language == ENGLISH}
    return {
        one.key
        for one in wordings
        if one.language == language and one.checked_by and one.version == english.get(one.key)
    }
