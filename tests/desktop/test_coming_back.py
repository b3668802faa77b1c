"""After a lock the worker is at the same question; later, or after closing, at the families."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.services.coming_back import WITHIN, ComingBack, LeftAt
from desktop.services.lease import FamilyCovered
from desktop.ui.pages.families import FamiliesPage
from desktop.ui.pages.family import FamilyPage
from desktop.ui.pages.form import FormPage
from desktop.ui.pages.problem import ProblemPage
from tests.conftest import SteadyClock
from tests.desktop.test_bad_days import folder, made_once, start, unlock  # noqa: F401  fixtures
from tests.desktop.test_hide_and_visit import stays  # noqa: F401  fixture

Start = Callable[[], Program]
QUESTION = "/visit_note/when/purpose"


def settle(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not program.vault_lane.busy)


def unlocked(start: Start, qtbot: QtBot) -> Program:  # noqa: F811
    program = start()
    unlock(program, qtbot)
    settle(program, qtbot)
    return program


def at_a_question(program: Program, qtbot: QtBot) -> FormPage:
    assert program.unlocked is not None
    services = program.unlocked.services
    family = services.families.begin()
    record = services.records.begin(family, "visit_note")
    program.unlocked.open_family(family)
    program.unlocked.open_record(record, QUESTION)
    return form_of(program, qtbot)


def form_of(program: Program, qtbot: QtBot) -> FormPage:
    def is_there() -> bool:
        page = program.window.page
        return isinstance(page, FormPage) and bool(page.question)

    qtbot.waitUntil(is_there)
    page = program.window.page
    assert isinstance(page, FormPage)
    settle(program, qtbot)
    return page


@pytest.mark.usefixtures("stays")
def test_after_a_lock_the_worker_is_at_the_same_question(
    start: Start,  # noqa: F811
    qtbot: QtBot,
) -> None:
    program = unlocked(start, qtbot)
    page = at_a_question(program, qtbot)
    record = page.filling.opened.record
    assert page.question == QUESTION
    program.lock()
    program.end()
    again = unlocked(start, qtbot)
    page = form_of(again, qtbot)
    assert (page.filling.opened.record, page.question) == (record, QUESTION)
    assert [type(one) for one in again.window.pages] == [FamiliesPage, FamilyPage, FormPage]


@pytest.mark.usefixtures("stays")
def test_what_was_marked_as_worrying_comes_first(
    start: Start,  # noqa: F811
    qtbot: QtBot,
) -> None:
    program = unlocked(start, qtbot)
    family = at_a_question(program, qtbot).filling.opened.family
    assert program.unlocked is not None
    program.unlocked.services.worries.mark(family)
    program.lock()
    program.end()
    again = unlocked(start, qtbot)
    qtbot.waitUntil(lambda: isinstance(again.window.page, FormPage))
    settle(again, qtbot)
    page = again.window.page
    assert isinstance(page, FormPage)
    assert page.filling.opened.form == "safety_check"


@pytest.mark.usefixtures("stays")
@pytest.mark.parametrize("ends", ["closed", "locked for long"])
def test_otherwise_the_families_are_first(
    start: Start,  # noqa: F811
    clock: SteadyClock,
    qtbot: QtBot,
    ends: str,
) -> None:
    program = unlocked(start, qtbot)
    at_a_question(program, qtbot)
    if ends == "locked for long":
        program.lock()
    program.end()
    if ends == "locked for long":
        clock.advance(WITHIN + timedelta(seconds=1))
    again = unlocked(start, qtbot)
    assert isinstance(again.window.page, FamiliesPage)
    assert again.unlocked is not None
    assert again.window.pages == (again.window.page,)


def test_it_is_told_once_and_of_what_may_be_shown_alone(
    start: Start,  # noqa: F811
    clock: SteadyClock,
    qtbot: QtBot,
) -> None:
    program = unlocked(start, qtbot)
    opened = at_a_question(program, qtbot).filling.opened
    assert program.unlocked is not None
    services = program.unlocked.services
    at = LeftAt(opened.family, opened.record, QUESTION)

    def told_of(left: LeftAt, back: ComingBack) -> list[LeftAt | None]:
        back.leave(left)
        return [back.come_back(), back.come_back()]

    def covered(_family: str) -> None:
        raise FamilyCovered

    back = services.coming_back
    assert told_of(at, back) == [at, None]
    assert told_of(LeftAt(opened.family, opened.family), back) == [None, None]
    assert told_of(at, ComingBack(services.vault, services.clock, covered)) == [None, None]
    back.leave(at)
    clock.advance(timedelta(hours=-1))
    assert back.come_back() is None
    assert not isinstance(program.window.page, ProblemPage)
