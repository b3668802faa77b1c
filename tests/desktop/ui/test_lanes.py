"""Lanes run jobs in order, off the GUI thread, and bring the results back to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from threading import Event, get_ident
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QThread
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.ui.lanes import AnyLane, InlineLane, Lane, LaneClosed


class Receiver(QObject):
    """A page, as far as a lane knows."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[Any] = []
        self.errors: list[Exception] = []
        self.threads: list[QThread] = []

    def take(self, value: Any) -> None:
        self.got.append(value)
        self.threads.append(QThread.currentThread())

    def fail(self, error: Exception) -> None:
        self.errors.append(error)
        self.threads.append(QThread.currentThread())


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    lane = Lane("test")
    yield lane
    assert lane.close()


@pytest.fixture(params=["thread", "inline"])
def any_lane(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[AnyLane]:
    made: AnyLane = Lane("test") if request.param == "thread" else InlineLane()
    yield made
    assert made.close()


def boom() -> None:
    raise OSError("gone")


def test_results_come_in_order_on_the_gui_thread(lane: Lane, qtbot: QtBot) -> None:
    here = Receiver()
    for number in range(2000):
        job = boom if number % 500 == 0 else (lambda number=number: number)
        lane.submit(job, here.take, here.fail)
    qtbot.waitUntil(lambda: not lane.busy)
    application = QCoreApplication.instance()
    assert application is not None
    assert here.got == [number for number in range(2000) if number % 500]
    assert [type(error) for error in here.errors] == [OSError] * 4
    assert all(thread == application.thread() for thread in here.threads)


def test_jobs_run_on_another_thread(lane: Lane, qtbot: QtBot) -> None:
    here = Receiver()
    lane.submit(QThread.currentThread, here.take)
    qtbot.waitUntil(lambda: bool(here.got))
    assert here.got[0] != QThread.currentThread()


def test_saves_go_before_what_sync_asked_earlier(lane: Lane, qtbot: QtBot) -> None:
    gate, order = Event(), Receiver()
    lane.submit(gate.wait)
    lane.submit(lambda: "sync", order.take, background=True)
    lane.submit(lambda: "save", order.take)
    lane.submit(lambda: "another save", order.take)
    gate.set()
    qtbot.waitUntil(lambda: not lane.busy)
    assert order.got == ["save", "another save", "sync"]


def test_either_lane_hands_over_values_and_errors(any_lane: AnyLane, qtbot: QtBot) -> None:
    here = Receiver()
    any_lane.submit(lambda: 3, here.take, here.fail)
    any_lane.submit(boom, here.take, here.fail)
    qtbot.waitUntil(lambda: not any_lane.busy)
    assert here.got == [3]
    assert isinstance(here.errors[0], OSError)


def test_an_error_nobody_takes_reaches_the_excepthook(lane: Lane, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as seen:
        lane.submit(boom)
        qtbot.waitUntil(lambda: not lane.busy)
    assert [kind for kind, _, _ in seen] == [OSError]


@pytest.mark.parametrize("way", ["method", "partial", "function"])
def test_a_result_for_a_page_that_has_gone_is_dropped(lane: Lane, qtbot: QtBot, way: str) -> None:
    gate, page, got = Event(), Receiver(), []

    def inside(value: Any) -> None:
        got.append(page.objectName() or value)

    ways: dict[str, Callable[[Any], None]] = {
        "method": page.take,
        "partial": partial(page.take),
        "function": inside,
    }
    lane.submit(gate.wait, ways[way])
    kept = page.got
    page.deleteLater()
    qtbot.waitUntil(lambda: not isValid(page))
    gate.set()
    qtbot.waitUntil(lambda: not lane.busy)
    assert kept == []
    assert got == []


def id_of(page: object, _: object) -> None:
    id(page)


class Noting:
    """Writes down on which thread it went."""

    def __init__(self, went_on: list[int]) -> None:
        self.went_on = went_on

    def __del__(self) -> None:
        self.went_on.append(get_ident())


def test_what_a_job_was_the_last_to_hold_goes_on_the_gui_thread(lane: Lane, qtbot: QtBot) -> None:
    went_on: list[int] = []
    for _ in range(300):
        page = Noting(went_on)
        lane.submit(partial(type, page), partial(id_of, page))
        del page
        lane.submit(lambda: 1)
    qtbot.waitUntil(lambda: len(went_on) == 300)
    assert set(went_on) == {get_ident()}


def test_a_job_says_how_far_it_is_in_order_and_not_to_a_page_that_has_gone(
    any_lane: AnyLane, qtbot: QtBot
) -> None:
    here, gone = Receiver(), Receiver()
    kept = gone.got
    gone.deleteLater()
    qtbot.waitUntil(lambda: not isValid(gone))

    def job() -> int:
        for number in range(3):
            any_lane.tell(here.take, number)
            any_lane.tell(gone.take, number)
        return 3

    any_lane.submit(job, here.take)
    qtbot.waitUntil(lambda: len(here.got) == 4)
    assert here.got == [0, 1, 2, 3]
    assert {thread == here.thread() for thread in here.threads} == {True}
    assert kept == []


def test_a_signal_is_no_receiver_for_it_does_not_tell_whose_it_is(any_lane: AnyLane) -> None:
    with pytest.raises(TypeError):
        any_lane.submit(boom, None, QObject().destroyed.emit)


def test_closing_finishes_saves_and_drops_the_background(qtbot: QtBot) -> None:
    lane, gate, done, here = Lane("test"), Event(), [], Receiver()
    lane.submit(gate.wait)
    lane.submit(lambda: done.append("saved"))
    lane.submit(lambda: done.append("synced"), None, here.fail, background=True)
    gate.set()
    assert lane.close()
    assert done == ["saved"] or done == ["saved", "synced"]
    assert len(here.errors) == 2 - len(done)


def test_a_closed_lane_takes_nothing(any_lane: AnyLane) -> None:
    any_lane.close()
    with pytest.raises(LaneClosed):
        any_lane.submit(lambda: 1)


def test_one_lane_asks_another_and_gets_its_answer_or_its_error(lane: Lane, qtbot: QtBot) -> None:
    network, here = Lane("network"), Receiver()
    network.submit(lambda: lane.ask(lambda: "row"), here.take, here.fail)
    network.submit(lambda: lane.ask(boom), here.take, here.fail)
    qtbot.waitUntil(lambda: not network.busy)
    assert network.close()
    assert here.got == ["row"]
    assert isinstance(here.errors[0], OSError)


def test_asking_on_the_gui_thread_is_refused_as_it_would_hang(lane: Lane) -> None:
    with pytest.raises(RuntimeError):
        lane.ask(lambda: 1)
