"""What holds for every page: names, sizes, no sideways scrolling, nothing cut, the way by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.services.views import FamilyOverview
from desktop.ui.look.appearance import apply_look
from desktop.ui.look.labels import Heading
from desktop.ui.look.palettes import Theme
from desktop.ui.pages.family import FamilyPage
from desktop.ui.pages.page import Page
from desktop.ui.window import Window
from tests.desktop.ui.form.states import STATES
from tests.desktop.ui.pages import examples
from tests.desktop.ui.pages.pictures import PAGES, in_window
from tests.desktop.ui.pages.small_pages import SMALL_PAGES
from tests.desktop.ui.pages.walk import controls, cut_labels, is_whole, name_of, tab_stops

FEW_SMALL = ("team_approval_read", "team_laptops", "family_answered")
FEW_FORMS = ("form_child_feedback", "form_check_every_type")
MOST_PAGES = (
    PAGES
    | {name: SMALL_PAGES[name] for name in FEW_SMALL}
    | {name: STATES[name] for name in FEW_FORMS}
)
"""The team's small pages are one page, filled differently: two of them stand for all. The other
states of a form are looked at where forms are."""
PEOPLE = [
    word
    for person in examples.OVERVIEW.people
    for word in person.name.split()
    if word not in ("Baby,", "due", "in", "June")
]


@pytest.fixture(params=[1.0, 2.0], ids=["100%", "200%"])
def text_scale(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[float]:
    apply_look(qapp, Theme.LIGHT, request.param)
    yield request.param
    apply_look(qapp, Theme.LIGHT, 1.0)


@pytest.fixture(params=list(MOST_PAGES))
def window(request: pytest.FixtureRequest, text_scale: float, qtbot: QtBot) -> Window:
    window = in_window(MOST_PAGES[request.param](), 800, 600)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: is_whole(window))
    return window


def test_every_page(window: Window, text_scale: float) -> None:
    """One window a page and size serves all checks: building it is what takes time."""
    page = window.page
    assert page is not None
    _every_control_has_a_name_and_its_size(window)
    _1_4_13_what_a_tip_says_is_told_without_it(window)
    _level_4_is_one_click_away(window)
    _nothing_scrolls_sideways(window)
    assert cut_labels(window) == []
    _title_names_the_page_and_nobody(window, page.name)
    _there_is_one_first_heading(page)
    _2_4_6_headings_and_buttons_say_what_they_are_of(page)
    _tab_visits_every_control_in_reading_order(window)
    if text_scale == 1.0:
        _1_3_4_it_is_whole_turned_either_way(window)


def _level_4_is_one_click_away(window: Window) -> None:
    """From every page, but while a family or a child has the laptop: it tells of the work."""
    asked: list[bool] = []
    window.help_asked.connect(lambda: asked.append(True))
    assert window.bar.help.isVisible() is not window.keeps_others_away
    if window.bar.help.isVisible():
        window.bar.help.click()
        assert asked == [True]


@pytest.mark.parametrize("make", MOST_PAGES.values(), ids=list(MOST_PAGES))
def test_at_400_percent_nothing_scrolls_sideways(
    make: Callable[[], Page], qapp: QApplication, qtbot: QtBot, look: None
) -> None:
    """WCAG 2.2 1.4.10: as wide as 320 pixels at 100%."""
    apply_look(qapp, Theme.LIGHT, 4.0)
    window = in_window(make(), 1280, 800)
    qtbot.addWidget(window)
    _nothing_scrolls_sideways(window)
    assert cut_labels(window) == []


def _every_control_has_a_name_and_its_size(window: Window) -> None:
    for control in controls(window):
        assert name_of(control).strip(), f"{type(control).__name__} has no name"
        assert control.height() >= 40, f"{name_of(control)} is {control.height()} high"
        assert control.width() >= 40, f"{name_of(control)} is {control.width()} wide"
        told = QAccessible.queryAccessibleInterface(control).rect()
        assert min(told.width(), told.height()) >= 40, f"{name_of(control)} is told as {told}"


def _1_4_13_what_a_tip_says_is_told_without_it(window: Window) -> None:
    for control in controls(window):
        told = QAccessible.queryAccessibleInterface(control)
        said = name_of(control) + told.text(QAccessible.Text.Description)
        assert control.toolTip() in said, name_of(control)


def _nothing_scrolls_sideways(window: Window) -> None:
    for area in window.findChildren(QScrollArea):
        assert area.horizontalScrollBar().maximum() == 0
    for control in controls(window):
        right = control.mapTo(window, control.rect().topRight()).x()
        assert right <= window.width(), f"{name_of(control)} reaches out of the window"


def _title_names_the_page_and_nobody(window: Window, page: str) -> None:
    assert window.windowTitle() == f"{page} – Your Family"
    assert not any(person in window.windowTitle() for person in PEOPLE)


def _there_is_one_first_heading(page: QWidget) -> None:
    first = [h for h in page.findChildren(Heading) if h.level == 1 and h.isVisibleTo(page)]
    assert len(first) == 1
    assert first[0].text()


def _2_4_6_headings_and_buttons_say_what_they_are_of(page: QWidget) -> None:
    """No heading stands over two parts, and no two buttons have one name."""
    headings = [h.text() for h in page.findChildren(Heading) if h.isVisibleTo(page)]
    assert _twice(headings) == []
    assert all(heading.strip() for heading in headings)
    buttons = [c for c in controls(page) if isinstance(c, QPushButton)]
    assert _twice([name_of(button) for button in buttons]) == []


def _twice(words: list[str]) -> list[str]:
    return [one for one in set(words) if words.count(one) > 1]


def _1_3_4_it_is_whole_turned_either_way(window: Window) -> None:
    for size in ((1280, 800), (800, 1280)):
        window.resize(*size)
        for _ in range(8):  # what stands in what is laid out by turns
            QApplication.processEvents()
        _nothing_scrolls_sideways(window)
        assert cut_labels(window) == [], size


def _tab_visits_every_control_in_reading_order(window: Window) -> None:
    stops = tab_stops(window)
    expected = {
        control
        for control in controls(window)
        if control.isEnabled() and control.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    missed = {name_of(c) for c in expected - set(stops) if not _is_radio_beside_another(c)}
    assert not missed, f"Tab never comes to {missed}"
    page = window.page
    assert page is not None
    for area in page.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(0)  # what Tab came to was scrolled into sight
    inside = [stop for stop in stops if page.isAncestorOf(stop)]
    places = [_place(page, stop) for stop in inside]
    start = places.index(min(places, default=(0, 0))) if places else 0
    turned = places[start:] + places[:start]
    assert turned == sorted(turned), [name_of(stop) for stop in inside]


def _is_radio_beside_another(control: QWidget) -> bool:
    """Arrow keys, not Tab, go through the answers of one question."""
    return control.inherits("QRadioButton")


def _place(page: QWidget, stop: QWidget) -> tuple[int, int]:
    """Rows from the top, then from the left."""
    corner = stop.mapTo(page, stop.rect().center())
    return corner.y() // 30, corner.x()


def test_words_that_no_line_could_hold_wrap(look: None, qtbot: QtBot) -> None:
    page = FamilyPage(examples.MOMENTS)
    page.show_family(FamilyOverview(examples.FAMILY, "YF-7Q4K-2M", name="W" * 3000))
    window = in_window(page, 800, 600)
    qtbot.addWidget(window)
    assert page.scroller.horizontalScrollBar().maximum() == 0
