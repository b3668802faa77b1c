"""What holds itself is taken apart on the GUI thread, and the whole of it while nobody types."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from threading import get_ident

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.ui.cycles import Cycles
from desktop.ui.lanes import Lane


class Still:
    """How long nobody has touched the laptop."""

    seconds = 0.0


class HoldsItself:
    """As a page and its widgets do."""

    def __init__(self, went_on: list[int]) -> None:
        self.went_on, self.me = went_on, self

    def __del__(self) -> None:
        self.went_on.append(get_ident())


@pytest.fixture
def still() -> Still:
    return Still()


@pytest.fixture
def cycles(qtbot: QtBot, still: Still) -> Iterator[Cycles]:
    around, before = QObject(), gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # as it is outside the tests
    cycles = Cycles(lambda: still.seconds, around)
    yield cycles
    cycles.end()
    gc.set_threshold(*before)
    assert gc.isenabled()


def test_a_cycle_is_not_taken_apart_in_a_lane(cycles: Cycles, qtbot: QtBot) -> None:
    went_on: list[int] = []
    lane = Lane("test")
    HoldsItself(went_on)
    kept: list[list[int]] = []
    lane.submit(lambda: kept.extend([] for _ in range(20_000)))
    qtbot.waitUntil(lambda: not lane.busy)
    assert lane.close()
    qtbot.waitUntil(lambda: bool(went_on))
    assert went_on == [get_ident()]


def test_all_that_is_there_is_looked_through_only_while_nobody_types(
    cycles: Cycles, still: Still
) -> None:
    went_on: list[int] = []
    old = HoldsItself(went_on)
    gc.collect()
    del old
    times = (gc.get_threshold()[1] + 1) * (gc.get_threshold()[2] + 3)

    def work() -> None:
        for _ in range(times):
            kept: list[list[int]] = [[] for _ in range(2 * gc.get_threshold()[0])]
            cycles.look()
            kept.clear()

    work()
    assert went_on == []
    still.seconds = 60.0
    work()
    assert went_on == [get_ident()]
