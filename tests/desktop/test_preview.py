"""A form from its spreadsheet, in the real page, keeping nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.preview import begin_record, in_their_terms, main, make_preview
from desktop.services.clock import Clock
from desktop.services.filling import Filling
from desktop.ui.pages.check_answers import CheckAnswersPage
from desktop.ui.pages.form import FormPage
from forms.authoring.compile import compile_form
from forms.xforms import load_definition
from tests.conftest import SteadyClock
from tests.desktop.services.conftest import RESOURCES


def test_a_spreadsheet_opens_as_workers_will_see_it(qtbot: QtBot, clock: SteadyClock):
    steady = Clock(clock)
    window = make_preview(
        begin_record(compile_form(RESOURCES / "forms" / "household.xlsx"), steady), steady
    )
    qtbot.addWidget(window)
    window.show()
    page = window.page
    assert isinstance(page, FormPage)
    field = page.blocks()[0].field.controls()[0]
    QTest.keyClicks(field, "The Sandersons")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert "The Sandersons" in page.filling.session.answers().values()
    page.check_asked.emit()
    answers: object = window.page
    assert isinstance(answers, CheckAnswersPage)
    answers.later.click()
    back: object = window.page
    assert back is page


def test_people_can_be_chosen_in_a_preview(clock: SteadyClock):
    steady = Clock(clock)
    opened = begin_record(compile_form(RESOURCES / "forms" / "child_voice.xlsx"), steady)
    child = Filling(opened, steady).session.node("/child_voice/who/child")
    assert [choice.label for choice in child.choices] == ["Ada Example"]


def test_a_preview_is_in_the_council_s_own_terms() -> None:
    form = load_definition(in_their_terms(RESOURCES / "forms" / "lead.xlsx"), missing_is_empty=True)
    assert "Who is the lead practitioner now?" in {one.label() for one in form.questions}


def test_a_faulty_spreadsheet_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    broken = tmp_path / "plan.xlsx"
    broken.write_bytes(b"this is no spreadsheet")
    assert main([str(broken)]) == 1
    assert "plan.xlsx" in capsys.readouterr().err
