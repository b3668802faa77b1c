"""The team's page: what needs looking at first, and giving a family with a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.pages.matters import Deed, Matter, MattersPage, Question
from desktop.ui.pages.team import TeamPage, matters_of
from tests.desktop.ui.pages.case_examples import TEAM
from tests.desktop.ui.pages.examples import MOMENTS
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
    last, who = (page.findChild(QWidget, name) for name in ("take_away-f1", "give-who-f1"))
    assert last is not None
    assert last.nextInFocusChain() is who, "Tab leaves the card before its form"
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


def test_a_redraw_keeps_an_open_form_its_words_and_the_place_in_it(qtbot: QtBot) -> None:
    page = team()
    window = in_window(page)
    qtbot.addWidget(window)
    click(page, "Hand over YF-7Q4K-2M")
    why = page.findChild(QLineEdit, "hand_over-why-f1")
    assert why is not None
    why.setText("Hannah is lea")
    why.setFocus()
    later = replace(TEAM, lines=(TEAM.lines[0], replace(TEAM.lines[1], level=2)))
    page.show_matters(matters_of(later, MOMENTS))
    assert "level 2" in said_on(page)
    again = page.findChild(QLineEdit, "hand_over-why-f1")
    assert again is not None
    assert again is not why
    assert (again.text(), again.isVisibleTo(page)) == ("Hannah is lea", True)
    assert window.focusWidget() is again
    assert "Give to somebody YF-9D2P-6T" in said_on(page)

    page.show_matters(matters_of(TEAM, MOMENTS), ("f1", "hand_over"))
    done = page.findChild(QLineEdit, "hand_over-why-f1")
    assert done is None, "what was done is asked again"


def test_the_same_caseload_again_moves_nothing_under_a_pointer(qtbot: QtBot) -> None:
    page = team()
    qtbot.addWidget(in_window(page))
    before = page.findChild(QPushButton, "give-f1")
    page.show_matters(matters_of(TEAM, MOMENTS))
    assert page.findChild(QPushButton, "give-f1") is before


def test_a_manager_is_told_how_many_actions_could_be_clearer() -> None:
    lines = tuple(replace(line, unclear=n) for n, line in enumerate(TEAM.lines))
    said = [matter.lines for matter in matters_of(replace(TEAM, lines=lines), MOMENTS)]
    assert sum("1 action of the plan could be clearer" in each for each in said) == 1


def test_a_note_is_about_what_there_is_to_look_at(qtbot: QtBot) -> None:
    page = team()
    qtbot.addWidget(in_window(page))
    click(page, "Write an oversight note YF-7Q4K-2M")
    words = page.findChild(QPlainTextEdit, "note-words-f1")
    assert words is not None
    words.setPlainText("Two reviews, and the same level.")
    with qtbot.waitSignal(page.asked) as asked:
        click(page, "Keep this note in the family's record YF-7Q4K-2M")
    said = {"occasion": "closure", "weeks": "4", "words": "Two reviews, and the same level."}
    assert asked.args == ["f1", "note", said]


def test_what_cannot_be_undone_is_asked_twice_and_says_what_will_happen(qtbot: QtBot) -> None:
    page = MattersPage("Laptops")
    sure = "Everything on it is destroyed."
    page.show_matters([Matter("m", "Blue laptop", (), (), (Deed("w", "Wipe", (), "Now", sure),))])
    qtbot.addWidget(in_window(page))
    with qtbot.assertNotEmitted(page.asked):
        click(page, "Wipe Blue laptop")
    assert sure in said_on(page)
    with qtbot.waitSignal(page.asked) as asked:
        click(page, "Now Blue laptop")
    assert asked.args == ["m", "w", {}]


def test_a_long_list_comes_in_parts_and_a_family_is_found_by_its_number(qtbot: QtBot) -> None:
    deeds = (Deed("take", "Take on", (Question("why", "Why"),), "Take it on now"),)
    many = [Matter(f"m{n}", f"EH-{n:06d}", ("Tom Reed",), deeds=deeds) for n in range(60)]
    page = MattersPage("Anything")
    qtbot.addWidget(in_window(page))
    page.show_matters(many[:12])
    assert not page.looking_for.isVisible()
    page.show_matters(many)
    assert page.looking_for.isVisible()
    assert "12 of 60 are shown." in said_on(page)
    assert "EH-000012" not in said_on(page)
    click(page, "Show more of this list")
    assert "24 of 60 are shown." in said_on(page)
    click(page, "Take on EH-000019")
    why = page.findChild(QLineEdit, "take-why-m19")
    assert why is not None
    why.setText("I know the school.")
    page.looking_for.setText("eh-000057 reed")
    qtbot.waitUntil(lambda: "EH-000057" in said_on(page))
    assert "EH-000000" not in said_on(page)
    kept = page.findChild(QLineEdit, "take-why-m19")
    assert kept is not None
    assert kept.text() == "I know the school.", "what was typed went with the list"
    page.looking_for.setText("nobody")
    qtbot.waitUntil(lambda: "EH-000057" not in said_on(page))
    page.show_matters(many, ("m19", "take"))
    assert "Nothing here says that." in said_on(page)


def test_what_is_pressed_twice_is_asked_once(qtbot: QtBot) -> None:
    deed = Deed("note", "Write a note", (Question("words", "Why"),), "Keep this note")
    page = MattersPage("Anything")
    qtbot.addWidget(in_window(page))
    matter = Matter("m1", "EH-000001", (), deeds=(deed,))
    page.show_matters([matter])
    asked: list[str] = []
    page.asked.connect(lambda _matter, key, _said: asked.append(key))
    click(page, "Write a note EH-000001")
    why = page.findChild(QLineEdit, "note-words-m1")
    assert why is not None
    why.setText("It drifts.")
    click(page, "Keep this note EH-000001")
    click(page, "Keep this note EH-000001")
    assert asked == ["note"]
    assert "Asking the council ..." in said_on(page)
    page.show_matters([matter])  # somebody came back to the page: it is still under way
    click(page, "Keep this note EH-000001")
    page.say("There is no connection. Try again.")
    assert "Asking the council ..." not in said_on(page)
    click(page, "Keep this note EH-000001")
    assert asked == ["note", "note"]
