"""The team's page: what needs looking at first, and giving a family with a reason."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.pages.team import TeamPage
from tests.desktop.ui.pages.pictures import in_window, team
from tests.desktop.ui.pages.walk import click, said_on

pytestmark = pytest.mark.usefixtures("look")


def test_what_needs_looking_at_comes_first_and_a_family_is_given_with_a_reason(
    qtbot: QtBot,
) -> None:
    page = team()
    assert isinstance(page, TeamPage)
    qtbot.addWidget(in_window(page))
    said = said_on(page)
    assert said.index("A closure waits for a manager") < said.index("All others")
    assert "Nobody has this family." in said
    click(page, "Give to somebody YF-7Q4K-2M")
    why = page.findChild(QLineEdit, "give-why-f1")
    assert why is not None
    why.setText("Tom knows the school.")
    with qtbot.waitSignal(page.asked) as asked:
        click(page, "Give YF-7Q4K-2M")
    assert asked.args == [
        "f1",
        "give",
        {"who": "tom", "why": "Tom knows the school."},
    ]
    page.say("There is no connection. Try again.")
    assert "There is no connection. Try again." in said_on(page)


def test_a_button_waits_for_a_reason_and_one_form_is_open_at_a_time(qtbot: QtBot) -> None:
    page = team()
    qtbot.addWidget(in_window(page))
    click(page, "Take away YF-7Q4K-2M")
    now = page.findChild(QPushButton, "take_away-now-f1")
    assert now is not None
    assert now.isVisibleTo(page)
    assert not now.isEnabled()
    click(page, "Hand over YF-7Q4K-2M")
    assert not now.isVisibleTo(page)
    why = page.findChild(QLineEdit, "hand_over-why-f1")
    assert why is not None
    why.setText("Hannah is leaving.")
    with qtbot.waitSignal(page.asked) as asked:
        click(page, "Hand over now YF-7Q4K-2M")
    assert asked.args == [
        "f1",
        "hand_over",
        {"giver": "hannah", "who": "tom", "why": "Hannah is leaving."},
    ]


def test_only_what_the_role_may_ask_is_offered(qtbot: QtBot) -> None:
    page = team()
    qtbot.addWidget(in_window(page))
    page.offer((("audit", "The audit"),))
    with qtbot.waitSignal(page.way_asked) as asked:
        click(page, "The audit")
    assert asked.args == ["audit"]
    assert "Requests for support" not in said_on(page)
