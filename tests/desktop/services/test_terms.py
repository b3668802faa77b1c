"""A council that calls things by other names finds them on the screen and on paper."""

from __future__ import annotations

import pytest

from desktop.services.clock import Clock
from desktop.services.meeting import TeamMeetings
from desktop.services.papers.meetings import AGENDA
from desktop.vault import Vault
from forms.pack import Pack
from tests.conftest import SteadyClock
from tests.desktop.services.making import Desk, desk_over
from tests.desktop.services.test_paper import pages
from tests.resources.test_terms import RENAMED, with_terms


@pytest.fixture
def desk(vault: Vault, pack_bytes: bytes, clock: SteadyClock) -> Desk:
    return desk_over(vault, Pack.read(with_terms(pack_bytes, RENAMED)), Clock(clock))


def test_a_changed_term_is_on_the_screen_and_on_paper(desk: Desk) -> None:
    family = desk.families.begin()
    desk.fill(family, "safety_check", talking__safe_paper="yes")
    desk.fill(family, "plan", start__lead="Ann Cole")
    overview = desk.families.overview(family)
    assert overview.plan is not None
    plan = desk.open(overview.plan.record)
    assert plan.session.node("/plan/start/lead").label == "Who is our key worker?"
    assert overview.plan.title == plan.opened.title == "What we do next"
    meetings = TeamMeetings(desk.records, desk.known)
    table = meetings.table(meetings.sit_down(family))
    assert table.meeting.title == "Family network meeting"  # what MeetingHeader shows
    _, agenda = pages(desk, family, AGENDA, "household")
    assert "Is the key worker still the right one?" in agenda.replace("\n", " ")
    _, printed = pages(desk, family, "plan", "household")
    assert "What we do next" in printed
    assert "Our family plan" not in printed
