"""Papers in two languages and in easy read: whose words they have, and that none is missing."""

from __future__ import annotations

import string
from copy import copy
from dataclasses import fields, replace
from functools import partial

import pytest

from desktop.printing.child_plan import AgeBand, ChildWords, child_plan_story
from desktop.printing.contacts import ContactLine
from desktop.printing.dates import ENGLISH as ENGLISH_DATES
from desktop.printing.dates import DateWords
from desktop.printing.ending import EndingWords
from desktop.printing.meeting import MeetingWords, invitation_story
from desktop.printing.paper_words import CouncilWords, PaperWords
from desktop.printing.plan import PlanWords, plan_story
from desktop.printing.story import Pictured, Story, Table, reading_text
from desktop.services.papers.fixed_words import (
    ENGLISH,
    PREFIXES,
    TABLE,
    FixedWords,
    languages_of,
)
from desktop.services.papers.form_copies import blank_copy
from desktop.services.papers.manners import EASY, in_manner
from forms.casework.people import PEOPLE_LIST, people_csv
from forms.pack import Pack
from forms.xforms import Definition, load_definition
from tests.desktop.printing.families import ADA, PLAN
from tests.desktop.printing.test_second_line import MEETING

LANGUAGES = ("Polski (pl)", "Română (ro)", "العربية (ar)", "کوردی (ckb)", "اردو (ur)")


def read(story: Story | None) -> str:
    assert story is not None
    return reading_text(story)


def form(pack: Pack, name: str) -> Definition:
    return load_definition(pack.form(name), {**pack.lists, PEOPLE_LIST: people_csv([])})


def test_the_english_of_the_demo_council_is_that_of_the_program(pack: Pack) -> None:
    english = FixedWords.of(pack, ENGLISH)
    for kind in PREFIXES:
        ours = ENGLISH_DATES if kind is DateWords else kind()
        assert english.has_all(kind)
        several: dict[str, object] = {
            part.name: () for part in fields(kind) if part.metadata
        }  # only a pack has them
        if issubclass(kind, PaperWords):
            several["council"] = CouncilWords()
        assert replace(english.of_kind(kind), **several) == ours


def test_every_language_says_every_word_with_the_same_places_in_it(pack: Pack) -> None:
    assert tuple(languages_of(pack, *PREFIXES)) == LANGUAGES
    for row in pack.tables[TABLE]:
        wanted = places(row[ENGLISH])
        assert {places(row[name]) for name in LANGUAGES} == {wanted}, row["key"]


