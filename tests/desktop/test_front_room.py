"""An ordinary day in the real window: pressing twice, copying, families that leave."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication

from desktop.services.families import FamilyGone
from desktop.ui.clipboard import CONCEALED
from desktop.ui.pages.families import FamiliesPage
from desktop.ui.pages.family import FamilyPage
from desktop.ui.pages.form import FormPage
from desktop.ui.pages.problem import ProblemPage
from tests.desktop.test_bad_days import (  # noqa: F401  fixtures
    folder,
    made_once,
    start,
    unlock,
    words_of,
)
from tests.desktop.ui.pages.walk import wait_until_whole


@pytest.fixture
def program(start, qtbot):  # noqa: F811
    program = start()
    unlock(program, qtbot)
    qtbot.waitUntil(lambda: not program.vault_lane.busy)  # a vault is used by one thread at a time
    return program


def test_new_family_pressed_twice_begins_one(program, qtbot):
    page = program.window.page
    page.new_button.click()
    page.new_button.click()
    qtbot.waitUntil(lambda: isinstance(program.window.page, FamilyPage))
    qtbot.waitUntil(lambda: not program.vault_lane.busy)
    assert len(program.unlocked.services.vault.families()) == 1


def test_a_step_chosen_twice_begins_one_record(program, qtbot):
    services = program.unlocked.services
    family = services.families.begin()
    step = next(s for s in services.families.overview(family).steps if s.form == "plan")
    program.unlocked.open_family(family)
    program.window.page.step_chosen.emit(step)
    program.window.page.step_chosen.emit(step)
    qtbot.waitUntil(lambda: isinstance(program.window.page, FormPage))
    qtbot.waitUntil(lambda: not program.vault_lane.busy)
    assert len(services.vault.records(family)) == 1


def test_of_a_record_asked_for_twice_the_later_reading_is_shown(program, qtbot):
    """Or words written on the first page, and left, would be unknown to the second."""
    unlocked = program.unlocked
    record = unlocked.services.records.begin(unlocked.services.families.begin(), "plan")
    gate = Event()
    between: list[None] = []
    unlocked.open_record(record, "")
    program.vault_lane.submit(lambda: None, between.append)
    program.vault_lane.submit(gate.wait)
    unlocked.open_record(record, "")
    qtbot.waitUntil(lambda: bool(between))
    wait_until_whole(program.window.page)
    assert isinstance(program.window.page, FamiliesPage)
    gate.set()
    qtbot.waitUntil(lambda: isinstance(program.window.page, FormPage))


def test_a_family_that_has_left_says_so_and_leads_back(program, qtbot):
    program.unlocked.open_family("018f3c00-0000-7000-8000-00000000dead")
    qtbot.waitUntil(lambda: isinstance(program.window.page, ProblemPage))
    assert FamilyGone.title in words_of(program.window.page)
    program.window.page.go_on_asked.emit()
    assert isinstance(program.window.page, FamiliesPage)


def test_what_was_copied_is_concealed_and_gone_after_the_end(program, monkeypatch):
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: True)  # offscreen cannot tell
    clipboard = QApplication.clipboard()
    clipboard.setText("He shouts at night")
    assert clipboard.text() == "He shouts at night"
    assert all(clipboard.mimeData().hasFormat(kind) for kind in CONCEALED)
    program.end()
    assert clipboard.text() == ""
