"""Every form of the folder is filled by keys alone: Tab comes to each question, and keys answer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.services.filling import Filling
from desktop.ui.pages.form import FormPage
from tests.desktop.every_form import EACH, NOW, asked, definition_of
from tests.desktop.ui.filled_forms import Desk


@pytest.mark.parametrize("form", EACH)
def test_it_is_filled_by_keys_alone(form: str, qtbot: QtBot) -> None:
    desk = Desk(moment=NOW)
    filling = desk.filling(definition_of(form))
    page = desk.page(filling)
    qtbot.addWidget(page)
    page.resize(1280, 900)
    with qtbot.waitActive(page):
        page.show()
    met: set[str] = set()
    before = -1
    while len(met) > before:  # what was answered may ask more, in sections before this one too
        before = len(met)
        for section in filling.sections():
            page.jump_to(section.path)
            met |= _by_tab(page, filling)
    unmet = {node.path for node in asked(filling.session) if node.control != "upload"} - met
    assert unmet == set()
    said = {path for path, value in filling.session.answers().items() if value}
    assert len(said & met) >= 0.8 * len([p for p in met if not p.endswith("]")])


def _by_tab(page: FormPage, filling: Filling) -> set[str]:
    """Tab through the section that is shown, saying something where the focus comes by."""
    met: set[str] = set()
    seen: set[QWidget] = set()
    focused = QApplication.focusWidget()
    while focused is not None and len(seen) < 400:
        path = _asked_by(page, filling, focused)
        if path and path not in met:
            met.add(path)
            _say(focused)
        seen.add(focused)
        QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused in seen:
            break
    return met


def _asked_by(page: FormPage, filling: Filling, focused: QWidget) -> str:
    for node in asked(filling.session):
        block = page.block(node.path)
        if block is not None and block.field.isAncestorOf(focused):
            return node.path
    return ""


def _say(focused: QWidget) -> None:
    if isinstance(focused, QLineEdit | QPlainTextEdit | QTextEdit):
        QTest.keyClicks(focused, "4")
    else:
        QTest.keyClick(focused, Qt.Key.Key_Space)
