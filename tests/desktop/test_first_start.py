"""The first start on a laptop, by key and mouse: enrol with a real EHM, then unlock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.options import Options
from desktop.services.clock import Clock
from desktop.services.enrolling import NotAnAddress
from desktop.services.first_start import is_enrolled
from desktop.ui.look.buttons import Button
from desktop.ui.pages.enrol import EnrolPage
from desktop.ui.pages.families import FamiliesPage
from desktop.ui.pages.unlock import UnlockPage
from sync.ehm import council, packs
from tests.resources.shipped import pack_bytes
from tests.sync.running_ehm import RunningEhm, running_ehm


@pytest.fixture
def ehm(tmp_path: Path) -> Iterator[RunningEhm]:
    with running_ehm(f"sqlite:///{tmp_path}/ehm.db") as running:
        with running.store.writing() as connection:
            pack = pack_bytes()
            packs.publish(connection, council.read(connection), pack, running.clock())
        yield running


@pytest.fixture
def program(ehm: RunningEhm, qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    begun = Program(qapp, Options(tmp_path / "laptop", ehm.url), Clock(ehm.clock))
    begun.start()
    yield begun
    begun.end()


def press(page: EnrolPage, name: str) -> None:
    button = next(b for b in page.findChildren(Button) if b.accessibleName().startswith(name))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def says(program: Program, words: str) -> bool:
    page = program.window.page
    assert page is not None
    return any(words in label.text() for label in page.findChildren(QLabel))


def test_a_laptop_is_enrolled_and_unlocked(program: Program, ehm: RunningEhm, qtbot: QtBot):
    page = program.window.page
    assert isinstance(page, EnrolPage)
    assert page.server.text() == ehm.url
    QTest.keyClicks(page.code, ehm.code("Priya Shah"))
    press(page, "Use these words")
    chosen = page.passphrase.text()
    assert len(chosen.split()) >= 4
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(program.window.page, UnlockPage), timeout=30_000)
    unlock = program.window.page
    assert isinstance(unlock, UnlockPage)
    QTest.keyClicks(unlock.field, chosen)
    QTest.keyClick(unlock.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(program.window.page, FamiliesPage), timeout=30_000)


def test_what_is_wrong_is_said_and_what_was_typed_stays(program, ehm, qtbot, tmp_path):
    page = program.window.page
    press(page, "Enrol")
    assert says(program, "Type the enrolment code.")
    QTest.keyClicks(page.code, "AAAA-BBBB-CCCC")
    QTest.keyClicks(page.passphrase, "password")
    press(page, "Enrol")
    assert says(program, "too easy to guess")
    page.passphrase.clear()
    press(page, "Use these words")
    chosen = page.passphrase.text()
    press(page, "Enrol")
    qtbot.waitUntil(lambda: page.code.isEnabled(), timeout=30_000)
    assert page.code.text() == "AAAA-BBBB-CCCC"
    assert page.passphrase.text() == chosen
    assert program.window.windowTitle().startswith("Error: ")
    page.server.setText("http://elsewhere.example")
    press(page, "Enrol")
    qtbot.waitUntil(lambda: says(program, NotAnAddress.message), timeout=30_000)
    assert not is_enrolled(tmp_path / "laptop")
