"""A child's plan at every age and size: the child's own words, exactly, and first."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.printing.child_plan import AgeBand, ChildWords, child_plan_pages, child_plan_story
from desktop.printing.pictures import PICTURES
from desktop.printing.setting import PrintSize
from desktop.printing.text import printable
from tests.desktop.printing.checking import meant, sound
from tests.desktop.printing.families import ADA, FOOT
from tests.desktop.printing.reading import TaggedPdf


@pytest.mark.parametrize("size", list(PrintSize))
@pytest.mark.parametrize("band", list(AgeBand))
def test_conforms_and_says_everything_in_order(band: AgeBand, size: PrintSize) -> None:
    tagged = sound(child_plan_pages(ADA, band, size, FOOT, draft=False).pdf)
    assert tagged.text() == meant(child_plan_story(ADA, band), large=size.is_large)


@pytest.mark.parametrize("band", list(AgeBand))
def test_what_the_child_said_comes_first_and_exactly(band: AgeBand) -> None:
    tagged = TaggedPdf(child_plan_pages(ADA, band, PrintSize.LARGE_18, FOOT, draft=False).pdf)
    quotes = [said.text for said in tagged.elements("BlockQuote")]
    assert quotes == [ADA.said, ADA.going_well, ADA.worries, ADA.dreams, ADA.wants]
    assert tagged.elements("H2")[0].text == ChildWords().said


@settings(deadline=None, max_examples=30)
@given(said=st.text(st.characters(exclude_categories=()), min_size=1))
def test_any_words_of_a_child_are_kept(said: str) -> None:
    plan = dataclasses.replace(ADA, said=said, worries="", dreams="", wants="", going_well="")
    pages = child_plan_pages(plan, AgeBand.YOUNG, PrintSize.STANDARD, FOOT, draft=False)
    quotes = TaggedPdf(pages.pdf).elements("BlockQuote")
    assert [quote.text for quote in quotes] == [printable(said)]


def test_nothing_empty_is_headed() -> None:
    bare = dataclasses.replace(
        ADA, worries="", dreams="", feelings=(), trusted=(), steps=(), drawings=(), contacts=()
    )
    for band in AgeBand:
        text = TaggedPdf(
            child_plan_pages(bare, band, PrintSize.STANDARD, FOOT, draft=True).pdf
        ).text()
        words = ChildWords()
        for heading in (words.worries, words.feelings, words.trusted, words.steps, words.drawings):
            assert heading not in text


def test_pictures_support_words_and_say_nothing_themselves() -> None:
    pages = child_plan_pages(ADA, AgeBand.YOUNG, PrintSize.STANDARD, FOOT, draft=False)
    alts = [said.alt for said in TaggedPdf(pages.pdf).elements("Figure")]
    faces = ChildWords().faces
    assert [alt for alt in alts if alt.startswith("I chose:")] == [
        "I chose: In the middle",
        "I chose: Very happy",
    ]
    assert sum(alt in faces for alt in alts) == 8
    assert "A drawing by Ada: My house" in alts


@pytest.mark.parametrize(
    ("years", "band"),
    [(3, AgeBand.YOUNG), (7, AgeBand.YOUNG), (8, AgeBand.MIDDLE), (13, AgeBand.OLDER)],
)
def test_ages(years: int, band: AgeBand) -> None:
    assert AgeBand.for_age(years) is band


def test_older_children_are_told_what_they_can_ask_for() -> None:
    said = TaggedPdf(
        child_plan_pages(ADA, AgeBand.OLDER, PrintSize.STANDARD, FOOT, draft=False).pdf
    ).text()
    for line in ChildWords().what_you_can_ask:
        assert line in said


def test_there_is_a_face_for_each_feeling() -> None:
    assert {f"face-{number}" for number in range(1, 6)} <= set(PICTURES)
