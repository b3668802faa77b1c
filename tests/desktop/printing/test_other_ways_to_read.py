"""Easy read, other scripts and two languages: set properly, and read back exactly."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.printing.bilingual import NotTheSame, bilingual_story
from desktop.printing.document import print_story
from desktop.printing.easy import easy_story
from desktop.printing.easy_plan import EasyWords, easy_plan_pages, easy_plan_story
from desktop.printing.fonts import bundled_faces
from desktop.printing.lines import break_lines
from desktop.printing.plan import plan_pages, plan_story
from desktop.printing.scripts import Span
from desktop.printing.setting import PrintSize
from desktop.printing.story import (
    Bullets,
    Cell,
    Column,
    Heading,
    Pictured,
    Quote,
    Run,
    Signature,
    Signatures,
    Story,
    Table,
    Text,
    TickBox,
    TickItem,
    TickList,
    WritingSpace,
    plain,
    reading_text,
)
from desktop.printing.text import printable
from desktop.ui.script_setting import QtScriptSetter
from tests.desktop.printing.checking import meant, sound
from tests.desktop.printing.families import ARABIC, FOOT, PLAN
from tests.desktop.printing.reading import TaggedPdf

SIZES = [PrintSize.STANDARD, PrintSize.LARGE_18, PrintSize.LARGE_28]
MIXED = "اتصلوا بـ Sam Worker على الرقم 0300 000 0000 يوم الثلاثاء 4 مارس 2026. 🙂 شكراً!"
URDU = "ہمارا خاندانی منصوبہ: بچوں کی نیند، اسکول (St Mary’s) اور گھر۔"
SORANI = "پلانی خێزانەکەمان: ئێمە پێکەوە کار دەکەین لەگەڵ Nadia Example."


@pytest.mark.parametrize("size", list(PrintSize))
def test_easy_read_conforms_in_every_size(size: PrintSize) -> None:
    tagged = sound(easy_plan_pages(PLAN, size, FOOT, draft=True).pdf)
    said = tagged.text().removeprefix(f"{FOOT.words[0].draft}\n")
    assert said == meant(easy_plan_story(PLAN), large=size.is_large)


def test_fixed_words_of_easy_read_are_short() -> None:
    words = EasyWords()
    sentences = [words.what_it_is, words.call, words.danger, words.sign, words.change]
    sentences += [meaning for _, meaning in words.meanings]
    assert max(len(sentence.split()) for sentence in sentences) <= 15


@pytest.mark.parametrize("size", SIZES)
def test_a_plan_in_arabic_conforms_and_is_read_back(
    size: PrintSize, setter: QtScriptSetter
) -> None:
    pages = plan_pages(PLAN, size, FOOT, draft=False, words=ARABIC, setter=setter)
    tagged = sound(pages.pdf)
    assert str(tagged.pdf.Root.Lang) == "ar"
    assert tagged.text() == meant(plan_story(PLAN, ARABIC), large=size.is_large)
    assert any(ARABIC.title in text for text in pages.texts)


@pytest.mark.parametrize("size", SIZES)
def test_two_languages_conform_and_are_read_back(size: PrintSize, setter: QtScriptSetter) -> None:
    story = bilingual_story(plan_story(PLAN), plan_story(PLAN, ARABIC))
    tagged = sound(print_story(story, size, FOOT, setter=setter).pdf)
    assert tagged.text() == meant(story, large=size.is_large)
    halves = [said for said in tagged.elements("Sect") if said.language == "ar"]
    assert any(ARABIC.goals in child.text for half in halves for child in half.children)
    for action in PLAN.actions:
        assert tagged.text().count(action.what) == 1  # what people wrote is said once


def test_each_paragraph_stands_beside_its_translation() -> None:
    first = Story("T", (Text("We write.\n\nWho sees it."),))
    same = Story("T", (Text("نكتب.\n\nمن يراه."),), "ar")
    fewer = Story("T", (Text("نكتب. من يراه."),), "ar")
    said = [reading_text(bilingual_story(first, other)) for other in (same, fewer)]
    assert said == [
        "We write.\nنكتب.\nWho sees it.\nمن يراه.",
        "We write.\n\nWho sees it.\nنكتب. من يراه.",
    ]


def test_two_different_papers_are_not_put_side_by_side() -> None:
    with pytest.raises(NotTheSame):
        bilingual_story(plan_story(PLAN), Story("T", (Heading("T", 1),)))


@pytest.mark.parametrize("words", [MIXED, URDU, SORANI])
def test_right_to_left_scripts_are_drawn_and_kept(words: str, setter: QtScriptSetter) -> None:
    story = Story("T", (Text(words), Bullets((words,)), Quote((Run(words, bold=True),))), "ar")
    tagged = sound(print_story(story, PrintSize.STANDARD, FOOT, setter=setter).pdf)
    assert tagged.text() == f"{words}\n•\n{words}\n{words}"


def test_numbers_and_names_stand_left_to_right_inside_arabic(setter: QtScriptSetter) -> None:
    """Letters of a Latin name have rising places; those of Arabic fall."""
    (latin,) = setter.set_lines([Span("Sam")], 14, 400, right_to_left=True, flush_right=True)
    assert [glyph.x for glyph in latin.glyphs] == sorted(glyph.x for glyph in latin.glyphs)
    (line,) = setter.set_lines([Span("دار")], 14, 400, right_to_left=True, flush_right=True)
    assert all(glyph.x > 300 for glyph in line.glyphs)


@pytest.mark.parametrize(
    ("asked", "answered"), [("ماذا: ", "Go home (now)."), ("What: ", "إلى البيت (الآن).")]
)
def test_an_answer_in_other_letters_keeps_its_full_stop_at_its_end(
    asked: str, answered: str, setter: QtScriptSetter
) -> None:
    def places(*words: str) -> list[tuple[float, str]]:
        said = [Run(one) for one in words]
        ((piece,),) = break_lines(said, bundled_faces(), 14, 400, setter)
        assert piece.meant == "".join(words)
        return [(round(glyph.x, 2), str(glyph.outline)) for glyph in piece.glyphs if glyph.outline]

    isolated = places(f"{asked}\u2068{answered}\u2069")
    assert places(asked, answered) == isolated
    assert places(asked + answered) != isolated


def test_a_script_without_a_typeface_is_boxes_of_the_size_of_the_words(
    setter: QtScriptSetter,
) -> None:
    """Qt ends the process of who asks for the typeface of such a box."""

    def tallest(size: float) -> float:
        (line,) = setter.set_lines(
            [Span("\u0a21")], size, 400, right_to_left=False, flush_right=False
        )
        (box,) = line.glyphs
        heights = [number for _, points in box.outline for number in points[1::2]]
        return max(heights) - min(heights)

    assert 5 < tallest(14) < 20
    assert tallest(28) == pytest.approx(2 * tallest(14), rel=0.1)


@settings(deadline=None, max_examples=30)
@given(text=st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=80))
def test_lines_laid_out_elsewhere_cover_the_text(text: str, setter: QtScriptSetter) -> None:
    text = unicodedata.normalize("NFC", text).replace("\u2028", " ").replace("\u2029", " ")
    words = "سلام " + text
    lines = setter.set_lines([Span(words)], 14, 120, right_to_left=True, flush_right=True)
    assert lines[0].start == 0
    assert lines[-1].end == len(words)
    assert all(a.end == b.start for a, b in pairwise(lines))


@settings(deadline=None, max_examples=20)
@given(text=st.text(st.characters(exclude_categories=())), flush=st.booleans(), held=st.booleans())
def test_any_text_is_kept_when_laid_out_elsewhere(
    text: str, flush: bool, held: bool, setter: QtScriptSetter
) -> None:
    words = f"خطة {text}"
    said = (
        Run(words, language="ar" if held else "", together=held),
        Run(" Go, 42. ", bold=True, apart=held),
    )
    story = Story("T", (Text(said),), "ar" if flush else "en-GB")
    tagged = TaggedPdf(print_story(story, PrintSize.STANDARD, FOOT, setter=setter).pdf)
    assert tagged.faults == []
    assert tagged.text() == f"{printable(words)} Go, 42. "


def test_without_a_setter_nothing_is_lost() -> None:
    story = Story("T", (Text(MIXED),), "ar")
    assert sound(print_story(story, PrintSize.STANDARD, FOOT).pdf).text() == MIXED


@pytest.mark.parametrize("width", range(150, 450, 30))
def test_a_telephone_number_stays_on_one_line_beside_any_script(
    width: int, setter: QtScriptSetter
) -> None:
    words = (Run(f"{SORANI} 01942 000 101."),)
    lines = break_lines(words, bundled_faces(), 18, width, setter, right_to_left=True)
    meant_here = ["".join(piece.meant for piece in line) for line in lines]
    assert "".join(meant_here) == words[0].text
    assert sum("01942 000 101" in line for line in meant_here) == 1


def test_a_heading_with_nothing_of_its_own_shares_the_picture_of_the_next() -> None:
    headed = (
        Heading("People"),
        Heading("A person", 3),
        Text("Dana"),
        Heading("Homes"),
        Text("One"),
    )
    made = easy_story(Story("T", headed), {}).blocks
    parts = [one.blocks for one in made if isinstance(one, Pictured)]
    assert [part[0] for part in parts] == [Heading("People"), Heading("Homes")]


def test_easy_read_keeps_every_question_and_every_box_of_a_table() -> None:
    box = TickBox(ticked=False, alt="To tick:")
    columns = (Column("Tick one", 40), Column("Yes", 30), Column("No", 30))
    table = Table(columns, (("It helps", box, box), ("They listen", box, box)), "What")
    story = Story("T", (Heading("T", 1), table, Text((Run("One. Two."),))))
    said = reading_text(easy_story(story, {})).splitlines()
    assert [said.count(words) for words in ("It helps", "They listen", "One.", "Two.")] == [1] * 4
    assert sum("To tick:" in line and "Yes" in line for line in said) == 2


def test_what_people_answered_stands_once_beside_what_was_asked_in_two_languages() -> None:
    def form(asked: str, language: str) -> Story:
        answer = (Run(asked, bold=True), Run(": ", bold=True), Run("Tea <b>&"))
        return Story(asked, (Heading(asked, 1), Text(answer)), language)

    said = sound(
        print_story(
            bilingual_story(form("Hope", "en-GB"), form("Nadzieja", "pl")),
            PrintSize.STANDARD,
            FOOT,
        ).pdf
    )
    assert said.text().split("\n")[-3:] == ["Hope:", "Nadzieja:", "Tea <b>&"]


def test_what_is_heard_of_a_box_or_of_room_to_write_is_in_both_languages() -> None:
    def form(
        language: str, title: str, choices: tuple[str, ...], heard: tuple[str, str, str]
    ) -> Story:
        tick, sign, write = heard
        boxes = TickList(tuple(map(TickItem, choices)), tick, "Ticked:")
        row: tuple[Cell, ...] = (title, TickBox(False, tick))
        table = Table((Column(title, 50), Column(title, 50)), (row,), title)
        signed = Signatures((Signature(title, None, sign),))
        drawn = (boxes, table, signed, WritingSpace(1, write))
        return Story(title, (Heading(title, 1), *drawn), language)

    heard = ("To tick:", "To sign", "To write")
    there = ("لوضع علامة:", "للتوقيع", "للكتابة")
    both = bilingual_story(
        form("en-GB", "Agreed", ("Yes", "No"), heard), form("ar", "متفق", ("نعم", "لا"), there)
    )
    said = sound(print_story(both, PrintSize.STANDARD, FOOT).pdf).text()
    assert [said.count(words) for words in (*heard, *there)] == [3, 1, 1] * 2
    boxes = next(block for block in both.blocks if isinstance(block, TickList))
    assert [plain(item.words) for item in boxes.items] == [
        "Yes / \u2068نعم\u2069",
        "No / \u2068لا\u2069",
    ]
