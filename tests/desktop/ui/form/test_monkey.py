"""Seeded events on a form: it stays alive, warns of nothing, and shows what is said."""

from __future__ import annotations

from random import Random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QFileDialog, QTableView, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.pages.form import FormPage
from desktop.ui.questions.drawing import Drawing
from forms.records.answer_path import is_row
from tests.desktop.ui.filled_forms import Desk, definition_of
from tests.desktop.ui.form.test_form_page import OUR_WEEK
from tests.desktop.ui.pages.walk import controls
from tests.desktop.ui.questions.test_types import EVERY_TYPE

KEYS = [
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Up),
    *(Qt.Key.Key_Down, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Escape, Qt.Key.Key_7),
    *(Qt.Key.Key_A, Qt.Key.Key_Z, Qt.Key.Key_Home, Qt.Key.Key_PageDown, Qt.Key.Key_Ampersand),
]
EVENTS = 300


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("table", [EVERY_TYPE, OUR_WEEK], ids=["types", "week"])
def test_a_monkey_at_the_form(
    table: str, seed: int, qtbot: QtBot, look: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.deleteLater())
    desk = Desk()
    page = desk.page(desk.filling(definition_of(table)))
    qtbot.addWidget(page)
    page.resize(1000, 700)
    with qtbot.waitActive(page):
        page.show()
    random = Random(seed)
    for _ in range(EVENTS):
        _do_something(page, random)
    _close_popups()
    page.leave()
    assert not page.filling.is_unsaved
    assert _shown_differently(page) == []
    assert _saved(desk) == _said(page)


def _do_something(page: FormPage, random: Random) -> None:
    popup = QApplication.activePopupWidget()
    target = _grid_of(popup) or popup or QApplication.focusWidget()
    if target is None or (popup is None and random.random() < 0.5):
        target = random.choice([one for one in controls(page) if one.window() is page])
        where = QPoint(random.randrange(target.width() + 1), random.randrange(target.height() + 1))
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=where)
    else:
        QTest.keyClick(target, random.choice(KEYS))
    if random.random() < 0.1:
        _close_popups()


def _grid_of(popup: QWidget | None) -> QWidget | None:
    """The days of a calendar: its other parts open menus that wait for a choice."""
    return popup.findChild(QTableView) if isinstance(popup, QCalendarWidget) else None


def _close_popups() -> None:
    for _ in range(5):
        popup = QApplication.activePopupWidget()
        if popup is None:
            return
        popup.close()
    QApplication.processEvents()


def _shown_differently(page: FormPage) -> list[str]:
    return [
        block.path
        for block in page.blocks()
        if not isinstance(block.field, Drawing)
        and block.field.isVisible()
        and block.field.value() != page.filling.session.node(block.path).value
    ]


def _said(page: FormPage) -> dict[str, str]:
    return {p: v for p, v in page.filling.session.answers().items() if v and not is_row(p)}


def _saved(desk: Desk) -> dict[str, str]:
    stands: dict[str, str] = {}
    for change in desk.sealed:
        stands.update({path: w.answer.value for path, w in change.answers.items()})
    return {path: value for path, value in stands.items() if value and not is_row(path)}
