"""Spreadsheets made for one test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

Rows = Sequence[Sequence[str]]
Book = Callable[..., Path]

SURVEY = ("type", "name", "label", "relevant", "constraint", "calculation", "default")
CHOICES = ("list_name", "name", "label")
YES_NO = (("yes_no", "yes", "Yes"), ("yes_no", "no", "No"))


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Writes a spreadsheet: rows of the survey below ``columns``, and of the other sheets."""

    def write(
        survey: Rows,
        choices: Rows = (),
        *,
        columns: Sequence[str] = SURVEY,
        choice_columns: Sequence[str] = CHOICES,
        entities: Rows = (),
        upgrade: Rows = (),
        form_id: str = "visit",
        version: str = "1",
        name: str = "visit",
        default_language: str = "",
        file: str = "visit.xlsx",
    ) -> Path:
        workbook = Workbook()
        workbook.remove(workbook.active)  # type: ignore[arg-type]
        settings = [
            ("form_title", "form_id", "version", "name", "default_language"),
            ("Visit", form_id, version, name, default_language),
        ]
        sheets: dict[str, list[Sequence[str]]] = {
            "survey": [columns, *survey],
            "choices": [choice_columns, *choices],
            "entities": [("list_name", "label"), *entities],
            "settings": [*settings],
            "upgrade": [("was", "is", "why"), *upgrade],
        }
        for title, rows in sheets.items():
            if len(rows) > 1:
                sheet = workbook.create_sheet(title)
                for row in rows:
                    sheet.append(list(row))
        workbook.save(tmp_path / file)
        return tmp_path / file

    return write
