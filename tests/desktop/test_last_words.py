"""The last words before a page or the desk is left, when the disk will not take them."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import desktop.ui.kept_readable
from desktop.app import Program
from desktop.last_moment import LastMoment
from desktop.ui.ending_signals import EndingSignals
from desktop.ui.pages.check_answers import CheckAnswersPage
from desktop.ui.pages.families import FamiliesPage
from desktop.ui.pages.form import FormPage
from desktop.ui.pages.problem import ProblemPage
from desktop.ui.saving import SaveState
from desktop.vault import Vault
from desktop.vault.departure import read_counts
from desktop.vault.errors import DiskFull
from desktop.vault.folder import VaultFolder
from forms.records.heads import Heads
from tests.desktop.test_bad_days import folder, made_once, start, unlock  # noqa: F401  fixtures
from tests.desktop.vault.making import open_vault

WORDS = "/plan/start/strengths"


@dataclass
class Disk:
    """A disk that refuses while ``full``; the vault's reserve is all the room that is left."""

    full: bool = False
    reserve: bool = True


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    disk = Disk()
    real: dict[str, Callable[..., Any]] = {
        name: getattr(Vault, name) for name in ("write", "seal", "seal_all", "remember")
    }

    def refusing(name: str) -> Callable[..., Any]:
        def act(vault: Vault, *given: Any) -> Any:
            if disk.full:
                raise DiskFull
            return real[name](vault, *given)

        return act

    def release(_: Vault) -> bool:
        released, disk.reserve = disk.reserve, False
        disk.full = disk.full and not released
        return released

    for name in real:
        monkeypatch.setattr(Vault, name, refusing(name))
    monkeypatch.setattr(Vault, "release_reserve", release)
    return disk


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The program does not end the process of the tests; with which codes it would have."""
    codes: list[int] = []
    monkeypatch.setattr(LastMoment, "comes_within", lambda _, __, code: codes.append(code))
    monkeypatch.setattr(QApplication, "quit", lambda *_: None)
    monkeypatch.setattr(QApplication, "exit", lambda *_: None)
    return codes


@pytest.fixture
def form(ended: list[int], start: Callable[[], Program], qtbot: QtBot) -> tuple[Program, FormPage]:  # noqa: F811
    program = start()
    unlock(program, qtbot)
    qtbot.waitUntil(lambda: not program.vault_lane.busy)  # a vault is used by one thread at a time
    unlocked = program.unlocked
    assert unlocked is not None
    record = unlocked.services.records.begin(unlocked.services.families.begin(), "plan")
    unlocked.open_record(record, "")
    qtbot.waitUntil(lambda: isinstance(program.window.page, FormPage))
    page = program.window.page
    assert isinstance(page, FormPage)
    qtbot.waitUntil(lambda: page.saving.state is SaveState.SAVED)
    return program, page


def refuse_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk has no room for one change, and then has room again."""
    real = Vault.write

    def refuse(_: Vault, __: object) -> None:
        monkeypatch.setattr(Vault, "write", real)
        raise DiskFull

    monkeypatch.setattr(Vault, "write", refuse)


def say(page: FormPage, words: str) -> None:
    page.acts.answer(WORDS, words)


def kept(program: Program, page: FormPage) -> str:
    """What the vault holds, read in its lane as everything else is."""
    unlocked = program.unlocked
    assert unlocked is not None
    found: list[str] = []
    vault, record = unlocked.services.vault, page.filling.opened.record

    def read() -> str:
        return Heads(vault.changes(record)).current(WORDS).value

    program.vault_lane.submit(read, found.append)
    while not found:
        QApplication.processEvents()
    return found[0]


def test_words_of_a_page_that_was_left_on_a_full_disk_are_told_and_saved_later(form, disk, qtbot):
    program, page = form
    disk.full = True
    say(page, "They laugh a lot")
    program.window.back()
    qtbot.waitUntil(lambda: isinstance(program.window.page, ProblemPage))
    disk.full = False
    program.window.page.try_again_asked.emit()
    qtbot.waitUntil(lambda: isinstance(program.window.page, FamiliesPage))
    qtbot.waitUntil(lambda: kept(program, page) == "They laugh a lot")


def test_the_window_stays_while_the_last_words_cannot_be_saved(form, disk, ended):
    program, page = form
    disk.full, disk.reserve = True, False
    say(page, "They laugh a lot")
    assert not program.window.close()
    assert isinstance(program.window.page, ProblemPage)
    assert not ended
    disk.full = False
    assert program.window.close()
    assert ended == [0]
    assert kept(program, page) == "They laugh a lot"


def test_closing_on_a_full_disk_uses_the_room_kept_for_it(form, disk):
    program, page = form
    disk.full = True
    say(page, "They laugh a lot")
    assert program.window.close()
    assert not disk.reserve
    assert kept(program, page) == "They laugh a lot"


