"""Any text in any field prints: what is read back is what was entered, and nothing else happens."""

import dataclasses
import subprocess
import sys
import time
import unicodedata

import page
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.printing.contacts import ContactLine
from desktop.printing.document import print_story
from desktop.printing.plan import (
    Goal,
    Meeting,
    PlannedAction,
    PlanSheet,
    Signed,
    plan_document,
    plan_story,
)
from desktop.printing.setting import PrintSize
from desktop.printing.story import Heading, Quote, Run, Story, Text
from desktop.printing.text import NOT_SHOWN, printable, stand_in
from tests.desktop.printing.checking import meant, sound
from tests.desktop.printing.families import FOOT, MADE, PLAN
from tests.desktop.printing.reading import TaggedPdf

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60) | st.sampled_from(
    [
        "<angry>",
        "Tom & Jerry &amp; &lt;b&gt;",
        "<img src='https://example.org/spy.png'/>",
        "<para><a href='file:///etc/passwd'>x</a>",
        "{family} {0} %s %(x)s",
        "(unbalanced \\ paren",
        "a\u202eevil\u202cb",
        "👩\u200d👩\u200d👧 loves 🏳️\u200d🌈",
        "e\u0301 and é",
        "line one\nline two\r\nline three\n\n",
        "  two  spaces  ",
        "سارة Ahmed 0300",
        "\x00\x07\ud800\ufffe\ufeff",
        "\u00a0\u200b\u00ad\u2060",
    ]
)


@st.composite
def plans(draw: st.DrawFn) -> PlanSheet:
    def some() -> str:
        return draw(ANYTHING)

    return dataclasses.replace(
        PLAN,
        family=some(),
        people=(some(),),
        going_well=(some(), some()),
        goals=(Goal(some(), some(), some()),),
        actions=(PlannedAction(some(), some(), when=some()),),
        what_if=some(),
        contacts=(ContactLine(some(), some(), some()),),
        next_review=Meeting(PLAN.made_on, some(), some()),
        signed=(Signed(some(), some()),),
    )


@pytest.mark.parametrize("size", [PrintSize.STANDARD, PrintSize.LARGE_28])
@settings(deadline=None, max_examples=30)
@given(plan=plans())
def test_every_field_is_read_back_exactly(size: PrintSize, plan: PlanSheet) -> None:
    tagged = TaggedPdf(plan_document(plan, size, FOOT, draft=False))
    assert tagged.faults == []
    assert tagged.text() == meant(plan_story(plan), large=size.is_large)


@settings(deadline=None, max_examples=20)
@given(text=ANYTHING)
@example("\ufeff")
@example("\u0000")
@example("🙂")
@example("\U000e0001\ufff9")
def test_others_find_no_fault_whatever_is_written(text: str) -> None:
    story = Story(
        text, (Heading(text or "-", 1), Quote((Run(text, bold=True, language="pl"), Run(text))))
    )
    sound(print_story(story, PrintSize.LARGE_16, FOOT).pdf)


@given(text=st.text(st.characters(exclude_categories=())))
def test_the_gate_makes_text_that_needs_no_second_gate(text: str) -> None:
    clean = printable(text)
    assert unicodedata.is_normalized("NFC", clean)
    assert printable(clean) == clean
    clean.encode()


@given(text=st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"))))
def test_the_gate_changes_nothing_that_can_be_printed(text: str) -> None:
    assert printable(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("refused", ["\x00", "\x1b", "\x7f", "\ud800", "\uffff", "\ufdd0"])
def test_what_cannot_be_printed_is_replaced_where_it_can_be_seen(refused: str) -> None:
    assert printable(f"a{refused}b") == f"a{NOT_SHOWN}b"
    tagged = TaggedPdf(_one(f"a{refused}b"))
    assert f"a{NOT_SHOWN}b" in [s.text for s in tagged.shown]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("🙂", "[slightly smiling face]"),
        ("👩\u200d👧", "[woman, girl]"),
        ("☎️", "[black telephone]"),
        ("\u202e", "[right-to-left override]"),
        ("\U0002a6b2", NOT_SHOWN),
        ("\u3000", " "),
    ],
)
def test_a_missing_glyph_shows_and_is_not_lost(written: str, shown: str) -> None:
    assert stand_in(written) == shown
    tagged = TaggedPdf(_one(f"I am {written} today"))
    assert any(shown in s.text for s in tagged.shown)
    assert tagged.text() == f"I am {written} today"


