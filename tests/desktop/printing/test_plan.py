"""Our family plan in every size: correct by others' word, complete, and marked on every page."""

import dataclasses
from datetime import date

import pikepdf
import pytest

from desktop.printing.contacts import ContactLine
from desktop.printing.plan import (
    PlannedAction,
    PlanSheet,
    PlanWords,
    plan_document,
    plan_story,
)
from desktop.printing.render import page_count
from desktop.printing.setting import PrintSize
from desktop.printing.story import Table, plain, reading_text
from tests.desktop.printing.checking import meant, sound
from tests.desktop.printing.families import FOOT, PLAN
from tests.desktop.printing.reading import TaggedPdf


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("size", list(PrintSize))
def test_conforms_and_says_everything_in_order(size: PrintSize, draft: bool) -> None:
    tagged = sound(plan_document(PLAN, size, FOOT, draft=draft))
    said = tagged.text().removeprefix(f"{FOOT.words[0].draft}\n" if draft else "")
    assert said == meant(plan_story(PLAN), large=size.is_large)


def test_fits_on_two_sides_in_clear_print() -> None:
    assert page_count(plan_document(PLAN, PrintSize.STANDARD, FOOT, draft=True)) == 2


@pytest.mark.parametrize("size", list(PrintSize))
def test_every_page_has_its_foot_outside_the_tree(size: PrintSize) -> None:
    tagged = TaggedPdf(plan_document(PLAN, size, FOOT, draft=False))
    pages = len(tagged.pdf.pages)
    for page in range(pages):
        foot = "".join(s.text for s in tagged.shown if s.page == page and s.mcid is None)
        assert f"Copy 3 · version 4f1a 09c2 · page {page + 1} of {pages}" in foot
    assert "page 1 of" not in tagged.text()


@pytest.mark.parametrize("size", list(PrintSize))
def test_a_draft_says_so_on_every_page_and_is_heard_once(size: PrintSize) -> None:
    tagged = TaggedPdf(plan_document(PLAN, size, FOOT, draft=True))
    for page in range(len(tagged.pdf.pages)):
        assert any(s.page == page and s.text.startswith("DRAFT") for s in tagged.shown)
    assert tagged.text().count("DRAFT") == 1
    assert "DRAFT" not in TaggedPdf(plan_document(PLAN, size, FOOT, draft=False)).text()


@pytest.mark.parametrize("size", list(PrintSize))
def test_nothing_shrinks(size: PrintSize) -> None:
    tagged = TaggedPdf(plan_document(PLAN, size, FOOT, draft=True))
    sizes = {
        float(instruction.operands[1])
        for page in tagged.pdf.pages
        for instruction in pikepdf.parse_content_stream(page, "Tf")
        if str(instruction.operator) == "Tf"
    }
    assert min(sizes) == size


def test_large_print_has_blocks_instead_of_a_table() -> None:
    large = TaggedPdf(plan_document(PLAN, PrintSize.LARGE_18, FOOT, draft=False))
    assert not large.elements("Table")
    assert [said.text for said in large.elements("H3")] == [f"Action {n}" for n in range(1, 5)]
    standard = TaggedPdf(plan_document(PLAN, PrintSize.STANDARD, FOOT, draft=False))
    assert len(standard.elements("TR")) == 5
    assert [said.scope for said in standard.elements("TH")] == ["/Column"] * 4


def test_title_language_and_bookmarks() -> None:
    tagged = TaggedPdf(plan_document(PLAN, PrintSize.STANDARD, FOOT, draft=False))
    assert str(tagged.pdf.docinfo.Title) == "Our family plan"
    assert str(tagged.pdf.Root.Lang) == "en-GB"
    with tagged.pdf.open_outline() as outline:
        top = outline.root[0]
        assert top.title == "Our family plan"
        assert [item.title for item in top.children] == [
            said.text for said in tagged.elements("H2")
        ]


def test_nobody_is_named_in_the_properties_of_the_file() -> None:
    tagged = TaggedPdf(plan_document(PLAN, PrintSize.STANDARD, FOOT, draft=False))
    properties = " ".join(str(value) for _, value in tagged.pdf.docinfo.items())
    packet = tagged.pdf.Root.Metadata.read_bytes().decode()
    for name in ("Okafor", "Nkechi", "Sam Reid", "Ada"):
        assert name not in properties
        assert name not in packet


