"""Says before printing that some letters of a paper cannot be drawn here, and what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from desktop.ui.look.notice import Kind, Notice
from desktop.ui.words import listed, tr


class BoxesNotice(Notice):
    """``letters``: those that this laptop has no typeface for."""

    def __init__(self, letters: str, parent: QWidget | None = None) -> None:
        words = tr(
            "This laptop has no typeface for {languages}: a � stands for each of those letters on "
            "this paper. Every word is kept. Print it on a computer that can draw them, or ask an "
            "interpreter to read it with the family.",
            languages=listed(list(dict.fromkeys(_languages(letters)))),
        )
        super().__init__(Kind.CAUTION, words, parent, title=tr("Some letters cannot be drawn"))


def _languages(letters: str) -> Iterator[str]:
    """The languages that people are likely to mean by these letters, or else their script."""
    said = {
        "ARMENIAN": tr("Armenian"),
        "BENGALI": tr("Bengali"),
        "CJK": tr("Chinese or Japanese"),
        "DEVANAGARI": tr("Hindi or Nepali"),
        "ETHIOPIC": tr("Amharic or Tigrinya"),
        "GEORGIAN": tr("Georgian"),
        "GUJARATI": tr("Gujarati"),
        "GURMUKHI": tr("Panjabi"),
        "HANGUL": tr("Korean"),
        "HEBREW": tr("Hebrew"),
        "HIRAGANA": tr("Japanese"),
        "KATAKANA": tr("Japanese"),
        "KANNADA": tr("Kannada"),
        "KHMER": tr("Khmer"),
        "LAO": tr("Lao"),
        "MALAYALAM": tr("Malayalam"),
        "MYANMAR": tr("Burmese"),
        "SINHALA": tr("Sinhala"),
        "TAMIL": tr("Tamil"),
        "TELUGU": tr("Telugu"),
        "THAI": tr("Thai"),
        "TIBETAN": tr("Tibetan"),
    }
    rest = False
    for letter in letters:
        script = unicodedata.name(letter, "").partition(" ")[0]
        if script in said:
            yield said[script]
        elif unicodedata.category(letter).startswith("L") and script:
            yield script.capitalize()
        else:
            rest = True
    if rest:
        yield tr("some signs")
