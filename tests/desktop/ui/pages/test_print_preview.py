"""Printing: recipient first, the real pages, and no paper where it is not safe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from desktop.services.print_views import PreparedPrint
from desktop.ui.lanes import InlineLane, Lane
from desktop.ui.pages.page_picture import PageView
from desktop.ui.pages.print_preview import PrintPage
from desktop.ui.printers import PrinterTrouble, QtPrinters
from desktop.ui.window import Window
from tests.desktop.ui.pages import examples
from tests.desktop.ui.pages.examples import Desk
from tests.desktop.ui.pages.pictures import Paper, families
from tests.desktop.ui.pages.walk import click, controls, find, name_of, press, said_on, write

pytestmark = pytest.mark.usefixtures("look")
HALL = "Kyocera in the hall"


def opened(desk: Desk, paper: Paper | QtPrinters, qtbot: QtBot, size: str = "") -> PrintPage:
    lane = InlineLane()
    page = PrintPage(desk, paper, lane, lane, examples.MOMENTS, size)
    window = Window(lambda: None)
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.start(families())
    window.open(page)
    page.load()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return page


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def paper() -> Paper:
    return Paper(HALL)


@pytest.fixture
def page(desk: Desk, paper: Paper, qtbot: QtBot) -> PrintPage:
    return opened(desk, paper, qtbot)


def checked(page: PrintPage) -> None:
    QApplication.processEvents()
    click(page, "I have checked this")


def views(page: PrintPage) -> list[PageView]:
    QApplication.processEvents()
    return [view for view in page.findChildren(PageView) if view.isVisibleTo(page)]


def chosen_size(page: PrintPage) -> str:
    box = find(page, "How large?")
    assert isinstance(box, QComboBox)
    return box.currentText()


def test_nothing_is_shown_or_printed_before_there_is_a_recipient(page: PrintPage) -> None:
    assert views(page) == []
    assert "Who is this copy for?" in said_on(page)
    assert not any(name_of(control).startswith("Print…") for control in controls(page))


def test_the_recipient_brings_the_pages_with_their_words(page: PrintPage, qtbot: QtBot) -> None:
    click(page, "Grace Okafor")
    assert [name_of(view) for view in views(page)] == ["Page 1 of 2", "Page 2 of 2"]
    assert all(view.is_painted for view in views(page))
    assert views(page)[0].accessibleDescription() == examples.TEXT[0]
    assert "2 pages are ready." in said_on(page)
    assert "marked as a draft" in said_on(page)
    assert examples.TEXT[1] not in said_on(page)
    click(page, "Show the words beside the pages")
    assert examples.TEXT[1] in said_on(page)


def test_another_recipient_or_size_makes_other_pages(page: PrintPage, desk: Desk) -> None:
    click(page, "Grace Okafor")
    find(page, "How large?").setFocus()
    press(Qt.Key.Key_Down)
    click(page, "School")
    assert desk.gathered == [("grace", "standard"), ("grace", "large"), ("school", "large")]
    assert "leaves out what the family did not agree to share" in said_on(page)


def test_a_passing_wheel_does_not_change_the_size(page: PrintPage) -> None:
    box, before = find(page, "How large?"), chosen_size(page)
    find(page, "Grace Okafor").setFocus()
    middle, down = QPointF(box.rect().center()), QPoint(0, -120)
    turn = QWheelEvent(
        middle,
        QPointF(box.mapToGlobal(middle.toPoint())),
        QPoint(),
        down,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turn)
    assert chosen_size(page) == before


def test_large_print_is_chosen_when_that_was_asked_for(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, Paper(HALL), qtbot, size="large")
    assert chosen_size(page).startswith("Large print")


def test_where_paper_is_not_safe_nothing_is_prepared_and_the_way_is_shown(
    desk: Desk, paper: Paper, qtbot: QtBot
) -> None:
    desk.now_offered = replace(examples.OFFER, paper=examples.UNSAFE)
    page = opened(desk, paper, qtbot)
    said = said_on(page)
    for words in ("Nothing is printed here", "Do not leave paper", "Last checked", "another way"):
        assert words in said
    assert views(page) == []
    window = page.window()
    assert window.windowTitle() == "Not printed – Your Family"
    with qtbot.waitSignal(page.record_chosen) as chosen:
        click(page, "Open the safety check")
    assert chosen.args == ["safety-1"]
    assert desk.recorded == []


def test_coming_back_from_the_safety_check_asks_again(
    desk: Desk, paper: Paper, qtbot: QtBot
) -> None:
    desk.now_offered = replace(examples.OFFER, paper=examples.UNSAFE)
    page = opened(desk, paper, qtbot)
    window = page.window()
    assert isinstance(window, Window)
    window.open(families())
    desk.now_offered = examples.OFFER
    window.back()
    assert "Who is this copy for?" in said_on(page)
    assert window.windowTitle() == "Print – Your Family"


def test_the_job_is_recorded_before_it_starts_and_given_only_by_the_workers_word(
    page: PrintPage, desk: Desk, paper: Paper
) -> None:
    click(page, "Grace Okafor")
    checked(page)
    click(page, "Print…")
    assert desk.recorded == []
    click(page, "Print 2 pages")
    assert paper.printed == 1
    assert desk.recorded == [("requested", "grace", "standard", HALL)]
    assert not find(page, "Record this").isEnabled()
    click(page, "I gave it to the person it is for")
    click(page, "Record this")
    assert desk.recorded[1:] == [("copy-1", "given", "Grace Okafor", "Handed over")]
    assert "Recorded: the copy was given." in said_on(page)


def test_the_whole_way_by_keys(page: PrintPage, desk: Desk) -> None:
    find(page, "Grace Okafor").setFocus()
    press(Qt.Key.Key_Space)
    find(page, "I have checked this").setFocus()
    press(Qt.Key.Key_Space)
    find(page, "Print…").setFocus()
    press(Qt.Key.Key_Space)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert name_of(focused) == "Printer"
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    find(page, "It was left in the printer").setFocus()
    press(Qt.Key.Key_Space)
    find(page, "Record this").setFocus()
    press(Qt.Key.Key_Space)
    assert desk.recorded[-1] == ("copy-1", "left in the printer")


def test_no_printer_is_said_with_what_to_do(desk: Desk, qtbot: QtBot) -> None:
    paper = Paper()
    page = opened(desk, paper, qtbot)
    click(page, "Grace Okafor")
    checked(page)
    click(page, "Print…")
    assert "This laptop knows no printer" in said_on(page)
    paper.known = (HALL,)
    click(page, "Look again")
    assert find(page, "Print 2 pages").isEnabled()
    click(page, "Not now")
    assert find(page, "Save a copy…").isEnabled()
    assert desk.recorded == []


def test_a_printer_that_fails_half_way_leaves_the_question_what_came_of_it(
    desk: Desk, qtbot: QtBot
) -> None:
    failing = Paper(HALL, error=PrinterTrouble("It stopped half way", "Look at the tray.", 1))
    page = opened(desk, failing, qtbot)
    click(page, "Grace Okafor")
    checked(page)
    click(page, "Print…")
    click(page, "Print 2 pages")
    assert "It stopped half way" in said_on(page)
    assert [entry[0] for entry in desk.recorded] == ["requested"]
    click(page, "Nothing came out")
    click(page, "Record this")
    assert desk.recorded[-1] == ("copy-1", "nothing came out")
    assert "Nothing counts as given." in said_on(page)


def test_saving_a_copy_warns_first_and_the_name_of_the_file_names_nobody(
    page: PrintPage, desk: Desk
) -> None:
    click(page, "Grace Okafor")
    checked(page)
    click(page, "Save a copy…")
    assert "A saved copy is not locked." in said_on(page)
    field = find(page, "Where to save the copy")
    assert QApplication.focusWidget() is field
    offered = field.property("text")
    assert Path(offered).name == "family-plan.pdf"
    press(Qt.Key.Key_A, ctrl=True)
    write("/nowhere/plan.pdf")
    assert desk.recorded == []
    click(page, "Save this copy")
    assert desk.recorded == [("saved", "grace", "/nowhere/plan.pdf")]
    assert "Saved at /nowhere/plan.pdf. It is not locked." in said_on(page)


def test_a_file_that_is_there_is_replaced_only_when_asked_twice(
    page: PrintPage, desk: Desk, tmp_path: Path
) -> None:
    there = tmp_path / "plan.pdf"
    there.write_text("something else")
    click(page, "Grace Okafor")
    checked(page)
    click(page, "Save a copy…")
    press(Qt.Key.Key_A, ctrl=True)
    write(str(there))
    click(page, "Save this copy")
    assert desk.recorded == []
    assert "A file with that name is there already" in said_on(page)
    find(page, "Where to save the copy").setFocus()
    press(Qt.Key.Key_Backspace)
    assert "is there already" not in said_on(page)
    assert find(page, "Save this copy").isEnabled()
    write("f")
    click(page, "Save this copy")
    click(page, "Replace it")
    assert desk.recorded == [("saved", "grace", str(there))]


def test_a_copy_that_cannot_be_saved_is_said(page: PrintPage, desk: Desk) -> None:
    click(page, "Grace Okafor")
    checked(page)
    click(page, "Save a copy…")
    desk.error = PrinterTrouble("The copy was not saved", "Choose another place.")
    click(page, "Save this copy")
    assert "The copy was not saved" in said_on(page)
    assert "Saved at" not in said_on(page)
    assert find(page, "Save a copy…").isEnabled()


def test_a_refusal_that_comes_with_the_pages_is_said(page: PrintPage, desk: Desk) -> None:
    desk.error = PrinterTrouble("Nothing is printed here", "It is not safe to leave paper.")
    click(page, "Grace Okafor")
    assert "It is not safe to leave paper." in said_on(page)
    assert views(page) == []


def test_nothing_leaves_before_it_is_checked_who_it_is_for(page: PrintPage) -> None:
    click(page, "Grace Okafor")
    QApplication.processEvents()
    assert "It names somebody who does not live there: Daniel Bell." in said_on(page)
    assert not find(page, "Print…").isEnabled()
    assert not find(page, "Save a copy…").isEnabled()
    checked(page)
    assert find(page, "Print…").isEnabled()
    click(page, "School")
    QApplication.processEvents()
    assert not find(page, "Print…").isEnabled()


def test_letters_that_cannot_be_drawn_are_told_before_anything_is_printed(
    page: PrintPage, desk: Desk
) -> None:
    click(page, "Grace Okafor")
    assert "cannot be drawn" not in said_on(page)
    desk.boxes = "ਪਜবল"
    click(page, "School")
    said = said_on(page)
    assert "Some letters cannot be drawn" in said
    assert "no typeface for Panjabi and Bengali" in said
    checked(page)
    assert find(page, "Print…").isEnabled()
    desk.boxes = "𐤀\u0378"
    click(page, "Grace Okafor")
    assert "no typeface for Phoenician and some signs" in said_on(page)


def test_somebody_who_is_refused_gets_no_pages_and_the_reason(page: PrintPage, desk: Desk) -> None:
    click(page, "Grace Okafor")
    click(page, "Ray Bell")
    QApplication.processEvents()
    assert "A court order names this person." in said_on(page)
    assert views(page) == []
    assert not any(name_of(control).startswith("Print…") for control in controls(page))
    assert desk.gathered == [("grace", "standard")]


def test_a_manager_may_be_asked_about_somebody_whom_an_order_names(
    page: PrintPage, qtbot: QtBot
) -> None:
    click(page, "Ray Bell")
    with qtbot.waitSignal(page.decision_asked) as asked:
        click(page, "Ask a manager to agree")
    assert asked.args == ["ex"]


def test_a_copy_that_cannot_be_printed_here_is_owed(page: PrintPage, desk: Desk) -> None:
    click(page, "Grace Okafor")
    click(page, "It cannot be printed here…")
    click(page, "Write this down")
    assert desk.recorded == []
    find(page, "How does it reach them safely?").setFocus()
    write("At school on Friday, into her hand")
    click(page, "Write this down")
    how = "At school on Friday, into her hand"
    assert desk.recorded == [("owed", "grace", "standard", how, "2026-03-15")]
    assert "this copy is owed" in said_on(page)


@pytest.fixture
def paper_lane(qtbot: QtBot) -> Iterator[Lane]:
    lane = Lane("paper")
    yield lane
    assert lane.close()


class Slow(Paper):
    """A printer that waits before each page until the test lets it go on."""

    def __init__(self) -> None:
        super().__init__(HALL)
        self.go, self.was_stopped = Event(), False

    def print(
        self,
        prepared: PreparedPrint,
        printer: str,
        moved: Callable[[int], None],
        cancelled: Callable[[], bool],
    ) -> None:
        for page in range(prepared.pages):
            assert self.go.wait(10)
            if cancelled():
                self.was_stopped = True
                raise PrinterTrouble("Printing was stopped", "Pages may still come out.", page)
            moved(page + 1)
        self.printed += 1


@pytest.fixture
def slow_page(desk: Desk, paper_lane: Lane, qtbot: QtBot) -> tuple[PrintPage, Slow]:
    slow = Slow()
    page = PrintPage(desk, slow, InlineLane(), paper_lane, examples.MOMENTS)
    window = Window(lambda: None)
    qtbot.addWidget(window)
    window.start(families())
    window.open(page)
    page.load()
    window.show()
    click(page, "Grace Okafor")
    qtbot.waitUntil(lambda: "I have checked this" in said_on(page))
    qtbot.waitUntil(lambda: all(view.is_painted for view in views(page)))
    checked(page)
    click(page, "Print…")
    qtbot.waitUntil(lambda: "Which printer?" in said_on(page))
    click(page, "Print 2 pages")
    return page, slow


def test_printing_says_how_far_it_is(slow_page: tuple[PrintPage, Slow], qtbot: QtBot) -> None:
    page, slow = slow_page
    assert "0 of 2 pages have gone to the printer" in said_on(page)
    slow.go.set()
    qtbot.waitUntil(lambda: "What became of this copy?" in said_on(page))
    assert slow.printed == 1


def test_printing_can_be_stopped(slow_page: tuple[PrintPage, Slow], qtbot: QtBot) -> None:
    page, slow = slow_page
    click(page, "Stop")
    slow.go.set()
    qtbot.waitUntil(lambda: "What became of this copy?" in said_on(page))
    assert slow.was_stopped
    assert "Printing was stopped" in said_on(page)


def test_leaving_the_page_stops_the_job(
    slow_page: tuple[PrintPage, Slow], paper_lane: Lane, qtbot: QtBot
) -> None:
    page, slow = slow_page
    window = page.window()
    assert isinstance(window, Window)
    window.back()
    slow.go.set()
    qtbot.waitUntil(lambda: not paper_lane.busy)
    assert slow.was_stopped
    assert slow.printed == 0
