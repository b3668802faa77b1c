"""The team's page: what needs looking at first, and giving a family with a reason."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit
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
    why = page.findChild(QLineEdit, "why-f1")
    assert why is not None
    why.setText("Tom knows the school.")
    with qtbot.waitSignal(page.give_asked) as asked:
        click(page, "Give YF-7Q4K-2M")
    assert asked.args == ["f1", "tom", "Tom knows the school."]
    page.say("There is no connection. Try again.")
    assert "There is no connection. Try again." in said_on(page)
