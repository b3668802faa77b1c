"""The laptop in somebody else's hands: no key, click, menu or question leads out of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QMenu, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.services.filling import Filling
from desktop.services.sight import Sight
from desktop.ui.lanes import InlineLane
from desktop.ui.look.menu import Menu
from desktop.ui.pages.beside import WORRY_KEY, BesidePage
from desktop.ui.pages.families import FamiliesPage
from desktop.ui.pages.page import Page
from desktop.ui.questions.photo import Photo
from desktop.ui.questions.select_one import SelectOne
from desktop.ui.saving import Saving
from desktop.ui.window import Window
from forms.casework.told_before import CARRIED_FROM
from forms.manifest import KeptFrom
from forms.records.answer import Answer
from forms.records.change import Written
from forms.records.protective import Protective
from tests.desktop.ui.filled_forms import Desk, definition_of
from tests.desktop.ui.form.test_form_page import OUR_WEEK, PET, ROOMS, change
from tests.desktop.ui.pages import examples
from tests.desktop.ui.pages.walk import controls, name_of, said_on
from tests.desktop.ui.questions.test_types import EVERY_TYPE

WITH_PHOTO = EVERY_TYPE.replace(
    "| | end_group ", "| | image | paper | Paper | | | | | |\n| | end_group ", 1
)
PHOTO = """
| survey |
| | type | name | label |
| | image | paper | Paper |
"""
GUIDED = """
| survey |
| | type | name | label | hint | guidance_hint |
| | text | words | What I want to say | As you like to say it | Write the child's own words. |
"""
NOT_CLICKED = ("Worker", "Hide", "Lock", "Text and colours", "Next", "Back")


def beside(
    filling: Filling, desk: Desk, sight: Sight | None = None, *, for_child: bool = False
) -> BesidePage:
    saving = Saving(filling, InlineLane(), desk.write, desk.seal)
    page = BesidePage(filling, saving, desk.around, sight or Sight(), for_child=for_child)
    saving.setParent(page)
    return page


def opened(
    table: str, qtbot: QtBot, sight: Sight | None = None, *, for_child: bool = False
) -> tuple[Window, BesidePage]:
    """The page over another family's list, as it is in a home."""
    desk = Desk()
    page = beside(desk.filling(definition_of(table)), desk, sight, for_child=for_child)
    window = Window(lambda: None)
    qtbot.addWidget(window)
    window.resize(1100, 800)
    families = FamiliesPage(examples.MOMENTS)
    families.show_families(examples.FAMILIES)
    window.start(families)
    window.open(page)
    with qtbot.waitActive(window):
        window.show()
    page.blocks()
    QApplication.processEvents()
    return window, page


def others_names() -> Iterator[str]:
    return (line.name for line in examples.FAMILIES if line.name)


@pytest.mark.parametrize("for_child", [False, True], ids=["family", "child"])
def test_no_click_and_no_line_of_a_menu_leads_out(
    for_child: bool, qtbot: QtBot, look: None
) -> None:
    window, page = opened(WITH_PHOTO, qtbot, for_child=for_child)
    windows = set(QApplication.topLevelWidgets())
    clicked: set[str] = set()
    for _ in range(len(list(page.filling.session.root.walk())) if for_child else 1):
        for control in controls(window):
            is_there = isValid(control) and control.isEnabled()
            if is_there and not name_of(control).startswith(NOT_CLICKED):
                clicked.add(name_of(control))
                QTest.mouseClick(control, Qt.MouseButton.LeftButton)
                _take_every_way_out(page, windows)
                assert window.page is page
        page.forward.click()
    assert len(clicked) > 45
    assert not any(name in said_on(window) for name in others_names())


def _take_every_way_out(page: Page, windows: set[QWidget]) -> None:
    """Choose what a menu offers; nothing but a menu, a list or a calendar may have opened."""
    popup = QApplication.activePopupWidget()
    if isinstance(popup, QMenu):
        assert isinstance(popup, Menu)
        for action in popup.actions():
            action.trigger()
    if popup is not None:
        popup.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for one in set(QApplication.topLevelWidgets()) - windows:
        is_small = isinstance(one, QMenu | QCalendarWidget) or one.inherits(
            "QComboBoxPrivateContainer"
        )
        assert is_small or not one.isVisible(), f"{one} opened"


