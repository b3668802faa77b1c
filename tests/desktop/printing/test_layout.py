"""Whatever is on a page stays on it: cut where it must be, above the foot, nothing lost."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.printing.document import first_page, print_story
from desktop.printing.plan import plan_story
from desktop.printing.setting import PrintSize
from desktop.printing.story import (
    Block,
    Bullets,
    Column,
    Facts,
    Framed,
    Heading,
    NewPage,
    Picture,
    Pictured,
    PictureRow,
    Quote,
    SideBySide,
    Signature,
    Signatures,
    Story,
    Table,
    Text,
    TickBox,
    TickItem,
    TickList,
    Together,
    WritingSpace,
)
from tests.desktop.printing.checking import meant, sound
from tests.desktop.printing.families import FOOT, PLAN, signature
from tests.desktop.printing.reading import TaggedPdf

_PAGE = 842
_WORDS = st.sampled_from(
    ["calm", "mornings", "great-grandmother", "0300 000 0000", "a", "<b>", "🙂", "Llanfairpwll" * 5]
)
_TEXT = st.builds(
    lambda words, times: " ".join(words) * times,
    st.lists(_WORDS, min_size=1, max_size=8),
    st.sampled_from([1, 1, 1, 1, 3, 20]),
)
_COLUMNS = (Column("What", 5), Column("Who", 2), Column("Done", 1))
_LEAVES: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, _TEXT.map(lambda text: text[:60]), st.just(2)),
    st.builds(Text, _TEXT),
    st.builds(Quote, _TEXT),
    st.builds(Bullets, st.lists(_TEXT, min_size=1, max_size=3).map(tuple), st.booleans()),
    st.builds(Facts, st.lists(st.tuples(_TEXT, _TEXT), min_size=1, max_size=2).map(tuple)),
    st.builds(
        Table,
        st.just(_COLUMNS),
        st.lists(
            st.tuples(_TEXT, _TEXT, st.just(TickBox(False, "To tick"))), min_size=1, max_size=4
        ).map(tuple),
        st.just("Action"),
    ),
    st.builds(TickList, st.lists(st.builds(TickItem, _TEXT), min_size=1, max_size=5).map(tuple)),
    st.builds(WritingSpace, st.integers(1, 70), st.just("To write"), st.booleans()),
    st.just(Picture(signature(1), "A drawing", height=1200)),
    st.just(PictureRow((("face-1", "Sad"), ("face-5", "Happy")), 1)),
    st.just(Signatures((Signature("Ada", None, "To sign"), Signature("Ben", None, "To sign too")))),
    st.just(NewPage()),
)
_INNER = st.lists(_LEAVES, min_size=1, max_size=3).map(tuple)
_BLOCKS: st.SearchStrategy[Block] = st.one_of(
    _LEAVES,
    st.builds(Framed, _INNER),
    st.builds(Together, _INNER),
    st.builds(Pictured, st.just("sun"), _INNER),
    st.builds(SideBySide, _INNER, _INNER, st.just("en-GB"), st.just("pl")),
)


def _on_the_page(tagged: TaggedPdf) -> None:
    for page in range(len(tagged.pdf.pages)):
        foot = max(s.y for s in tagged.shown if s.page == page and "page " in s.text)
        for shown in tagged.shown:
            if shown.page == page and shown.mcid is not None and shown.text.strip():
                assert foot < shown.y < _PAGE - 20
                assert 20 < shown.x < 575


@pytest.mark.parametrize("size", [PrintSize.STANDARD, PrintSize.LARGE_28])
@settings(deadline=None, max_examples=15)
@given(blocks=st.lists(_BLOCKS, min_size=1, max_size=6))
def test_any_page_is_whole(size: PrintSize, blocks: list[Block]) -> None:
    story = Story("Anything", (Heading("Anything", 1), *blocks))
    tagged = TaggedPdf(print_story(story, size, FOOT, draft=True).pdf)
    assert tagged.faults == []
    _on_the_page(tagged)
    assert tagged.text() == f"{FOOT.words[0].draft}\n" + meant(story, large=size.is_large)


@pytest.mark.parametrize("size", list(PrintSize))
def test_a_long_name_leaves_room_for_the_page(size: PrintSize) -> None:
    foot = dataclasses.replace(FOOT, about="The Okafor-Lee family of Elm Row " * 60)
    story = Story("T", (Heading("T", 1), Text("calm mornings " * 200)))
    tagged = sound(print_story(story, size, foot).pdf)
    _on_the_page(tagged)
    for page in range(len(tagged.pdf.pages)):
        assert any(f"page {page + 1} of" in s.text for s in tagged.shown if s.page == page)


def test_two_new_pages_are_one_and_what_follows_is_cut() -> None:
    story = Story("T", (Text("a"), NewPage(), NewPage(), Text("calm mornings " * 900)))
    tagged = sound(print_story(story, PrintSize.STANDARD, FOOT).pdf)
    _on_the_page(tagged)
    assert len(tagged.pdf.pages) > 3


def test_no_line_of_a_paragraph_stands_alone() -> None:
    for lines in range(30, 46):
        story = Story("T", (*(Text("One line.") for _ in range(lines // 2)), Text("word " * 180)))
        tagged = TaggedPdf(print_story(story, PrintSize.STANDARD, FOOT).pdf)
        last = tagged.elements("P")[-1]
        count = [0] * len(tagged.pdf.pages)
        for shown in tagged.shown:
            if shown.mcid is not None and shown.text in last.text and "word" in shown.text:
                count[shown.page] += 1
        assert 1 not in count


@pytest.mark.parametrize("size", [PrintSize.STANDARD, PrintSize.LARGE_28])
def test_the_first_page_alone_is_the_first_page_of_all(size: PrintSize) -> None:
    long = Text("Mornings are hard, because Ben wakes at five. " * 900)
    story = Story("Long", (Heading("Long", 1), *plan_story(PLAN).blocks[1:6], long))
    alone = TaggedPdf(first_page(story, size, FOOT).pdf)
    whole = TaggedPdf(print_story(story, size, FOOT).pdf)
    places = [
        [(s.x, s.y, s.text) for s in pages.shown if s.page == 0 and s.mcid is not None]
        for pages in (alone, whole)
    ]
    assert places[0] == places[1]
    assert len(places[0]) > 10
