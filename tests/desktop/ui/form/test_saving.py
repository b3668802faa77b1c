"""Saving: when it writes and seals, what it says, and what it does when it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.services.filling import Filling
from desktop.ui.lanes import InlineLane
from desktop.ui.saving import LATEST_MS, PAUSE_MS, SaveState, Saving
from tests.desktop.ui.filled_forms import NOW, Desk, definition_of

ONE_QUESTION = """
| survey |
| | type | name | label |
| | begin_group | all | All |
| | text | words | What was said? |
| | text | more | What else? |
| | end_group | | |
"""
PATH = "/data/all/words"


class DiskFull(Exception):
    title = "The disk is full"
    message = "Free some space, then try again."


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def filling(desk: Desk) -> Filling:
    return desk.filling(definition_of(ONE_QUESTION))


@pytest.fixture
def saving(desk: Desk, filling: Filling, qtbot: QtBot) -> Iterator[Saving]:
    saving = Saving(filling, InlineLane(), desk.write, desk.seal)
    yield saving
    saving.deleteLater()


def state(saving: Saving) -> SaveState:
    return saving.state


def say(filling: Filling, saving: Saving, words: str) -> None:
    filling.answer(PATH, words)
    saving.said()


def test_it_writes_at_a_pause_and_only_then_says_so(
    desk: Desk, filling: Filling, saving: Saving, qtbot: QtBot
) -> None:
    say(filling, saving, "first")
    assert state(saving) is SaveState.SAVING
    assert desk.written == []
    with qtbot.waitSignal(saving.changed, timeout=PAUSE_MS * 4):
        pass
    assert state(saving) is SaveState.SAVED
    assert saving.saved_at == NOW
    assert desk.written[-1].answers[PATH].answer.value == "first"


def test_it_writes_at_latest_a_second_after_the_first_key_while_typing_goes_on(
    desk: Desk, filling: Filling, saving: Saving, qtbot: QtBot
) -> None:
    words = ""
    for _ in range(2 * LATEST_MS // (PAUSE_MS // 4)):
        words += "x"
        say(filling, saving, words)
        QTest.qWait(PAUSE_MS // 4)
        if desk.written:
            break
    assert desk.written, "nothing was written while somebody typed without a pause"
    assert len(words) * (PAUSE_MS // 4) <= LATEST_MS + PAUSE_MS


def test_leaving_a_question_seals_all_that_was_said(
    desk: Desk, filling: Filling, saving: Saving
) -> None:
    say(filling, saving, "first")
    assert state(saving) is SaveState.SAVING
    saving.seal_now()
    assert [c.answers[PATH].answer.value for c in desk.sealed] == ["first"]
    assert state(saving) is SaveState.SAVED
    say(filling, saving, "second")
    saving.seal_now()
    assert desk.sealed[1].answers[PATH].base == (desk.sealed[0].id,)


def test_leaving_without_a_word_seals_nothing(desk: Desk, saving: Saving) -> None:
    saving.seal_now()  # what the form itself says of a new record
    begun = list(desk.sealed)
    saving.seal_now()
    assert desk.sealed == begun


def test_a_change_that_could_not_be_written_is_kept_said_and_written_later(
    desk: Desk, filling: Filling, saving: Saving
) -> None:
    desk.failure = DiskFull()
    say(filling, saving, "first")
    saving.write_now()
    assert state(saving) is SaveState.FAILED
    assert saving.error is desk.failure
    desk.failure = None
    desk.moment = NOW + timedelta(minutes=2)
    saving.try_again()
    assert state(saving) is SaveState.SAVED
    assert saving.saved_at == desk.moment
    assert desk.written[-1].answers[PATH].answer.value == "first"


def test_a_change_that_could_not_be_sealed_goes_before_what_is_said_after_it(
    desk: Desk, filling: Filling, saving: Saving
) -> None:
    desk.failure = DiskFull()
    say(filling, saving, "first")
    saving.seal_now()
    assert state(saving) is SaveState.FAILED
    desk.failure = None
    say(filling, saving, "second")
    saving.seal_now()
    assert [c.answers[PATH].answer.value for c in desk.sealed] == ["first", "second"]
    assert state(saving) is SaveState.SAVED


def test_nothing_is_said_to_be_saved_while_more_is_unsaved(
    desk: Desk, filling: Filling, saving: Saving
) -> None:
    states: list[SaveState] = []
    lane = _LateLane()
    saving = Saving(filling, lane, desk.write, desk.seal, saving)
    saving.changed.connect(lambda: states.append(saving.state))
    say(filling, saving, "first")
    saving.write_now()
    say(filling, saving, "first and more")
    lane.deliver()
    assert state(saving) is SaveState.SAVING
    assert SaveState.SAVED not in states


class _LateLane(InlineLane):
    """Does its jobs when a test says so."""

    def __init__(self) -> None:
        super().__init__()
        self._late: list[Callable[[], None]] = []

    def submit(
        self, job: Any, then: Any = None, failed: Any = None, *, background: bool = False
    ) -> None:
        now = super().submit
        self._late.append(lambda: now(job, then, failed))

    def deliver(self) -> None:
        for late in self._late:
            late()
