"""The languages of a form: the family may read the questions in one, the worker the rest in his."""

from __future__ import annotations

import re

from PySide6.QtCore import QLocale, Qt

_CODE = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)\s*$")


def language_name(language: str) -> str:
    """``Polski`` for ``Polski (pl)``, as an XLSForm names its languages."""
    return _CODE.sub("", language).strip() or language


def locale_of(language: str) -> QLocale:
    """The locale of a language of a form; British English if it does not say."""
    found = _CODE.search(language)
    return QLocale(found[1]) if found else QLocale("en_GB")


def direction_of(language: str) -> Qt.LayoutDirection:
    """Where a line of this language begins."""
    return locale_of(language).textDirection()
