"""Words in scripts that the laptop may have no typeface for: written, read, searched, painted.

Qt ended the process for one thing that was asked of such letters; here everything else is asked.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.pages.check_answers import CheckAnswersPage
from desktop.ui.pages.form import FormPage
from tests.desktop.ui.filled_forms import Desk, answers_of, definition_of
from tests.desktop.ui.pages.walk import said_on, wait_until_whole
from tests.desktop.ui.questions.test_types import EVERY_TYPE

SCRIPTS = {
    "Gurmukhi": "ਪੰਜਾਬੀ ਭਾਸ਼ਾ, 0300",
    "Bengali": "বাংলা ভাষা।",
    "Tamil": "தமிழ் மொழி",
    "Khmer": "ភាសាខ្មែរ",
    "Tibetan": "བོད་ཡིག",
    "emoji": "👩\u200d👩\u200d👧 🏳️\u200d🌈",
    "no letter": "a\u0378\U0010fffd",
}


def asked_in(words: str) -> str:
    """The form of every type, with every label and choice in these words besides."""
    lines = []
    for line in EVERY_TYPE.splitlines():
        cells = line.split("|")
        if len(cells) > 4 and cells[1].strip() == "" and cells[4].strip() not in ("", "label"):
            cells[4] = f" {cells[4].strip()} {words} "
        lines.append("|".join(cells))
    return "\n".join(lines)


def type_into(writing: QLineEdit | QPlainTextEdit, words: str) -> None:
    """Put in, walked through, marked, taken out and put in again, as keys do it."""
    writing.setFocus()
    QApplication.clipboard().setText(words)
    for key in (Qt.Key.Key_A, Qt.Key.Key_V):
        QTest.keyClick(writing, key, Qt.KeyboardModifier.ControlModifier)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(writing, key, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(writing, key)
    QTest.keyClick(writing, Qt.Key.Key_Backspace)
    for key in (Qt.Key.Key_A, Qt.Key.Key_V):
        QTest.keyClick(writing, key, Qt.KeyboardModifier.ControlModifier)


def read_aloud(whole: QWidget) -> int:
    """Everything that a screen reader may ask of the words of a page; how many letters have it."""
    letters = 0
    for widget in whole.findChildren(QWidget):
        told = QAccessible.queryAccessibleInterface(widget)
        if told is None or not told.isValid():
            continue
        for kind in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description):
            told.text(kind)
        if (text := told.textInterface()) is not None:
            letters += text.characterCount()
            for at in range(text.characterCount()):
                text.characterRect(at)
                text.text(0, at)
    return letters


@pytest.mark.parametrize("words", SCRIPTS.values(), ids=list(SCRIPTS))
def test_every_field_takes_any_script(words: str, qtbot: QtBot, look: None) -> None:
    desk = Desk()
    page = desk.page(desk.filling(definition_of(asked_in(words))))
    assert isinstance(page, FormPage)
    qtbot.addWidget(page)
    page.resize(1100, 800)
    with qtbot.waitActive(page):
        page.show()
    page.section.blocks()
    wait_until_whole(page)
    fields: list[QLineEdit | QPlainTextEdit]
    fields = [*page.section.findChildren(QLineEdit), *page.section.findChildren(QPlainTextEdit)]
    for writing in fields:
        if writing.isEnabled() and not writing.isReadOnly():
            type_into(writing, words)
    page.grab()
    assert read_aloud(page) > len(words)
    answers = answers_of(page.filling)
    assert (answers["name"], answers["story"]) == (words, words)
    page.header.search.click()
    type_into(page.search.line, words.split()[0])
    qtbot.waitUntil(lambda: bool(page.search.links))
    page.grab()
    checking = CheckAnswersPage(page.filling, desk.fetch)
    qtbot.addWidget(checking)
    checking.show()
    wait_until_whole(checking)
    checking.grab()
    assert words in said_on(checking)
    read_aloud(checking)