def places(words: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(words) if name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_in_two_languages_says_what_people_wrote_once(pack: Pack, language: str) -> None:
    words = FixedWords.of(pack, language).of_kind(PlanWords)
    said = read(in_manner(pack, f"beside:{language}", PlanWords, partial(plan_story, PLAN)))
    assert words.title in said
    assert words.dates.months[2] in said  # March, in the language of the text
    assert said.count(PLAN.actions[0].what) == 1
    note = FixedWords.of(pack, language).said["note.drafted"]
    assert said.index(note) < said.index(PLAN.actions[0].what), "it is read before the rest"


@pytest.mark.parametrize("language", LANGUAGES)
def test_whom_to_ring_is_said_with_the_hours_in_the_language_of_the_paper(
    pack: Pack, language: str
) -> None:
    council = tuple(
        ContactLine(one.name, one.number, one.when, one.urgent, one.key) for one in pack.contacts
    )
    told = FixedWords.of(pack, language).said
    said = read(
        in_manner(
            pack,
            f"beside:{language}",
            PlanWords,
            partial(plan_story, replace(PLAN, contacts=council)),
        )
    )
    assert told["council.names.emergency"] in said
    for one in pack.contacts:
        for hours in (one.when, told[f"council.hours.{one.key}"]):
            assert hours[:1].upper() + hours[1:] in said  # each begins a line
    assert said.count("Emergency Duty Team (demo)") == 1  # a proper name stays


def test_what_stands_in_words_from_right_to_left_stands_apart(pack: Pack) -> None:
    ring, polish = (
        FixedWords.of(pack, language).of_kind(MeetingWords).ring
        for language in ("العربية (ar)", "Polski (pl)")
    )
    said = ring.format(name="Sam (school)", number="0300 000 0000")
    assert "\u2068Sam (school)\u2069" in said
    assert "\u2068" not in polish


def test_a_child_s_plan_in_two_languages_has_one_picture_for_both(pack: Pack) -> None:
    make = partial(child_plan_story, ADA, AgeBand.YOUNG)
    said = read(in_manner(pack, "beside:Polski (pl)", ChildWords, make))
    assert "How I feel" in said
    assert "Jak się czuję" in said
    assert said.count(ADA.said.splitlines()[0]) == 1
    assert said.count(ChildWords().to_draw) == 1
    note = FixedWords.of(pack, "Polski (pl)").said["note.drafted"]
    assert said.index(note) > said.index(ADA.said.splitlines()[0])  # it begins with the child


def test_a_checked_translation_says_nothing_of_drafts(pack: Pack) -> None:
    english, polish = FixedWords.of(pack, ENGLISH), FixedWords.of(pack, "Polski (pl)")
    checked = FixedWords(polish.language, {**polish.said, "checked_by": "Ewa Example"})
    assert checked.drafted(english) == ("", "")
    assert all(polish.drafted(english))


def test_a_form_is_marked_as_drafted_though_the_words_around_it_are_checked(pack: Pack) -> None:
    words = [{**row, "Polski (pl)": row["Polski (pl)"] or "Ewa"} for row in pack.tables[TABLE]]
    checked = copy(pack)
    checked.tables = {**pack.tables, TABLE: tuple(words)}
    definition = form(checked, "agreement")
    note = FixedWords.of(checked, "Polski (pl)").said["note.drafted"]
    assert note in read(blank_copy(checked, "agreement", definition, "Polski (pl)"))
    checked.kept_forms = tuple(replace(one, unchecked=()) for one in pack.kept_forms)
    assert note not in read(blank_copy(checked, "agreement", definition, "Polski (pl)"))


def test_a_language_that_lacks_a_word_is_not_offered(pack: Pack) -> None:
    less = {**FixedWords.of(pack, "Polski (pl)").said}
    del less["plan.title"]
    assert not FixedWords("Polski (pl)", less).has_all(PlanWords)
    assert FixedWords("Polski (pl)", less).has_all(EndingWords)


def test_easy_read_has_short_sentences_each_at_a_picture(pack: Pack) -> None:
    story = in_manner(pack, EASY, MeetingWords, partial(invitation_story, MEETING))
    assert story is not None
    assert any(isinstance(block, Pictured) for block in story.blocks)
    assert not any(isinstance(block, Table) for block in story.blocks)
    words = FixedWords.of(pack, "English, easy read").of_kind(MeetingWords)
    for sentence in f"{words.what_it_is} {words.yours}".split(". "):
        assert len(sentence.split()) <= 12


@pytest.mark.parametrize("name", ["agreement", "privacy_notice", "sharing", "assessment"])
def test_a_form_in_easy_read_says_the_council_s_easy_words(pack: Pack, name: str) -> None:
    said = read(blank_copy(pack, name, form(pack, name), EASY))
    easy = [line for line in pack.wording(f"{name}_easy").words.splitlines() if line[:1] not in "["]
    assert all(line in said for line in easy)
    assert all(len(line.split()) <= 15 for line in easy)


def test_the_formal_words_are_not_in_the_easy_form(pack: Pack) -> None:
    definition = form(pack, "agreement")
    formal = " ".join(pack.agreement_words.words.split())[:40]
    assert formal in read(blank_copy(pack, "agreement", definition, "plain"))
    assert formal not in read(blank_copy(pack, "agreement", definition, EASY))


def test_a_form_in_one_language_is_in_that_language_whole(pack: Pack) -> None:
    said = read(blank_copy(pack, "agreement", form(pack, "agreement"), "Polski (pl)"))
    assert "Zaznacz jedno." in said
    assert "Tick one." not in said


def test_every_field_of_words_is_a_row(pack: Pack) -> None:
    keys = {row["key"] for row in pack.tables[TABLE]}
    for kind, prefix in PREFIXES.items():
        for part in fields(kind):
            if part.name not in {"language", "dates", "council"}:
                start = f"{prefix}.{part.name}"
                assert any(
                    key == start or (part.metadata and key.startswith(f"{start}.")) for key in keys
                )


def test_a_feedback_form_says_where_it_goes_and_leaves_dots_for_a_date(pack: Pack) -> None:
    definition = form(pack, "feedback_adult")
    for manner in ("plain", EASY, "beside:Polski (pl)"):
        said = read(blank_copy(pack, "feedback_adult", definition, manner))
        assert "How to give this back" in said
        assert pack.contacts[-1].number in said
        assert "999" not in said
        assert "Day:\u00a0...." in said
        assert ("Jak oddać" in said) is (manner == "beside:Polski (pl)")
