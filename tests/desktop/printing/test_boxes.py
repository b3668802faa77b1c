"""Letters that this device has no typeface for: seen as boxes, told before printing, never lost."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtGui import QFontDatabase

from desktop.printing.document import Printed, first_page, print_story
from desktop.printing.scripts import Span
from desktop.printing.setting import PrintSize
from desktop.printing.story import Column, Heading, Story, Table, Text
from desktop.ui.script_setting import QtScriptSetter
from tests.desktop.printing.checking import sound
from tests.desktop.printing.families import FOOT

NEVER = "\u0378"
"""No letter is here, and none is in any typeface."""

SCRIPTS = {
    "ਪੰਜਾਬੀ": QFontDatabase.WritingSystem.Gurmukhi,
    "বাংলা": QFontDatabase.WritingSystem.Bengali,
    "தமிழ்": QFontDatabase.WritingSystem.Tamil,
    "ខ្មែរ": QFontDatabase.WritingSystem.Khmer,
    "བོད་ཡིག": QFontDatabase.WritingSystem.Tibetan,
}


def printed(words: str, setter: QtScriptSetter | None, language: str = "en-GB") -> Printed:
    story = Story("Words", (Heading("Words", 1), Text(words)), language)
    return print_story(story, PrintSize.STANDARD, FOOT, setter=setter)


@pytest.mark.parametrize("words", SCRIPTS)
def test_a_script_that_cannot_be_drawn_is_told_and_read_aloud(
    words: str, setter: QtScriptSetter
) -> None:
    pages = printed(f"Gran said {words}, and smiled.", setter)
    can_be_drawn = QFontDatabase.families(SCRIPTS[words])
    assert bool(pages.boxes) is not bool(can_be_drawn)
    assert set(pages.boxes) <= set(words)
    assert words in sound(pages.pdf).text()
    assert words in pages.texts[0]


def test_a_telephone_number_after_such_letters_is_drawn(setter: QtScriptSetter) -> None:
    """Qt alone draws boxes for figures, too, up to the next letter that it has."""

    def outlines(words: str) -> list[object]:
        (line,) = setter.set_lines([Span(words)], 14, 900, right_to_left=False, flush_right=False)
        return [glyph.outline for glyph in line.glyphs]

    number = outlines("0300 123, (4)")
    assert len(set(map(str, number))) > 5
    assert outlines("ਪੰਜਾਬੀ 0300 123, (4)")[-len(number) :] == number
    assert outlines("𐎠𐎡𐎢 0300 123, (4)")[-len(number) :] == number


@pytest.mark.parametrize(
    "words",
    ["Gran said {}.", "قالت جدتي {}.", "Gran said {0} " * 60, "[{}]\nAnd then\n[{}]"],
)
def test_a_letter_that_no_typeface_has_is_told_wherever_it_stands(
    words: str, setter: QtScriptSetter
) -> None:
    assert printed(words.format(NEVER, NEVER), setter).boxes == NEVER
    assert printed(words.format("A", "B"), setter).boxes == ""


def test_it_is_told_without_anybody_who_lays_out_scripts() -> None:
    assert printed(f"Gran said {NEVER}.", None).boxes == NEVER
    assert printed("Gran said 🙂, e\u0301 and a\u200db.", None).boxes == ""


def test_what_is_shown_in_words_or_is_blank_is_no_box(setter: QtScriptSetter) -> None:
    for words in ("🙂 and 👩\u200d👧", "\x00\x07", "سارة\u00a0Ahmed\u200b \u2068ab\u2069", "  "):
        assert printed(words, setter).boxes == "", words


def test_it_is_told_of_tables_of_feet_and_of_the_first_page(setter: QtScriptSetter) -> None:
    columns = (Column("Who", 50), Column("What", 50))
    table = Story("T", (Heading("T", 1), Table(columns, (("Gran", NEVER),), "Row")))
    assert print_story(table, PrintSize.STANDARD, FOOT, setter=setter).boxes == NEVER
    assert print_story(table, PrintSize.LARGE_28, FOOT, setter=setter).boxes == NEVER
    assert first_page(table, PrintSize.STANDARD, FOOT, setter=setter).boxes == NEVER
    plain = Story("T", (Heading("T", 1),))
    named = dataclasses.replace(FOOT, about=f"{NEVER} family")
    assert print_story(plain, PrintSize.STANDARD, named, setter=setter).boxes == NEVER
