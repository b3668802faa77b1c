"""The council publishes a changed form while a record is open on it, at the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.options import Options
from desktop.services.clock import Clock
from desktop.services.enrolling import enrol
from desktop.ui.pages.form import FormPage
from desktop.ui.pages.sync import SyncPage
from desktop.vault.passphrase_cost import FLOOR
from sync.ehm import council, packs
from tests.desktop.services.changed_form import NEXT, OTHERS, REWORDED, WHO_ELSE, changed_pack
from tests.desktop.test_bad_days import unlock, words_of
from tests.desktop.vault.making import PASSPHRASE
from tests.resources.shipped import pack_bytes
from tests.sync.running_ehm import RunningEhm, running_ehm


def publish(ehm: RunningEhm, pack: bytes) -> None:
    with ehm.store.writing() as connection:
        packs.publish(connection, council.read(connection), pack, ehm.clock())


@pytest.fixture
def ehm(tmp_path: Path) -> Iterator[RunningEhm]:
    with running_ehm(f"sqlite:///{tmp_path}/ehm.db") as running:
        publish(running, pack_bytes())
        yield running


@pytest.fixture
def program(ehm: RunningEhm, tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Program]:
    folder, clock = tmp_path / "laptop", Clock(ehm.clock)
    enrol(folder, bytearray(PASSPHRASE), ehm.url, ehm.code("Priya Shah"), clock, cost=FLOOR)
    begun = Program(qapp, Options(folder), clock)
    begun.start()
    unlock(begun, qtbot)
    yield begun
    begun.end()


def form_on(program: Program, qtbot: QtBot, path: str) -> FormPage:
    """The form on the screen, once it asks this question."""

    def asks() -> bool:
        page = program.window.page
        return isinstance(page, FormPage) and page.block(path) is not None

    qtbot.waitUntil(asks)
    page = program.window.page
    assert isinstance(page, FormPage)
    return page


def type_at(page: FormPage, path: str, words: str) -> None:
    block = page.block(path)
    assert block is not None
    QTest.keyClicks(block.field.controls()[0], words)


def reads(page: FormPage, path: str) -> str:
    block = page.block(path)
    return "" if block is None else block.field.value()


def test_a_form_is_published_while_a_record_is_open_and_the_worker_goes_on_and_back(
    program, ehm, qtbot, tmp_path
):
    unlocked = program.unlocked
    services, family = unlocked.services, unlocked.services.families.begin()
    record = services.records.begin(family, "visit_note")
    unlocked.open_family(family)
    unlocked.open_record(record, "")
    page = form_on(program, qtbot, OTHERS)
    type_at(page, OTHERS, "Gran")

    publish(ehm, changed_pack(tmp_path / "changed", pack_bytes()))
    unlocked.open_sync()
    sync_page = program.window.page
    assert isinstance(sync_page, SyncPage)
    qtbot.waitUntil(lambda: "The council has sent new forms" in words_of(sync_page))
    assert "as soon as no record is open" in words_of(sync_page)
    assert services.packs.newest.version != NEXT  # a record is open below
    program.window.back()
    assert reads(page, OTHERS) == "Gran"
    assert not page.changed.isVisible()

    program.window.back()
    unlocked.open_record(record, "")
    page = form_on(program, qtbot, OTHERS)
    assert services.packs.newest.version == NEXT
    assert "The council has changed this form" in words_of(page)
    QTest.mouseClick(page.changed.show_them, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: REWORDED in words_of(page))
    type_at(page, OTHERS, " and her dog")  # not saved yet
    QTest.mouseClick(page.changed.go_on, Qt.MouseButton.LeftButton)

    page = form_on(program, qtbot, WHO_ELSE)
    assert reads(page, WHO_ELSE) == "Gran and her dog"
    assert "goes on in the council's new form" in words_of(page)
    QTest.mouseClick(page.changed.go_back, Qt.MouseButton.LeftButton)
    page = form_on(program, qtbot, OTHERS)
    assert reads(page, OTHERS) == "Gran and her dog"
    qtbot.waitUntil(lambda: not program.vault_lane.busy)
