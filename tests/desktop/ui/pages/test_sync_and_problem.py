"""Sync tells the truth about itself; the problem page is calm and honest."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services.trouble import Trouble
from desktop.services.views import SyncProgress, SyncState, SyncStep
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.pages.problem import ProblemPage
from desktop.ui.pages.progress import Progress
from desktop.ui.pages.sync import SyncPage
from desktop.ui.pages.trouble import trouble_of
from desktop.ui.window import Window
from tests.desktop.ui.pages import examples
from tests.desktop.ui.pages.walk import click, find, name_of, press, said_on

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def page(qtbot: QtBot) -> SyncPage:
    made = SyncPage(examples.MOMENTS)
    made.show_state(examples.STATE)
    window = Window(lambda: None)
    qtbot.addWidget(window)
    window.start(made)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return made


def notice_of(page: SyncPage) -> Notice:
    QApplication.processEvents()
    notices = [n for n in page.findChildren(Notice) if n.isVisibleTo(page)]
    assert len(notices) == 1
    return notices[0]


def test_it_says_what_waits_and_starts_by_key(page: SyncPage, qtbot: QtBot) -> None:
    assert "12 changes and 1 picture or signature wait to be sent." in said_on(page)
    find(page, "Sync now").setFocus()
    with qtbot.waitSignal(page.sync_asked):
        press(Qt.Key.Key_Space)


def test_what_the_council_has_not_taken_is_told_with_its_words(
    page: SyncPage, qtbot: QtBot
) -> None:
    page.show_state(examples.SET_ASIDE)
    theirs, gone = examples.SET_ASIDE.set_aside
    assert all(line in said_on(page) for line in theirs.lines)
    assert gone.name in notice_of(page).accessibleName()
    assert gone.lines[0] in said_on(page)
    with qtbot.waitSignal(page.family_chosen, check_params_cb=lambda each: each == theirs.family):
        click(page, theirs.name)
    page.show_state(SyncState())
    assert gone.lines[0] not in said_on(page)


def test_when_a_sign_in_is_due_it_is_the_one_thing_to_press(page: SyncPage, qtbot: QtBot) -> None:
    page.started()
    told = Trouble("Sign in to get what is new", "What you wrote is handed in.")
    page.finished(replace(examples.OUTCOME, trouble=told, sign_in_due=True))
    assert page.sign_in_button.hasFocus()
    assert not page.sync_button.isVisible()
    with qtbot.waitSignal(page.sign_in_asked):
        press(Qt.Key.Key_Space)
    page.started()
    page.finished(examples.OUTCOME)
    assert not page.sign_in_button.isVisible()


def test_progress_says_what_how_many_and_how_much_is_left(page: SyncPage) -> None:
    page.started()
    assert "Looking for the council's system" in said_on(page)
    page.show_progress(SyncProgress(SyncStep.SENDING, 4, 12))
    assert "Sending changes: 4 of 12, 8 left" in said_on(page)
    bar = page.findChild(Progress)
    assert isinstance(bar, Progress)
    assert (bar.value(), bar.maximum()) == (4, 12)
    page.show_progress(SyncProgress(SyncStep.FETCHING, 7))
    assert "Fetching changes: 7 so far" in said_on(page)
    assert bar.value() == 0
    page.show_progress(SyncProgress(SyncStep.TIDYING))
    assert "Putting what came in its place" in said_on(page)


def test_each_step_is_announced_once_not_each_number(page: SyncPage, qtbot: QtBot) -> None:
    said: list[str] = []
    page._announcer.said.connect(lambda words, _: said.append(words))
    page.started()
    for done in range(12):
        page.show_progress(SyncProgress(SyncStep.SENDING, done, 12))
    page.finished(examples.OUTCOME)
    assert len(said) == 3
    assert "Checked with the council at 14:02" in said[-1]


def test_stopping_says_so_once_and_focus_comes_back(page: SyncPage, qtbot: QtBot) -> None:
    page.started()
    assert QApplication.focusWidget() is page.cancel_button
    with qtbot.waitSignal(page.cancel_asked):
        press(Qt.Key.Key_Space)
    assert "Stopping after what is on its way." in said_on(page)
    assert not page.cancel_button.isEnabled()
    outcome = replace(
        examples.OUTCOME, sent=4, received=0, news=(), cancelled=True, state=SyncState(waiting=8)
    )
    page.finished(outcome)
    assert "Stopped when you asked" in said_on(page)
    assert "8 changes wait to be sent." in said_on(page)
    assert find(page, "Sync now").isEnabled()


def test_afterwards_it_says_what_changed_for_whom(page: SyncPage, qtbot: QtBot) -> None:
    page.started()
    page.finished(examples.OUTCOME)
    assert notice_of(page).kind is Kind.DONE
    assert "Checked with the council at 14:02" in said_on(page)
    assert "12 changes sent, 5 changes received." in said_on(page)
    news = find(page, "Okafor-Bell family")
    assert "Who is in the family: 2 answers from Meera Shah" in name_of(news)
    with qtbot.waitSignal(page.family_chosen) as chosen:
        click(page, "Okafor-Bell family")
    assert chosen.args == [examples.FAMILY]


def test_offline_is_normal_and_other_trouble_is_a_caution(page: SyncPage) -> None:
    page.finished(examples.OFFLINE)
    assert notice_of(page).kind is Kind.INFO
    assert "Carry on working" in notice_of(page).text
    refused = Trouble("The council's system had a fault", "Nothing is lost. Try again later.")
    page.finished(replace(examples.OFFLINE, offline=False, trouble=refused))
    assert notice_of(page).kind is Kind.CAUTION


def test_a_new_sync_clears_what_the_last_one_said(page: SyncPage) -> None:
    page.finished(examples.OUTCOME)
    page.started()
    assert "What changed" not in said_on(page)


def test_the_problem_page_says_what_is_safe_and_where_the_report_is(qtbot: QtBot) -> None:
    page = ProblemPage(report="/reports/one.txt")
    qtbot.addWidget(page)
    said = said_on(page)
    assert "Nothing that was shown as saved is lost." in said
    assert "/reports/one.txt" in said
    with qtbot.waitSignal(page.go_on_asked):
        click(page, "Carry on")
    with qtbot.waitSignal(page.close_asked):
        click(page, "Close the program")


def test_unsaved_words_are_not_called_safe(qtbot: QtBot) -> None:
    page = ProblemPage(Trouble("This laptop's disk is full", "Remove files."), unsaved=True)
    qtbot.addWidget(page)
    said = said_on(page)
    assert "Nothing that was shown as saved is lost" not in said
    assert "not saved yet" in said
    with qtbot.waitSignal(page.try_again_asked):
        click(page, "Try again")
    with qtbot.waitSignal(page.close_asked):
        click(page, "Close without them")


def test_no_error_shows_its_own_text_to_people() -> None:
    told = trouble_of(ValueError("Grace Okafor said no"))
    assert "Grace" not in told.title + told.message
    assert told.title
