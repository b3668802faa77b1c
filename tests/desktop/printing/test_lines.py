"""Lines: where they break, and that tagging moves nothing."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Paragraph

from desktop.printing.document import print_story
from desktop.printing.fonts import bundled_faces
from desktop.printing.lines import break_lines
from desktop.printing.setting import PrintSize
from desktop.printing.story import Run, Story, Text
from desktop.printing.text import printable
from tests.desktop.printing.families import FOOT
from tests.desktop.printing.reading import TaggedPdf

FACES = bundled_faces()
WORDS = st.lists(
    st.sampled_from(
        ["we", "will", "go", "to", "the", "park", "together", "after", "breakfast", "tea"]
    )
)


def _shown(text: str, width: float, size: float = 14) -> list[str]:
    lines = break_lines((Run(text),), FACES, size, width)
    return ["".join(piece.shown for piece in line) for line in lines]


@pytest.fixture(scope="module", autouse=True)
def _registered() -> None:
    for face in (FACES.regular, FACES.bold):
        pdfmetrics.registerFont(face)


@settings(deadline=None)
@given(words=WORDS.filter(bool), width=st.integers(120, 500), bold=st.booleans())
def test_lines_end_where_reportlab_ends_them(words: list[str], width: int, bold: bool) -> None:
    text = " ".join(words)
    face = FACES.bold if bold else FACES.regular
    style = ParagraphStyle("p", fontName=face.fontName, fontSize=14, leading=20, spaceShrinkage=0)
    theirs = Paragraph(text, style)
    theirs.wrap(width, 10_000)
    ours = break_lines((Run(text, bold=bold),), FACES, 14, width)
    assert ["".join(p.shown for p in line).rstrip() for line in ours] == [
        " ".join(line[1]) for line in theirs.blPara.lines
    ]


@settings(deadline=None)
@given(
    runs=st.lists(st.tuples(st.text(max_size=30), st.booleans()), max_size=5),
    width=st.floats(40, 400),
)
def test_nothing_is_lost_or_moved_between_lines(runs: list[tuple[str, bool]], width: float) -> None:
    lines = break_lines([Run(printable(text), bold) for text, bold in runs], FACES, 14, width)
    joined = "".join(piece.meant for line in lines for piece in line)
    assert joined == "".join(printable(text) for text, _ in runs)
    for line in lines:
        ink = "".join(piece.shown for piece in line).rstrip()
        end = max((p.x + p.face.width(p.shown.rstrip(), 14) for p in line), default=0.0)
        assert end <= width + 0.1 or len(ink) <= 1


def test_a_line_ends_with_its_space_so_that_words_do_not_run_together() -> None:
    pdf = print_story(Story("T", (Text("calm mornings " * 40),)), PrintSize.STANDARD, FOOT).pdf
    body = [s.text for s in TaggedPdf(pdf).shown if s.mcid is not None]
    assert len(body) > 3
    assert all(text.endswith(" ") for text in body)


def test_where_lines_may_break() -> None:
    assert _shown("ring 01942 000 100 now", 120) == ["ring ", "01942 000 100 ", "now"]
    assert _shown("the great-grandmother came", 120) == ["the great-", "grandmother ", "came"]
    assert _shown("one\ntwo", 400) == ["one ", "two"]
    assert _shown("", 400) == []


def test_a_word_in_two_manners_is_one_word() -> None:
    lines = break_lines((Run("we like "), Run("Ada", bold=True), Run("’s drawings")), FACES, 14, 80)
    assert ["".join(p.shown for p in line) for line in lines] == ["we like ", "Ada’s ", "drawings"]


def test_some_words_stay_on_one_line() -> None:
    runs = (Run("Copy 3 · "), Run("page 1 of 8", together=True))
    lines = break_lines(runs, FACES, 14, 110)
    assert ["".join(p.shown for p in line) for line in lines] == ["Copy 3 · ", "page 1 of 8"]


def test_tagging_moves_no_line() -> None:
    """Lines stand where reportlab's own untagged paragraph puts them: flush left, evenly spaced."""
    pdf = print_story(Story("T", (Text("calm mornings " * 40),)), PrintSize.STANDARD, FOOT).pdf
    body = [s for s in TaggedPdf(pdf).shown if s.mcid is not None]
    assert len({s.x for s in body}) == 1
    steps = {round(a.y - b.y, 2) for a, b in pairwise(body)}
    assert steps == {19.9}
