"""What a form says that it carries is there in the other form, with the same answers."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from forms.authoring.pack_checks.carrying import carrying
from forms.authoring.sheets import read_sheets
from tests.resources.shipped import RESOURCES

FORMS = ("first_visit", "safety_check", "household", "privacy_notice", "agreement", "child_voice")


def said(visit: Path) -> list[str]:
    forms = {name: read_sheets(RESOURCES / "forms" / f"{name}.xlsx") for name in FORMS}
    forms["first_visit"] = read_sheets(visit)
    return [str(one) for one in carrying(forms) if "assessment" not in str(one)]


@pytest.mark.parametrize(
    ("name", "column", "value", "says"),
    [
        ("safe_talk", "carried_to", "/safety_check/talking/safe_tlk", "no such question"),
        ("safe_talk", "carried_to", "/nothing/safe_talk", "no such form"),
        ("safe_talk", "type", "select_one paper", "does not offer: unsure"),
        ("safe_talk", "hint::English (en)", "Ask.", ""),
    ],
)
def test_a_question_is_carried_to_one_that_takes_its_answers(
    tmp_path: Path, name: str, column: str, value: str, says: str
) -> None:
    visit = Path(shutil.copy(RESOURCES / "forms" / "first_visit.xlsx", tmp_path))
    book = openpyxl.load_workbook(visit)
    survey = book["survey"]
    columns = [cell.value for cell in survey[1]]
    row = next(row for row in survey.iter_rows() if row[1].value == name)
    row[columns.index(column)].value = value
    book.save(visit)
    found = said(visit)
    assert len(found) == bool(says)
    assert all(says in one for one in found)
