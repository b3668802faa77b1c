"""What a worker sees when the council has locked or wiped the laptop: real window, real EHM."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.options import Options
from desktop.services.clock import Clock
from desktop.ui.pages.enrol import EnrolPage
from desktop.ui.pages.unlock import UnlockPage
from desktop.ui.pages.wiped import WipedPage
from desktop.ui.presenters.orders import OrdersPresenter
from sync.contract.messages import OrderKind
from tests.desktop.test_bad_days import words_of
from tests.desktop.ui.pages.walk import click
from tests.security.test_orders import ehm, folder, give, lift  # noqa: F401  fixtures
from tests.sync.running_ehm import RunningEhm


@pytest.fixture
def start(
    folder: Path,  # noqa: F811
    ehm: RunningEhm,  # noqa: F811
    qapp: QApplication,
) -> Iterator[Callable[[], Program]]:
    begun: list[Program] = []

    def begin() -> Program:
        program = Program(qapp, Options(folder), Clock(ehm.clock))
        begun.append(program)
        program.start()
        return program

    yield begin
    for program in begun:
        program.end()


def test_a_locked_out_laptop_says_whom_to_ring_until_it_is_lifted(start, ehm, folder, qtbot: QtBot):  # noqa: F811
    asked = give(ehm, folder, OrderKind.LOCK)
    program = start()
    page = program.window.page
    assert isinstance(page, UnlockPage)
    qtbot.waitUntil(lambda: "Your council has locked this laptop" in words_of(page), timeout=20_000)
    assert not page.field.isEnabled()
    ehm.clock.pass_time(minutes=1)
    lift(ehm, asked)
    presenter = page.findChild(OrdersPresenter)
    assert presenter is not None
    presenter.ask()
    qtbot.waitUntil(page.field.isEnabled, timeout=20_000)
    assert "has locked" not in words_of(page)


def test_a_wiped_laptop_says_so_and_can_be_enrolled_again(start, ehm, folder, qtbot: QtBot):  # noqa: F811
    give(ehm, folder, OrderKind.WIPE)
    program = start()
    qtbot.waitUntil(lambda: isinstance(program.window.page, WipedPage), timeout=20_000)
    assert "Two people at your council ordered it" in words_of(program.window.page)
    click(program.window, "Enrol this laptop again")
    assert isinstance(program.window.page, EnrolPage)
    shutil.rmtree(folder)