def test_an_override_turns_nothing_round() -> None:
    tagged = TaggedPdf(_one("ring \u202e0001\u202c now"))
    shown = [s.text for s in sorted(tagged.shown, key=lambda s: (-s.y, s.x)) if s.y > 700]
    whole = "".join(text for text in shown if text != " ")
    assert whole == "ring [right-to-left override]0001[pop directional formatting] now"


def test_markup_is_only_letters() -> None:
    words = "<angry> & <b>bold</b> &amp; <img src='x'/> <br/>"
    assert [s.text for s in TaggedPdf(_one(words)).shown if s.mcid is not None] == [words]


@pytest.mark.parametrize(
    ("letter", "times"),
    [
        ("a", 200_000),
        pytest.param("1 ", 100_000, marks=pytest.mark.long),
        pytest.param("س", 40_000, marks=pytest.mark.long),
        pytest.param("🙂", 4_000, marks=pytest.mark.long),
    ],
)
def test_a_word_of_200_000_letters_prints_in_time(letter: str, times: int) -> None:
    word = letter * times
    begun = time.process_time()
    pdf = plan_document(
        dataclasses.replace(PLAN, actions=(PlannedAction(word, word[:50]),)),
        PrintSize.STANDARD,
        FOOT,
        draft=False,
    )
    assert time.process_time() - begun < 10
    assert word.rstrip() in TaggedPdf(pdf).text().replace("\n", "")


_WATCHED = """
import sys
seen = []
def watch(event, args):
    writing = event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")
    watched = {"socket", "subprocess", "os", "shutil", "tempfile", "urllib"}
    if writing or event.split(".")[0] in watched:
        if event not in {"os.listdir", "os.scandir", "os.putenv"}:
            seen.append((event, str(args)[:200]))
import tests.desktop.printing.families as families
from desktop.printing.plan import plan_document
from desktop.printing.render import render_page
from desktop.printing.setting import PrintSize
import dataclasses
spy = "<img src='http://127.0.0.1:9/x.png'/> file:///etc/hosts"
plan = dataclasses.replace(families.PLAN, what_if=spy)
sys.addaudithook(watch)
pdf = plan_document(plan, PrintSize.LARGE_18, families.FOOT, draft=True)
render_page(pdf, 0, 72)
print(seen)
"""


def test_nothing_is_fetched_and_no_file_is_written() -> None:
    run = subprocess.run(
        [sys.executable, "-B", "-c", _WATCHED], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


def _one(words: str) -> bytes:
    return print_story(Story("Test", (Text(words),)), PrintSize.STANDARD, FOOT).pdf


def test_a_stream_may_end_in_any_byte() -> None:
    """Compressed, some streams end in CR, which a checker may take for a line end."""
    words = (f"{'Line ' * (number // 9)}{number}" for number in range(120, 5000))  # soon one does
    pages = map(_one, words)
    pdf = next(pdf for pdf in pages if b"\r\r\nendstream" in pdf)
    assert page.validate_pdf_bytes(pdf, profile="2a").is_compliant


def test_the_clock_is_the_one_that_was_handed_in() -> None:
    pdf = _one("a")
    assert b"D:20260112150400+00'00'" in pdf
    assert MADE.isoformat().encode() in TaggedPdf(pdf).pdf.Root.Metadata.read_bytes()