def test_signatures_and_boxes_have_words() -> None:
    tagged = TaggedPdf(plan_document(PLAN, PrintSize.STANDARD, FOOT, draft=False))
    words = [said.alt for said in tagged.elements("Figure")]
    assert words.count("Done: a ticked box") == 1
    assert words.count("Not done yet: a box to tick") == 3
    assert "Signature of Nkechi Okafor" in words
    assert "Space for Ada to sign" in words


def test_two_answers_are_marked() -> None:
    settled = dataclasses.replace(
        PLAN, goals=tuple(dataclasses.replace(goal, unsettled=False) for goal in PLAN.goals)
    )
    mark = PlanWords().unsettled
    assert mark in TaggedPdf(plan_document(PLAN, PrintSize.STANDARD, FOOT, draft=False)).text()
    assert (
        mark not in TaggedPdf(plan_document(settled, PrintSize.STANDARD, FOOT, draft=False)).text()
    )


def test_the_number_for_danger_comes_first() -> None:
    contacts = (ContactLine("Team", "01942 000 100"), ContactLine("Danger", "999", urgent=True))
    plan = dataclasses.replace(PLAN, contacts=contacts)
    said = TaggedPdf(plan_document(plan, PrintSize.STANDARD, FOOT, draft=False)).text()
    assert said.index("999") < said.index("01942 000 100")


def test_an_empty_plan_prints() -> None:
    empty = PlanSheet(family="", made_on=date(2026, 1, 12))
    tagged = sound(plan_document(empty, PrintSize.LARGE_28, FOOT, draft=True))
    assert "Our family plan" in tagged.text()
    assert len(tagged.pdf.pages) == 1


@pytest.mark.parametrize("size", [PrintSize.STANDARD, PrintSize.LARGE_24])
def test_many_actions_keep_their_rows_whole_and_repeat_the_header(size: PrintSize) -> None:
    actions = tuple(
        PlannedAction(
            f"Step {n}: go to the park together after school", f"Person {n}", PLAN.made_on
        )
        for n in range(60)
    )
    plan = dataclasses.replace(PLAN, actions=actions)
    tagged = sound(plan_document(plan, size, FOOT, draft=False))
    for number in range(60):
        pages = {
            s.page
            for s in tagged.shown
            if f"Step {number}:" in s.text or s.text.endswith(f"Person {number}")
        }
        assert len(pages) == 1
    if size is PrintSize.STANDARD:
        heads = [s for s in tagged.shown if s.text == "By when"]
        assert len({s.page for s in heads}) == len(heads) >= 3
        assert sum(s.mcid is not None for s in heads) == 1


@pytest.mark.parametrize("size", list(PrintSize))
def test_no_heading_is_last_on_its_page(size: PrintSize) -> None:
    tagged = TaggedPdf(plan_document(PLAN, size, FOOT, draft=False))
    headings = {said.text for said in tagged.elements("H1", "H2", "H3")}
    for page in range(len(tagged.pdf.pages)):
        body = [s for s in tagged.shown if s.page == page and s.mcid is not None]
        assert body[-1].text.strip() not in headings


def test_the_same_plan_is_the_same_bytes() -> None:
    twice = {plan_document(PLAN, PrintSize.LARGE_18, FOOT, draft=True) for _ in range(2)}
    assert len(twice) == 1


def test_other_words_for_another_council() -> None:
    words = PlanWords(title="Nasz plan rodzinny", language="pl")
    tagged = sound(plan_document(PLAN, PrintSize.STANDARD, FOOT, draft=False, words=words))
    assert str(tagged.pdf.Root.Lang) == "pl"
    assert tagged.elements("H1")[0].text == "Nasz plan rodzinny"


def test_reading_text_beside_the_preview_has_it_all() -> None:
    said = reading_text(plan_story(PLAN))
    for action in PLAN.actions:
        assert action.what in said
        assert action.who in said
    table = next(block for block in plan_story(PLAN).blocks if isinstance(block, Table))
    assert plain(table.rows[3][2]) == "Before we meet next"  # type: ignore[arg-type]
