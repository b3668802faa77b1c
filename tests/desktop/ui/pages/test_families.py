"""The list of families: what it says, what it finds, where it leads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services.roles import duties_of
from desktop.services.views import FamilySummary, SyncState
from desktop.ui.pages.families import FamiliesPage
from desktop.ui.window import Window
from tests.desktop.ui.pages import examples
from tests.desktop.ui.pages.pictures import families
from tests.desktop.ui.pages.walk import click, find, name_of, press, said_on, write

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def page(qtbot: QtBot) -> FamiliesPage:
    made = families()
    assert isinstance(made, FamiliesPage)
    window = Window(lambda: None)
    qtbot.addWidget(window)
    window.start(made)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return made


def test_each_family_says_how_it_stands(page: FamiliesPage) -> None:
    words = name_of(find(page, "Okafor-Bell family"))
    for said in (
        "YF-7Q4K-2M",
        "last written 13:37",
        "12 changes wait to be sent",
        "New from Meera Shah (school nurse)",
    ):
        assert said in words
    assert "1 change waits to be sent" in name_of(find(page, "No name yet"))
    assert "Tom Reilly and Ana Petrova" in name_of(find(page, "Llewellyn family"))


def test_the_list_says_nothing_of_answers_that_differ(page: FamiliesPage) -> None:
    assert examples.FAMILIES[0].conflicts == 1
    words = " ".join((name_of(find(page, "Okafor-Bell family")), said_on(page)))
    assert "differ" not in words
    assert "settl" not in words


def test_the_state_of_sync_is_said_without_alarm(page: FamiliesPage) -> None:
    assert "12 changes and 1 picture or signature wait to be sent." in said_on(page)
    assert "Last checked with the council Wed 09:02." in said_on(page)
    assert "Take care" not in said_on(page)
    page.show_sync(SyncState())
    assert "Everything here has been sent to the council." in said_on(page)
    assert "Not checked with the council yet." in said_on(page)


def test_after_too_many_days_there_is_a_caution(page: FamiliesPage) -> None:
    page.show_sync(replace(examples.STATE, overdue=True))
    assert "It is time to sync" in said_on(page)
    page.show_sync(examples.STATE)
    assert "It is time to sync" not in said_on(page)


def test_a_family_opens_by_key_and_by_mouse(page: FamiliesPage, qtbot: QtBot) -> None:
    find(page, "Okafor-Bell family").setFocus()
    with qtbot.waitSignal(page.family_chosen) as chosen:
        press(Qt.Key.Key_Space)
    assert chosen.args == [examples.FAMILY]
    with qtbot.waitSignal(page.family_chosen) as chosen:
        click(page, "Okafor-Bell family")
    assert chosen.args == [examples.FAMILY]


def test_searching_asks_once_when_the_fingers_rest(page: FamiliesPage, qtbot: QtBot) -> None:
    asked: list[str] = []
    page.search_asked.connect(asked.append)
    page.search_field.setFocus()
    write("bell ")
    assert asked == []
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == ["bell"]
    write("x")
    press(Qt.Key.Key_Return)
    assert asked == ["bell", "bell x"]


def test_a_search_that_is_out_of_date_changes_nothing(page: FamiliesPage, qtbot: QtBot) -> None:
    page.search_field.setFocus()
    write("bell")
    page.show_families((), "be")
    assert find(page, "Llewellyn family").isVisible()
    page.show_families(examples.FAMILIES[:1], "bell")
    qtbot.waitUntil(lambda: find(page, "Okafor-Bell").isVisible())
    assert "1 family" in said_on(page)
    assert "Llewellyn" not in said_on(page)
    assert QApplication.focusWidget() is page.search_field


def test_nothing_found_and_nothing_there_are_two_things(page: FamiliesPage, qtbot: QtBot) -> None:
    page.show_families(())
    qtbot.waitUntil(lambda: "No families on this laptop yet" in said_on(page))
    page.search_field.setFocus()
    write("zzz")
    page.show_families((), "zzz")
    qtbot.waitUntil(lambda: "No family is found by that" in said_on(page))
    assert "No families on this laptop yet" not in said_on(page)


def test_a_thousand_families_are_shown_a_part_at_a_time(page: FamiliesPage) -> None:
    many = [FamilySummary(f"family-{n}", f"YF-{n:04}", f"Family {n}.") for n in range(1000)]
    page.show_families(many)
    said = said_on(page)
    assert "1000 families" in said
    assert "Family 59." in said
    assert "Family 60." not in said
    click(page, "Show more of 940 others")
    assert "Family 119." in said_on(page)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert name_of(focused).startswith("Family 60.")


def test_new_family_and_sync_are_one_press_away(page: FamiliesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.new_family_asked):
        click(page, "New family")
    with qtbot.waitSignal(page.sync_asked):
        click(page, "Sync with the council")


def test_what_people_wrote_is_never_markup(page: FamiliesPage) -> None:
    page.show_families((FamilySummary("f", "YF-1", "<b>Bold</b> & Sons"),))
    assert "<b>Bold</b> & Sons" in name_of(find(page, "<b>"))


def test_a_merged_family_and_one_to_be_rung_about_say_so(page: FamiliesPage) -> None:
    first, other = examples.FAMILIES[:2]
    ring = "A coordinator will ring you about this family."
    page.show_families([replace(first, merged=("EH-000112",)), replace(other, notice=ring)])
    words = name_of(find(page, "Okafor-Bell family"))
    assert "YF-7Q4K-2M and EH-000112" in words
    assert "shown here as one family" in words
    words = name_of(find(page, "Marsh & Whitlow"))
    assert ring in words.replace("\u200b", "")
    assert "as one family" not in words


def test_the_first_page_offers_a_role_its_own_work_alone(qtbot: QtBot) -> None:
    def offered(role: str) -> str:
        page = FamiliesPage(examples.MOMENTS)
        qtbot.addWidget(page)
        page.offer(duties_of(role), with_team=duties_of(role).oversees)
        page.show_families(())
        page.show()
        return said_on(page)

    worker, guest, analyst = map(offered, ("worker", "contributor", "analyst"))
    governance = offered("information governance")
    for words in ("New family", "My work", "Measures", "Find a family", "Copies owed"):
        assert words in worker
        assert words not in governance
    assert ("New family" in guest, "Measures" in guest) == (False, False)
    assert "If families were given to you" in guest
    assert ("Measures" in analyst, "My work" in analyst, "The team" in analyst) == (1, 0, 0)
    assert "Your role is shown no families" in analyst
    assert "The team" in governance
