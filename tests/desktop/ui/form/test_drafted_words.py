"""Words that nobody checked, on the screen: it says so, and leads to the interpreter's name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.services.packs import Packs
from desktop.services.sight import Sight
from desktop.ui.lanes import InlineLane
from desktop.ui.pages.beside import BesidePage
from desktop.ui.pages.form import FormPage
from desktop.ui.saving import Saving
from forms.authoring.checks.translations import languages_of
from tests.desktop.every_form import definition_of
from tests.desktop.ui.filled_forms import Desk
from tests.resources.shipped import pack
from tests.resources.test_checked_words import ASKING, FIRST_SAID, ROWS
from tests.resources.test_languages import SHEETS

ENGLISH, POLISH, ARABIC = "English (en)", "Polski (pl)", "العربية (ar)"
SAMPLE = ("agreement", "plan")
EACH = [
    pytest.param(form, marks=() if form in SAMPLE else pytest.mark.long)
    for form in ASKING
    if len(languages_of(SHEETS[form])) > 1
]


def page_of(form: str, qtbot: QtBot, *, beside: bool = False) -> FormPage | BesidePage:
    desk = Desk()
    filling = desk.filling(definition_of(form))
    filling.opened = replace(filling.opened, drafted=Packs(pack()).drafted(form))
    if beside:
        saving = Saving(filling, InlineLane(), desk.write, desk.seal)
        page: FormPage | BesidePage = BesidePage(filling, saving, desk.around, Sight(()))
        saving.setParent(page)
    else:
        page = desk.page(filling)
    qtbot.addWidget(page)
    page.resize(1280, 900)
    with qtbot.waitActive(page):
        page.show()
    return page


@pytest.mark.parametrize("form", EACH)
def test_a_drafted_language_says_so_and_leads_to_who_interpreted(
    form: str, qtbot: QtBot, look: None
) -> None:
    page = page_of(form, qtbot)
    assert isinstance(page, FormPage)
    group, question, _ = ASKING[form]
    if form in FIRST_SAID:
        page.filling.answer(*FIRST_SAID[form])
    if form in ROWS and not page.filling.session.node(group).children:
        page.filling.add_row(group)
    assert not page.drafted.isVisible()
    page.speak(POLISH)
    assert page.drafted.isVisible()
    assert "Nobody has checked these words in Polski" in page.drafted.accessibleName()
    QTest.mouseClick(page.drafted.name_interpreter, Qt.MouseButton.LeftButton)

    def asked() -> str:
        built = (block for block in page.blocks() if block.isVisible())
        return next((b.path for b in built if b.path.endswith(f"/{question}_language")), "")

    qtbot.waitUntil(lambda: bool(asked()))
    language = asked()
    page.acts.answer(language, "polish")
    who = language.removesuffix("_language") + "_interpreter"
    qtbot.waitUntil(lambda: page.block(who) is not None)
    assert {question.path for question in page.filling.outline.missing()} >= {who}
    QTest.mouseClick(page.drafted.show_own, Qt.MouseButton.LeftButton)
    assert page.filling.session.language == ENGLISH
    assert not page.drafted.isVisible()


def test_a_form_that_asks_for_nobody_says_to_use_an_interpreter(qtbot: QtBot, look: None) -> None:
    page = page_of("feedback_adult", qtbot)
    assert isinstance(page, FormPage)
    page.filling.know(page.filling.opened.definition)  # somebody was added to the household
    page.speak(ARABIC)
    assert not page.drafted.name_interpreter.isVisible()
    assert "Use an interpreter, and write down who it was." in page.drafted.text


def test_a_family_reads_it_in_their_own_language(qtbot: QtBot, look: None) -> None:
    page = page_of("safety_plan", qtbot, beside=True)
    assert isinstance(page, BesidePage)
    assert not page.drafted.isVisible()
    page.speak(ARABIC)
    assert page.drafted.isVisible()
    assert "لم يراجع أحد هذه الترجمة بعد" in page.drafted.accessibleName()
    assert page.drafted.layoutDirection() is Qt.LayoutDirection.RightToLeft
    page.speak(ENGLISH)
    assert not page.drafted.isVisible()
