"""Titles, heads of columns and labels in two languages: each part in its own."""

from __future__ import annotations

from functools import partial

import pytest

from desktop.printing.bilingual import bilingual_story
from desktop.printing.document import print_story
from desktop.printing.fonts import bundled_faces
from desktop.printing.lines import Line, break_lines
from desktop.printing.plan import PlanWords, plan_story
from desktop.printing.render import page_count
from desktop.printing.setting import PrintSize
from desktop.printing.story import (
    Column,
    Facts,
    Heading,
    Run,
    Story,
    Table,
    Text,
    in_line,
    reading_text,
    runs,
)
from desktop.services.papers.manners import in_manner
from desktop.ui.script_setting import QtScriptSetter
from tests.desktop.printing.checking import sound
from tests.desktop.printing.families import FOOT, PLAN
from tests.resources import shipped

FIRST, SECOND = "Our family plan", "پلانی خێزانەکەمان"
WIDTH = 500


def _both(first: str, second: str, language: str) -> tuple[Run, ...]:
    one, other = Story(first, (Heading(first, 1),)), Story(second, (Heading(second, 1),), language)
    (heading,) = bilingual_story(one, other).blocks
    assert isinstance(heading, Heading)
    return runs(heading.words)


def _meant(line: Line) -> str:
    return "".join(piece.meant for piece in line)


def _right_edge(line: Line) -> float:
    """Where the ink of a line that Qt has laid out ends."""
    glyphs = [glyph for piece in line for glyph in piece.glyphs]
    ends = (glyph.x + max(step[-2] for _, step in glyph.outline) for glyph in glyphs)
    return max(ends)


@pytest.mark.parametrize(("size", "lines"), [(14, 1), (40, 2)])
def test_where_a_title_needs_two_lines_the_second_is_read_from_its_own_side(
    size: int, lines: int, setter: QtScriptSetter
) -> None:
    said = _both(FIRST, SECOND, "ckb")
    made = break_lines(said, bundled_faces(), size, WIDTH, setter)
    assert len(made) == lines
    assert "".join(map(_meant, made)) == "".join(run.text for run in said)
    if lines == 2:
        assert [_meant(line).strip(" \u2068\u2069") for line in made] == [f"{FIRST} /", SECOND]
        assert _right_edge(made[1]) == pytest.approx(WIDTH, abs=size / 4)
        assert made[0][0].x == 0


@pytest.mark.parametrize(("second", "language"), [(SECOND, "ckb"), ("Nasz plan", "pl")])
def test_what_divides_two_languages_begins_no_line(
    second: str, language: str, setter: QtScriptSetter
) -> None:
    said = (*_both(FIRST, second, language), Run(": at home"))
    for width in range(60, 300, 12):
        for words in (said, in_line(said)):
            made = [_meant(line) for line in break_lines(words, bundled_faces(), 18, width, setter)]
            assert not any(line.lstrip().startswith("/") for line in made), (width, made)
            assert "".join(made) == "".join(run.text for run in said)


def test_a_label_in_other_letters_is_not_cut_where_a_line_has_room_for_it(
    setter: QtScriptSetter,
) -> None:
    answer = Run(": At home, on Tuesday, as we said")
    label = _both("We will know because", "سنعرف ذلك لأن", "ar")
    held = (*label[:-1], Run(label[-1].text, language="ar", together=True), answer)
    for width in range(170, 470, 20):
        made = [_meant(line) for line in break_lines(held, bundled_faces(), 18, width, setter)]
        assert sum(label[-1].text in line for line in made) == 1
    narrow = break_lines(held, bundled_faces(), 18, 60, setter)
    assert "".join(map(_meant, narrow)) == "".join(run.text for run in held)


@pytest.mark.parametrize(("second", "language"), [(SECOND, "ckb"), ("Nasz plan", "pl")])
def test_each_part_of_a_line_is_heard_in_its_own_language(
    second: str, language: str, setter: QtScriptSetter
) -> None:
    def paper(words: str, tag: str) -> Story:
        table = Table((Column(words, 1), Column(words, 1)), (("Tea", "Toast"),), words)
        return Story(words, (Heading(words, 1), table, Facts(((words, "Tea"),))), tag)

    both = bilingual_story(paper(FIRST, "en-GB"), paper(second, language))
    for size in (PrintSize.STANDARD, PrintSize.LARGE_28):
        tagged = sound(print_story(both, size, FOOT, setter=setter).pdf)
        spans = [said for said in tagged.elements("Span") if said.language]
        assert {said.language for said in spans} == {language}
        assert second in "".join(said.text for said in spans)
        assert not any(FIRST in said.text or "Tea" in said.text for said in spans)


def test_no_letter_is_lost_or_drawn_twice_where_the_language_changes(
    setter: QtScriptSetter,
) -> None:
    parts = ("ab \u2068", "لا إلى", "\u2069: Tea, ", "سلام", " 42.")
    one = (Run("".join(parts)),)
    many = tuple(Run(part, language="ar" if at % 2 else "") for at, part in enumerate(parts))
    for width in (40, 80, 400):
        whole, cut = (break_lines(said, bundled_faces(), 14, width, setter) for said in (one, many))
        drawn = [
            sorted(
                (glyph.x, str(glyph.outline)) for line in made for p in line for glyph in p.glyphs
            )
            for made in (whole, cut)
        ]
        assert len(drawn[0]) == len(drawn[1])
        assert list(map(_meant, whole)) == list(map(_meant, cut))


@pytest.mark.parametrize("language", ["Polski (pl)", "العربية (ar)"])
def test_the_plan_beside_english_fits_on_two_sides(language: str, setter: QtScriptSetter) -> None:
    story = in_manner(shipped.pack(), f"beside:{language}", PlanWords, partial(plan_story, PLAN))
    assert story is not None
    assert page_count(print_story(story, PrintSize.STANDARD, FOOT, setter=setter).pdf) == 2


def test_an_answer_stands_right_under_what_was_asked_in_both_languages() -> None:
    def paper(words: str, language: str) -> Story:
        day = Text((Run(words, bold=True), Run("\nAfter school"), Run("\nAt home")))
        return Story(words, (Heading(words, 1), day), language)

    said = reading_text(bilingual_story(paper("Monday", "en-GB"), paper("luni", "ro")))
    assert said.endswith("Monday\nluni\nAfter school\nAt home")
