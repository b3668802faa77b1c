"""The form for everybody: names, sizes, large text, keys alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.look.appearance import apply_look
from desktop.ui.look.palettes import Theme
from desktop.ui.pages.form import FormPage
from tests.desktop.ui.filled_forms import Desk, answers_of, definition_of
from tests.desktop.ui.form.test_form_page import OUR_WEEK
from tests.desktop.ui.pages.walk import controls, cut_labels, name_of
from tests.desktop.ui.questions.test_types import EVERY_TYPE

LEAST_TARGET = 40


@pytest.fixture(params=[(1.0, 1280), (2.0, 1280), (2.0, 800), (4.0, 1280)], ids=str)
def sizes(request: pytest.FixtureRequest, qapp: QApplication, look: None) -> tuple[float, int]:
    scale, width = request.param
    apply_look(qapp, Theme.LIGHT, scale)
    return scale, width


def opened(qtbot: QtBot, table: str, width: int = 1280) -> FormPage:
    desk = Desk()
    page = desk.page(desk.filling(definition_of(table)))
    qtbot.addWidget(page)
    page.resize(width, 900)
    with qtbot.waitActive(page):
        page.show()
    for kind, absent in (("count", "not_known"), ("weight", "declined")):
        found = next((b for b in page.blocks() if b.path.endswith(f"/{kind}")), None)
        if found is not None:
            page.wishes.said_absent.emit(found.path, absent, "")
    QApplication.processEvents()
    return page


def test_every_control_has_a_name_and_room_for_a_finger(qtbot: QtBot, look: None) -> None:
    page = opened(qtbot, EVERY_TYPE)
    found = controls(page)
    assert len(found) > 60
    assert [type(w).__name__ for w in found if not name_of(w).strip()] == []
    small = [name_of(w) for w in found if min(w.width(), w.height()) < LEAST_TARGET]
    assert small == []
    told = {name_of(w): QAccessible.queryAccessibleInterface(w).rect() for w in found}
    assert [n for n, r in told.items() if min(r.width(), r.height()) < LEAST_TARGET] == []


def test_a_field_is_named_by_its_question_and_described_by_its_hint(
    qtbot: QtBot, look: None
) -> None:
    page = opened(qtbot, EVERY_TYPE)
    line = page.blocks()[0].field.controls()[0]
    told = QAccessible.queryAccessibleInterface(line)
    assert told.text(QAccessible.Text.Name) == "What is it called?"
    assert told.text(QAccessible.Text.Description) == "A few words"
    labels = [r for r in told.relations() if r[1] & QAccessible.RelationFlag.Label]
    assert labels


def test_options_are_grouped_under_their_question(qtbot: QtBot, look: None) -> None:
    page = opened(qtbot, EVERY_TYPE)
    drink = next(b for b in page.blocks() if b.path.endswith("/drink"))
    row = drink.field.controls()[0]
    told = QAccessible.queryAccessibleInterface(row)
    assert told.role() is QAccessible.Role.RadioButton
    assert told.text(QAccessible.Text.Name) == "Tea & milk"
    group = told.parent()
    assert group.role() is QAccessible.Role.Grouping
    assert group.text(QAccessible.Text.Name) == "Tea & biscuits, or what?"


def test_an_accessible_name_begins_with_the_words_on_the_button(qtbot: QtBot, look: None) -> None:
    page = opened(qtbot, EVERY_TYPE)
    for button in controls(page):
        if isinstance(button, QAbstractButton) and button.text():
            assert name_of(button).startswith(button.text().replace("&&", "&"))


def test_nothing_is_cut_and_nothing_scrolls_sideways(
    qtbot: QtBot, sizes: tuple[float, int]
) -> None:
    for table in (EVERY_TYPE, OUR_WEEK):
        page = opened(qtbot, table, sizes[1])
        assert cut_labels(page) == []
        assert list(_too_narrow(page)) == []
        bar = page.scroller.horizontalScrollBar()
        if sizes[0] <= 2.0:
            assert bar.maximum() == 0


def _too_narrow(page: FormPage) -> Iterator[str]:
    for control in controls(page):
        need = control.minimumSizeHint()
        tall = control.heightForWidth(control.width()) if control.hasHeightForWidth() else 0
        if control.width() < need.width() or control.height() < max(tall, need.height()):
            yield f"{name_of(control)}: {control.size().toTuple()} of {need.toTuple()}, {tall}"


def test_a_form_is_filled_and_left_by_keys_alone(qtbot: QtBot, look: None) -> None:
    page = opened(qtbot, OUR_WEEK)
    checked: list[bool] = []
    page.check_asked.connect(lambda: checked.append(True))
    page.heading.setFocus()
    _tab_to("Yes")
    _key(Qt.Key.Key_Space)
    _tab_to("What is the pet called? (optional)", "What is the pet called?")
    _type("Biscuit")
    _tab_to("How many rooms?")
    _type("4")
    _tab_to("Continue")
    _key(Qt.Key.Key_Space)
    _tab_to("Name")
    _type("Mia")
    _tab_to("Add another: A person")
    _key(Qt.Key.Key_Space)
    _type("Noah")
    _tab_to("Continue")
    _key(Qt.Key.Key_Space)
    _tab_to("What else?")
    _type("Nothing")
    _tab_to("Check answers")
    _key(Qt.Key.Key_Space)
    assert checked == [True]
    said = answers_of(page.filling)
    assert (said["pet"], said["pet_name"], said["rooms"], said["else"]) == (
        "yes",
        "Biscuit",
        "4",
        "Nothing",
    )
    assert {"Mia", "Noah"} <= set(page.filling.session.answers().values())


def test_the_focused_field_is_scrolled_into_sight(qtbot: QtBot, look: None) -> None:
    page = opened(qtbot, EVERY_TYPE)
    page.resize(900, 500)
    page.heading.setFocus()
    view = page.scroller.viewport()
    for _ in range(60):
        _key(Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused is page.forward:
            break
        top = focused.mapTo(view, focused.rect().topLeft()).y()
        assert top < view.height(), name_of(focused)
        assert top + focused.height() > 0, name_of(focused)
    assert QApplication.focusWidget() is page.forward


def _focused() -> QWidget:
    QApplication.processEvents()
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def _key(key: Qt.Key) -> None:
    QTest.keyClick(_focused(), key)


def _type(text: str) -> None:
    QTest.keyClicks(_focused(), text)


def _tab_to(*names: str) -> None:
    for _ in range(40):
        if name_of(_focused()) in names:
            return
        _key(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never came to {names[0]!r}")
