"""The pages of casework: what is said, and where each press leads."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.case_views import FamilyPictures, Work
from desktop.ui.pages.directory import DirectoryPage, ServiceCardPage
from desktop.ui.pages.family_pictures import FamilyPicturesPage
from desktop.ui.pages.my_work import MyWorkPage
from desktop.ui.pages.page import Page
from desktop.ui.pages.urgent import UrgentPage
from desktop.ui.window import Window
from forms.casework.directory import Wanted
from forms.casework.genogram import Genogram
from tests.desktop.ui.pages import case_examples, examples, pictures
from tests.desktop.ui.pages.walk import click, find, for_worker, said_on

pytestmark = pytest.mark.usefixtures("look")


def shown(page: Page, qtbot: QtBot) -> Page:
    window = Window(lambda: None)
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.start(page)
    window.show()
    return page


def test_my_work_says_what_is_late_and_opens_it(qtbot: QtBot) -> None:
    page = shown(pictures.my_work(), qtbot)
    said = said_on(page)
    for words in ("Overdue since Fri 6 Mar", "Today, Tue 10 Mar at 15:30", "By Fri 13 Mar"):
        assert words in said
    assert said.index("Overdue") < said.index("The next seven days") < said.index("A baby is due")
    assert isinstance(page, MyWorkPage)
    with qtbot.waitSignal(page.task_chosen) as chosen:
        click(page, "What you said you would do: Ring the housing officer about the damp")
    assert chosen.args == [case_examples.TASKS[0]]


def test_what_to_know_before_the_door_is_closed_until_it_is_asked_for(qtbot: QtBot) -> None:
    page = shown(pictures.my_work(), qtbot)
    assert "Dogs" not in said_on(page)
    click(page, "Know before the door Okafor-Bell family")
    assert "Dogs" in said_on(page)
    assert "Text Grace before you ring." in said_on(page)
    click(page, "Know before the door Okafor-Bell family")
    assert "Dogs" not in said_on(page)
    assert isinstance(page, MyWorkPage)
    with qtbot.waitSignal(page.visit_asked) as asked:
        click(page, "Begin the visit Okafor-Bell family")
    assert asked.args == [examples.FAMILY]


def test_a_day_without_work_says_so(qtbot: QtBot) -> None:
    page = MyWorkPage(examples.MOMENTS)
    shown(page, qtbot)
    page.show_work(Work(case_examples.TODAY))
    assert "No visit is agreed for today." in said_on(page)
    assert "There is nothing to do that the records know of." in said_on(page)


def test_the_chronology_is_narrowed_by_kind_person_and_words(qtbot: QtBot) -> None:
    page = pictures.chronology()
    shown(page, qtbot)
    assert "6 lines" in said_on(page)
    page.kind.setCurrentIndex(page.kind.findData("event"))  # type: ignore[attr-defined]
    assert "2 lines" in said_on(page)
    page.kind.setCurrentIndex(0)  # type: ignore[attr-defined]
    page.person.setCurrentIndex(page.person.findData("Tobi Okafor-Bell"))  # type: ignore[attr-defined]
    assert "2 lines" in said_on(page)
    page.time.setCurrentIndex(page.time.findData(31))  # type: ignore[attr-defined]
    assert "2 lines" in said_on(page)
    page.words.setText("MORNINGS")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "1 line" in said_on(page))
    assert "Visit or contact: To hear how mornings go" in said_on(page)


def test_every_picture_is_said_in_words_and_numbers(qtbot: QtBot) -> None:
    page = shown(pictures.family_pictures(), qtbot)
    said = said_on(page)
    for words in (
        "Tobi Okafor-Bell: age 8, male, lives here",
        "Daniel Bell is father of Tobi Okafor-Bell (it has ended)",
        "Ruth Bell: Pastoral lead, close",
        "Getting a good education, the family: 3 on Tue 20 Jan, 6 on Tue 10 Mar: better by 3.",
        "3 on Tue 10 Mar: lower by 2. It has not lasted.",
        "There is one score so far.",
    ):
        assert words in said


def test_a_family_without_pictures_says_what_is_missing(qtbot: QtBot) -> None:
    page = FamilyPicturesPage(examples.MOMENTS)
    shown(page, qtbot)
    page.show_pictures(FamilyPictures(Genogram((), (), False), (), ()))
    assert "Nobody is written down yet." in said_on(page)
    assert "There are no scores yet." in said_on(page)


def test_the_board_puts_what_is_late_under_how_it_stands_and_advises(qtbot: QtBot) -> None:
    page = shown(pictures.plan_board(), qtbot)
    said = said_on(page)
    assert "3 actions, 1 late" in said
    assert "Name the person, not only the role." in said
    assert "“Support” can mean much: what exactly will they do?" in said
    with qtbot.waitSignal(page.action_chosen) as chosen:  # type: ignore[attr-defined]
        click(page, "Support the boys")
    assert chosen.args == ["plan-1", "/plan/b"]


def test_a_figure_says_where_it_goes_how_fresh_it_is_and_opens_its_own_list(qtbot: QtBot) -> None:
    page = pictures.own_figures()
    shown(page, qtbot)
    said = said_on(page)
    for words in (
        "3 of 4, 75%",
        "Up by 25 points since the quarter before",
        "Up by 2 since the quarter before",
        "Before: to Dec 2025: 7 · to Sep 2025: 6",
    ):
        assert words in said
    assert said.count("Last checked with the council") == 2  # beside each
    assert "Marsh & Whitlow" not in said
    click(page, "Which families Early helps open: episodes")
    with qtbot.waitSignal(page.family_chosen) as chosen:
        click(page, "Marsh & Whitlow")
    assert chosen.args == [case_examples.OTHER]
    click(page, "By level of need Early helps open: episodes")
    assert "3: 4" in said_on(page)


def test_a_published_figure_that_is_another_now_says_both_and_each_group_has_its_list(
    qtbot: QtBot,
) -> None:
    page = pictures.council_figures()
    shown(page, qtbot)
    said = said_on(page)
    assert "1 figure is not what was published then" in said
    assert "It was published as 60 of 80, 75%." in said
    assert "61 of 80, 76%" in said
    click(page, "By level of need Early helps open: episodes")
    with qtbot.waitSignal(page.list_asked) as asked:
        click(page, "2: 5")
    assert asked.args == ["M1", "level", "2"]
    page.show_list("M1", ((examples.FAMILY, "EH-000001"),))
    with qtbot.waitSignal(page.family_chosen) as chosen:
        click(page, "EH-000001")
    assert chosen.args == [examples.FAMILY]
    with qtbot.waitSignal(page.publish_asked):
        click(page, "Publish again")


def test_the_directory_asks_for_what_is_looked_for_and_warns_of_what_is_stale(
    qtbot: QtBot,
) -> None:
    page = pictures.directory()
    assert isinstance(page, DirectoryPage)
    shown(page, qtbot)
    assert "Not checked lately: ring before you send anybody" in said_on(page)
    page.age.setText("4")
    with qtbot.waitSignal(page.wanted) as wanted:
        page.need.setCurrentIndex(page.need.findData("SF10"))
    assert wanted.args == [Wanted("SF10", 4, "", "")]
    with qtbot.waitSignal(page.service_chosen) as chosen:
        click(page, "Leigh Family Hub")
    assert chosen.args == [case_examples.DIRECTORY.found[0]]
    card = shown(pictures.service_card(), qtbot)
    assert "01632 960209" in said_on(card)
    assert "Nobody has checked this lately" in said_on(card)


def test_a_call_that_was_made_is_written_down_from_the_page_of_numbers(qtbot: QtBot) -> None:
    page = UrgentPage(examples.CONTACTS)
    shown(page, qtbot)
    with qtbot.waitSignal(page.call_made):
        click(page, "I have telephoned: write it down")
    locked = UrgentPage(())
    shown(locked, qtbot)
    assert "I have telephoned" not in said_on(locked)


def test_how_it_stands_is_on_the_familys_page_and_what_to_think_of_is_closed(
    qtbot: QtBot,
) -> None:
    page = pictures.family_standing()
    shown(page, qtbot)
    said = said_on(page)
    for words in (
        "Level 3, Early Help, since Mon 2 Feb",
        "Grace Okafor agreed. Daniel Bell has not agreed yet.",
        "Hannah Lowe, since Mon 12 Jan · 01632\u00a0960\u00a0115",
        "Think of a DASH risk check, alone with the person",
        "Was each child heard in the last 12 weeks? Partly. Sam Okafor-Bell",
    ):
        assert words in said
    for_worker(page).close_up()
    assert "DASH" not in said_on(page)
    with qtbot.waitSignal(page.way_asked) as asked:  # type: ignore[attr-defined]
        click(page, "What happened, in order")
    assert asked.args == ["chronology"]
    assert find(page, "Plan board") is not None


def test_a_card_of_a_service_can_be_printed(qtbot: QtBot) -> None:
    page = shown(pictures.service_card(), qtbot)
    assert isinstance(page, ServiceCardPage)
    with qtbot.waitSignal(page.print_asked):
        click(page, "Print a card…")
