"""The words of the forms as their spreadsheets have them: what should stand on the screen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import openpyxl

from forms.authoring.sources import by_language
from forms.terms import Glossary

FORMS = Path(__file__).resolve().parents[2] / "resources" / "forms"


@dataclass(frozen=True, slots=True)
class Wording:
    """A line of a form's survey: a question, a group or a repeat."""

    name: str
    type: str
    label: str
    appearance: str
    choices: dict[str, str]

    @property
    def kind(self) -> str:
        """The type without the name of its list."""
        return self.type.split()[0]


@cache
def form_wordings(form: str) -> dict[str, Wording]:
    """Every question, group and repeat of a form, by name."""
    book = openpyxl.load_workbook(FORMS / f"{form}.xlsx", read_only=True)
    lists: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows(book, "choices"):
        lists[row["list_name"]][row["name"]] = row["label"]
    found = {}
    for row in rows(book, "survey"):
        listed = row["type"].partition(" ")[2]
        if row["name"] and not row["type"].startswith("end"):
            found[row["name"]] = Wording(
                row["name"], row["type"], row["label"], row["appearance"], lists.get(listed, {})
            )
    book.close()
    return found


@cache
def form_title(form: str) -> str:
    """What a form is called."""
    book = openpyxl.load_workbook(FORMS / f"{form}.xlsx", read_only=True)
    title = next(rows(book, "settings"))["form_title"]
    book.close()
    return title


def rows(book: openpyxl.Workbook, sheet: str) -> Iterator[dict[str, str]]:
    """The rows of a sheet by column; of several languages the first one's label."""
    if sheet not in book.sheetnames:
        return
    lines = book[sheet].iter_rows(values_only=True)
    heads = [str(cell or "").partition("::")[0].strip() for cell in next(lines)]
    for line in lines:
        row: dict[str, str] = defaultdict(str)
        for head, cell in zip(heads, line, strict=False):
            said = "" if cell is None else str(cell).strip()
            row[head] = row[head] or terms().said(said)
        yield row


@cache
def terms() -> Glossary:
    """What the council calls things: forms hold `{lead_practitioner}` in its place."""
    return Glossary(by_language(FORMS.parent / "pack" / "terms.csv"))