def test_the_pictures_of_the_laptop_are_not_theirs_to_look_through(
    qtbot: QtBot, look: None
) -> None:
    window, page = opened(PHOTO, qtbot)
    field = next(b.field for b in page.blocks() if isinstance(b.field, Photo))
    assert field.controls() == []
    assert not any(tool.isVisible() for tool in (field.choose, field.camera, field.remove))
    assert "The worker can add a picture here afterwards." in said_on(window)


def test_the_worry_key_works_from_every_control_and_shows_nothing(qtbot: QtBot, look: None) -> None:
    window, page = opened(EVERY_TYPE, qtbot)
    worried: list[bool] = []
    page.worried.connect(lambda: worried.append(True))
    page.leave()
    before, answers = said_on(window), page.filling.session.answers()
    asked = 0
    for control in [control for block in page.blocks() for control in block.stops()]:
        control.setFocus()
        if control.hasFocus():
            asked += 1
            QTest.keyClick(control, WORRY_KEY)
    assert said_on(window) == before
    assert page.filling.session.answers() == answers
    assert asked > 40
    assert len(worried) == asked


def test_no_clash_no_author_no_menu_and_nothing_that_waits_is_said(
    qtbot: QtBot, look: None
) -> None:
    """Two people said two things about the pet: neither is on the screen, nor that they differ."""
    desk = Desk()
    both = (change(1, "kim", "yes"), change(2, "ash", "no"))
    page = beside(desk.filling(definition_of(OUR_WEEK), both), desk)
    qtbot.addWidget(page)
    page.show()
    said = ""
    for path, _ in page.shown_sections():
        page.show_section(path)
        page.blocks()
        said += said_on(page)
    for word in (
        "Is there a pet?",
        "Kim",
        "Ash",
        "different",
        "answers",
        "More",
        "Not known",
        "Who wrote",
    ):
        assert word not in said, word
    assert "How many rooms?" in said


def test_a_section_of_which_nothing_may_be_seen_is_nowhere(qtbot: QtBot, look: None) -> None:
    sight = Sight((KeptFrom("/data/people"),))
    window, page = opened(OUR_WEEK, qtbot, sight)
    page.pages.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["At home", "Anything else"]
    menu.close()
    page.forward.click()
    assert page.heading.text() == "Anything else"
    assert "Who is here" not in said_on(window)


def test_from_which_record_an_answer_was_carried_is_the_workers_affair(
    qtbot: QtBot, look: None
) -> None:
    """A child who lets one sentence into the plan has not told the family of the talk."""
    whence = f"{CARRIED_FROM}A child's voice, 3 March 2026"
    carried = replace(change(1, "kim", ""), answers={ROOMS: Written(Answer("4", None, whence))})
    desk = Desk()
    filling = desk.filling(definition_of(OUR_WEEK), (carried,))
    page = beside(filling, desk)
    worker = desk.page(filling)
    for one in (page, worker):
        qtbot.addWidget(one)
        one.show()
        one.blocks()
    assert whence in said_on(worker)
    assert "A child's voice" not in said_on(page)


def test_nobody_beside_the_worker_is_asked_why_an_answer_is_less_careful(
    qtbot: QtBot, look: None
) -> None:
    """Nor can they loosen it: a child's no, or an address that must not be known, stays."""
    protective = (Protective("data", PET, ("no", "yes")),)
    desk = Desk()
    said = (change(1, "kim", "no"),)
    page = beside(desk.filling(definition_of(OUR_WEEK), said, protective=protective), desk)
    qtbot.addWidget(page)
    page.show()
    asked = next(block for block in page.blocks() if block.path == PET)
    assert isinstance(asked.field, SelectOne)
    QTest.mouseClick(asked.field.rows["yes"], Qt.MouseButton.LeftButton)
    assert (asked.field.value(), page.filling.standing(PET).answer) == ("no", Answer("no"))
    assert "The worker can change this answer with you." in said_on(page)
    for word in ("careful", "Who agreed", "Save this"):
        assert word not in said_on(page)
    QTest.mouseClick(asked.field.rows["no"], Qt.MouseButton.LeftButton)
    assert "The worker can change" not in said_on(page)


def test_guidance_for_the_worker_is_on_the_workers_page_alone(qtbot: QtBot, look: None) -> None:
    desk = Desk()
    filling = desk.filling(definition_of(GUIDED))
    for page, is_told in ((desk.page(filling), True), (beside(filling, desk), False)):
        qtbot.addWidget(page)
        page.show()
        page.blocks()
        said = said_on(page)
        assert "As you like to say it" in said
        assert ("Write the child's own words." in said) is is_told
