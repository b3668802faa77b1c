"""The row that wraps: every button that is there has its place, and none that is gone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import createdByPython, isValid

from desktop.ui.look.buttons import Button, secondary
from desktop.ui.look.flow import Flow
from tests.desktop.ui.conftest import shown

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    whole = QWidget()
    qtbot.addWidget(whole)
    row = Flow()
    for words in ("Keep it", "Put it away", "Print it again"):
        row.addWidget(secondary(words))
    QHBoxLayout(whole).addLayout(row)
    whole.resize(900, 80)
    return shown(whole)


def flow_of(page: QWidget) -> Flow:
    (found,) = page.findChildren(Flow)
    return found


def buttons_of(page: QWidget) -> list[QWidget]:
    row = flow_of(page)
    return [widget for at in range(row.count()) if (widget := _widget(row, at)) is not None]


def _widget(row: Flow, at: int) -> QWidget | None:
    item = row.itemAt(at)
    return None if item is None else item.widget()


def test_a_button_that_is_deleted_leaves_its_place_to_the_next(page: QWidget) -> None:
    first, second, third = buttons_of(page)
    place = second.pos()
    assert third.x() > place.x()
    second.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    assert not isValid(second)
    assert buttons_of(page) == [first, third]
    assert third.pos() == place


def test_the_items_are_its_own(page: QWidget) -> None:
    """PySide may take one that Qt made for gone while its button is there; reading it crashes."""
    row = flow_of(page)
    items = [row.itemAt(at) for at in range(row.count())]
    assert [item is not None and createdByPython(item) for item in items] == [True] * 3


def test_a_button_that_says_more_moves_the_next(page: QWidget) -> None:
    first, second, _ = buttons_of(page)
    before = second.x()
    assert isinstance(first, Button)
    first.say("Keep it where it is for now")
    QApplication.processEvents()
    assert first.width() == first.sizeHint().width()
    assert second.x() > before