def test_locking_on_a_full_disk_while_the_lane_is_busy_keeps_the_last_words(form, disk):
    program, page = form
    record, goes_on = page.filling.opened.record, Event()
    program.vault_lane.submit(goes_on.wait)
    disk.full = True
    say(page, "They laugh a lot")
    program.lock()
    goes_on.set()
    program.end()
    vault = open_vault(program._options.folder)
    assert Heads(vault.changes(record)).current(WORDS).value == "They laugh a lot"
    vault.close()


def test_a_lock_waits_for_a_busy_vault_only_while_words_wait(form, qtbot, monkeypatch):
    program, page = form
    allowed: list[float] = []
    monkeypatch.setattr(LastMoment, "comes_within", lambda _, most, __: allowed.append(most))
    goes_on, went_on = Event(), Event()
    program.vault_lane.submit(goes_on.wait)
    say(page, "They laugh a lot")
    program.lock()
    assert min(allowed) > 1
    goes_on.set()
    qtbot.waitUntil(lambda: not program.vault_lane.busy)
    allowed.clear()
    program.vault_lane.submit(went_on.wait)
    program.lock()
    went_on.set()
    assert min(allowed) < 1
    qtbot.waitUntil(lambda: not program.vault_lane.busy)


def test_the_system_ends_the_program_with_the_last_words_kept(form, ended, qtbot):
    program, page = form
    signals = EndingSignals(program.stop, program)
    say(page, "They laugh a lot")
    os.kill(os.getpid(), signal.SIGTERM)
    qtbot.waitUntil(lambda: bool(ended))
    signals.stop()
    assert set(ended) == {0}
    assert kept(program, page) == "They laugh a lot"


def test_a_record_is_not_finished_without_its_last_words(form, qtbot, monkeypatch):
    program, page = form
    say(page, "They laugh a lot")
    page.leave()
    page.check_asked.emit()
    check = program.window.page
    assert isinstance(check, CheckAnswersPage)
    page.filling.answer(WORDS, "They laugh a lot together")
    refuse_once(monkeypatch)
    check.finish_asked.emit("Enough for today")
    qtbot.waitUntil(lambda: isinstance(program.window.page, ProblemPage))
    qtbot.waitUntil(lambda: not program.vault_lane.busy)
    vault = program.unlocked.services.vault
    assert not any("@finalised" in c.answers for c in vault.changes(page.filling.opened.record))


def test_finish_pressed_twice_finishes_once_and_goes_back_to_where_it_was_opened(form, qtbot):
    program, page = form
    program.window.back()
    qtbot.waitUntil(lambda: not program.vault_lane.busy)
    program.unlocked.open_family(page.filling.opened.family)
    below = program.window.page
    program.unlocked.open_record(page.filling.opened.record, "")
    program.unlocked.open_record(page.filling.opened.record, "")
    qtbot.waitUntil(lambda: isinstance(program.window.page, FormPage))
    qtbot.waitUntil(lambda: not program.vault_lane.busy)
    program.window.page.check_asked.emit()
    check = program.window.page
    assert isinstance(check, CheckAnswersPage)
    check.reason.setText("Enough for today")
    check.finish.click()
    check.finish.click()
    qtbot.waitUntil(lambda: not program.vault_lane.busy)
    assert program.window.page is below
    changes = program.unlocked.services.vault.changes(page.filling.opened.record)
    assert sum("@finalised" in change.answers for change in changes) == 1


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desktop.ui.kept_readable, "AFTER_WRITING", 1)


def test_what_is_being_written_is_soon_readable_for_the_council(soon, form, folder, qtbot):  # noqa: F811
    """Counted without a name in the file beside it; nothing was hidden, locked or left."""
    program, page = form
    say(page, "They laugh a lot")
    qtbot.waitUntil(lambda: page.saving.state is SaveState.SAVED)
    vault = program.unlocked.services.vault
    counted = VaultFolder(folder).counts
    qtbot.waitUntil(counted.exists)
    qtbot.waitUntil(lambda: not program.vault_lane.busy)
    here = vault.changes(page.filling.opened.record)
    assert read_counts(VaultFolder(folder)).changes >= len(here)
    assert any(change.number == 0 for change in here)  # open: somebody writes on


def test_a_record_that_is_open_on_a_page_below_is_gone_back_to(form, qtbot):
    program, page = form
    program.window.help_asked.emit()
    assert program.window.page is not page
    program.unlocked.open_record(page.filling.opened.record, WORDS)
    assert program.window.page is page
    qtbot.waitUntil(lambda: not program.vault_lane.busy)
    assert [type(one) for one in program.window.pages].count(FormPage) == 1
