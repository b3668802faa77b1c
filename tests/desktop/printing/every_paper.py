"""Every paper that there is, by name: ordinary, in easy read and in each language of the pack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from desktop.printing.bilingual import bilingual_story
from desktop.printing.child_plan import AgeBand, ChildWords, child_plan_story
from desktop.printing.easy_plan import easy_plan_story
from desktop.printing.ending import EndingWords, closing_letter, keeping_in_touch_card
from desktop.printing.family_pictures import PictureWords, distance_story, tree_story
from desktop.printing.figures_page import FigureWords, service_story
from desktop.printing.meeting import MeetingWords, agenda_story, apologies_story, invitation_story
from desktop.printing.meeting_notes import NotesWords, notes_story
from desktop.printing.plan import PlanWords, plan_story
from desktop.printing.story import Heading, Quote, Story, Text
from desktop.services.papers.form_copies import blank_copy, form_manners
from desktop.services.papers.manners import EASY, PLAIN, all_manners, in_manner
from forms.casework.people import PEOPLE_LIST, people_csv
from forms.pack import Pack
from forms.xforms import load_definition
from tests.desktop.printing.families import ADA, ARABIC, PLAN
from tests.desktop.printing.family_papers import family_stories
from tests.desktop.printing.test_second_line import (
    CARDS,
    ENDING,
    LINES,
    MEETING,
    NOTES,
    PEOPLE,
    SCORES,
)
from tests.desktop.printing.test_second_line import STORIES as SECOND_LINE
from tests.resources import shipped

_OTHER_SCRIPTS = {
    "ar": "اتصلوا بـ Sam Worker على الرقم 0300 000 0000 يوم الثلاثاء 4 مارس 2026.",
    "ur": "ہمارا خاندانی منصوبہ: بچوں کی نیند، اسکول (St Mary’s) 01942 000 101۔",
    "ckb": "پلانی خێزانەکەمان: ئێمە پێکەوە کار دەکەین لەگەڵ Nadia 01942 000 101.",
}
_OWN_EASY = ((PlanWords, EASY), (ChildWords, EASY))
"""Papers whose easy read is made by themselves."""
Made = tuple[str, Callable[[], Story]]


def stories() -> Iterator[Made]:
    """Every paper, by name."""
    pack = shipped.pack()
    for name, story in family_stories(pack):
        yield name, partial(_same, story)
    yield from _in_manners(pack)
    yield "plan", lambda: plan_story(PLAN)
    yield "plan in Arabic", lambda: plan_story(PLAN, ARABIC)
    yield (
        "plan in English and Arabic",
        lambda: bilingual_story(plan_story(PLAN), plan_story(PLAN, ARABIC)),
    )
    yield "plan in easy read", lambda: easy_plan_story(PLAN)
    for band in AgeBand:
        yield f"my plan {band.value}", partial(child_plan_story, ADA, band)
        yield f"my plan {band.value} easy", partial(child_plan_story, ADA, band, easy=True)
    for name, story in SECOND_LINE.items():
        yield name, partial(_same, story)
    for language, words in _OTHER_SCRIPTS.items():
        said = Story("-", (Heading(words, 1), Text(words), Quote(words)), language)
        yield f"words in {language}", partial(_same, said)
    yield from _blank_forms(pack)


def _same(story: Story) -> Story:
    return story


def _blank_forms(pack: Pack) -> Iterator[Made]:
    files = {**pack.lists, PEOPLE_LIST: people_csv([])}
    for form in pack.forms:
        definition = load_definition(pack.form(form.id), files)
        for manner in (*form_manners(definition), *definition.languages[1:]):
            yield (
                f"blank {form.id} {manner}",
                partial(blank_copy, pack, form.id, definition, manner),
            )


def _in_manners(pack: Pack) -> Iterator[Made]:
    papers: tuple[tuple[str, type, Callable[..., Story]], ...] = (
        ("plan", PlanWords, partial(plan_story, PLAN)),
        *(
            (f"my plan {band.value}", ChildWords, partial(child_plan_story, ADA, band))
            for band in AgeBand
        ),
        ("invitation", MeetingWords, partial(invitation_story, MEETING)),
        ("agenda", MeetingWords, partial(agenda_story, MEETING)),
        ("apologies", MeetingWords, partial(apologies_story, MEETING)),
        ("notes", NotesWords, partial(notes_story, NOTES)),
        ("letter", EndingWords, partial(closing_letter, ENDING)),
        ("card", EndingWords, partial(keeping_in_touch_card, ENDING)),
        ("tree", PictureWords, partial(tree_story, PEOPLE, LINES)),
        ("distance", PictureWords, partial(distance_story, SCORES)),
        ("service", FigureWords, partial(service_story, CARDS)),
    )
    for name, kind, make in papers:
        for manner in all_manners(pack, kind):
            if manner != PLAIN and (kind, manner) not in _OWN_EASY:
                yield f"{name} {manner}", partial(_in_manner, pack, manner, kind, make)


def _in_manner(pack: Pack, manner: str, kind: type, make: Callable[..., Story]) -> Story:
    story = in_manner(pack, manner, kind, make)
    assert story is not None
    return story
