"""Meeting papers, letters, pictures and figures: read back, and looked at by the two checkers."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.printing.document import print_story
from desktop.printing.ending import EndingSheet, closing_letter, keeping_in_touch_card
from desktop.printing.family_pictures import (
    DistanceRow,
    TreeLine,
    TreePerson,
    distance_story,
    tree_story,
)
from desktop.printing.figures_page import (
    FigureGroup,
    FigureLine,
    ServiceCard,
    dashboard_story,
    service_story,
)
from desktop.printing.meeting import (
    MeetingSheet,
    agenda_story,
    apologies_story,
    invitation_story,
)
from desktop.printing.meeting_notes import NotedAction, NotesSheet, notes_story
from desktop.printing.setting import PrintSize
from desktop.printing.story import Story
from tests.desktop.printing.checking import meant, sound
from tests.desktop.printing.families import FOOT, PLAN

MEETING = MeetingSheet(
    "The Okafor-Lee family",
    date(2026, 3, 9),
    "15:30",
    "At the library",
    "There is a lift, and somebody minds Ben",
    "Sam Reid",
    "01942 000 101",
    ("Nkechi, Mum", "Miss Khan, school"),
    ("Ask about breakfast club (Sam)",),
)
NOTES = NotesSheet(
    "The Okafor-Lee family",
    date(2026, 3, 9),
    "15:30",
    "At the library",
    ("Nkechi, Mum", "Miss Khan, school"),
    ("Sam Reid",),
    "Mornings are calmer.\nBen still wakes.",
    "I like breakfast club.",
    (("Miss Khan", "Ada is on time."),),
    "Nearly there",
    actions=(NotedAction("Ask about a creche", "Sam", date(2026, 3, 20), "Started"),),
    decision="continue",
    next_day=date(2026, 4, 13),
    next_time="15:30",
    lead="Sam Reid",
    lead_number="01942 000 101",
)
ENDING = EndingSheet(
    "The Okafor-Lee family",
    date(2026, 6, 1),
    ("Ada is at school on time.",),
    "Bags by the door each evening.",
    (("Ring the housing office", "Tom", date(2026, 6, 20)), ("Rest", "Nkechi", None)),
    "It is quieter now.",
    "We can do this.",
    in_touch=True,
    in_touch_how="A text on the first of the month",
    contacts=PLAN.contacts,
    lead="Sam Reid",
)
PEOPLE = (
    TreePerson("Rose", "lives somewhere else", 0.5, 0, "circle"),
    TreePerson("Nkechi", "lives here", 0, 1, "circle"),
    TreePerson("Tom", "has died", 1, 1, "square", crossed=True),
    TreePerson("Ada", "9, lives here", 0, 2, "diamond"),
    TreePerson("Unborn baby", "not born yet", 1, 2, "triangle"),
)
LINES = (
    TreeLine(1, 3, "Nkechi: mother of Ada"),
    TreeLine(2, 3, "Tom: step of Ada", ended=True),
)
SCORES = (
    DistanceRow("Going to school", "The family", 3, 7.5, "Better"),
    DistanceRow("Feeling safe", "Ada", 5, 5, "The same"),
    DistanceRow("Money", "The worker", 6, 4, "Harder now"),
)
FIGURES = (
    FigureGroup(
        "In time",
        (FigureLine("Assessments in 45 days", "82%", ("79%", "76%")), FigureLine("Plans", "7")),
        "One team was new.",
    ),
)
CARDS = (ServiceCard("North Family Hub", "Groups and advice", "01632 960202", "Wigan North"),)
STORIES = {
    "invitation": invitation_story(MEETING),
    "invitation of nothing known": invitation_story(MeetingSheet("The family")),
    "agenda": agenda_story(MEETING),
    "apologies": apologies_story(MEETING),
    "notes": notes_story(NOTES),
    "letter": closing_letter(ENDING),
    "letter of nothing said": closing_letter(EndingSheet("The family")),
    "card": keeping_in_touch_card(ENDING),
    "tree": tree_story(PEOPLE, LINES),
    "no tree": tree_story((), ()),
    "distance": distance_story(SCORES),
    "dashboard": dashboard_story(
        "July to September 2026",
        FIGURES,
        ("to Jun 2026", "to Mar 2026"),
        ("Published in October.",),
    ),
    "service": service_story(CARDS),
}


@pytest.mark.parametrize("size", [PrintSize.STANDARD, PrintSize.LARGE_28])
@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_what_is_meant_is_read_back_without_a_fault(story: Story, size: PrintSize) -> None:
    tagged = sound(print_story(story, size, FOOT).pdf)
    assert tagged.text() == meant(story, large=size.is_large)


def test_an_invitation_says_nothing_of_any_worry() -> None:
    said = meant(STORIES["invitation"], large=False).casefold()
    assert not any(word in said for word in ("worry", "abuse", "risk", "assessment"))


def test_a_letter_is_from_somebody_who_signs_it() -> None:
    said = meant(STORIES["letter"], large=False)
    assert "With best wishes,\nA line to write on\nSam Reid\n" in said


def test_what_a_picture_of_a_tree_shows_is_said_below_it() -> None:
    said = meant(STORIES["tree"], large=False)
    assert all(person.name in said for person in PEOPLE)
    assert all(line.words in said for line in LINES)


def test_the_numbers_of_a_picture_are_those_of_the_list() -> None:
    tagged = sound(print_story(STORIES["tree"], PrintSize.STANDARD, FOOT).pdf)
    shown = [piece.text for piece in tagged.shown]
    assert [number for number in map(str, range(1, 6)) if number in shown] == list("12345")
