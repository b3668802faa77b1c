"""What the family has told is in the next record already, and says where it comes from."""

from __future__ import annotations

from datetime import timedelta

from tests.conftest import SteadyClock
from tests.desktop.services.making import Desk

STORY = "/assessment/your_story/story"


def test_the_next_assessment_begins_with_the_story_and_shows_it_as_carried(
    desk: Desk, clock: SteadyClock
) -> None:
    family = desk.families.begin()
    desk.fill(family, "assessment", your_story__story="We came here in 2019.")
    clock.advance(timedelta(days=90))
    again = desk.open(desk.records.begin(family, "assessment"))
    stands = again.standing(STORY).answer
    assert stands.value == "We came here in 2019."
    assert stands.reason.startswith("Carried from Your Family")
    again.answer(STORY, "We came here in 2018.")
    assert again.standing(STORY).answer.reason == ""
    desk.records.seal(again.freeze())
    clock.advance(timedelta(days=90))
    third = desk.open(desk.records.begin(family, "assessment"))
    assert third.standing(STORY).answer.value == "We came here in 2018."


def test_the_team_is_in_the_notes_of_the_meeting_before_anybody_types(desk: Desk) -> None:
    family = desk.families.begin()
    team = desk.open(desk.records.begin(family, "professionals"))
    for name, is_in in (("Ruth Bell", "yes"), ("Al Khan", "no")):
        row, _ = team.add_row("/professionals/who/professional")
        team.answer(f"{row}/professional_name", name)
        team.answer(f"{row}/in_team", is_in)
    desk.records.seal(team.freeze())
    meeting = desk.open(desk.records.begin(family, "team_meeting"))
    said = meeting.session.answers()
    names = [said[path] for path in said if path.endswith("/invited_name")]
    assert names == ["Ruth Bell"]
