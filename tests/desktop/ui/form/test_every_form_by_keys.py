"""Every form of the folder is filled by keys alone: Tab comes to each question, and keys answer."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.services.filling import Filling
from desktop.ui.pages.form import FormPage
from desktop.ui.questions.block import Block
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
        for section in filling.outline.sections():
            page.jump_to(section.path)
            qtbot.waitUntil(partial(_is_whole, page, filling, section.path), timeout=10_000)
            met |= _by_tab(page, filling)
    unmet = {node.path for node in asked(filling.session) if node.control != "upload"} - met
    assert unmet == set()
    said = {path for path, value in filling.session.answers().items() if value}
    assert len(said & met) >= len(met) * 2 / 3  # the rest was hidden again by a later answer


def _is_whole(page: FormPage, filling: Filling, section: str) -> bool:
    """True once the page has built what the section asks; it builds a little at a time."""
    within = [node for node in asked(filling.session) if node.path.startswith(f"{section}/")]
    return all(page.block(node.path) for node in within)


def _by_tab(page: FormPage, filling: Filling) -> set[str]:
    """Tab through the section that is shown, saying something where the focus comes by."""
    met: set[str] = set()
    seen: set[QWidget] = set()
    focused = QApplication.focusWidget()
    while focused is not None and len(seen) < 400:
        path = _asked_by(focused)
        if path and path not in met:
            met.add(path)
            if filling.session.node(path).control != "upload":  # a picture is asked of a dialog
                _say(focused)
        seen.add(focused)
        QApplication.processEvents()
        QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused in seen:
            break
    return met


def _asked_by(focused: QWidget) -> str:
    """The question that a focused control answers; blank for what stands beside questions."""
    within: QObject | None = focused
    while within is not None and not isinstance(within, Block):
        within = within.parent()
    return within.path if within is not None and within.field.isAncestorOf(focused) else ""


def _say(focused: QWidget) -> None:
    if isinstance(focused, QLineEdit | QPlainTextEdit | QTextEdit):
        QTest.keyClicks(focused, "4")
    elif isinstance(focused, QComboBox):
        QTest.keyClick(focused, Qt.Key.Key_Down)
    else:
        QTest.keyClick(focused, Qt.Key.Key_Space)
    QApplication.processEvents()
