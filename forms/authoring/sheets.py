"""A form's spreadsheet as its author sees it: sheets, numbered rows, columns by their names."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from forms.authoring.mistakes import FormMistakes, Mistake

SURVEY, CHOICES, ENTITIES, SETTINGS, UPGRADE = (
    "survey",
    "choices",
    "entities",
    "settings",
    "upgrade",
)
_ALSO_CALLED = {
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "bind::constraint": "constraint",
    "bind::calculate": "calculation",
    "calculate": "calculation",
    "bind::required": "required",
    "bind::readonly": "readonly",
    "read_only": "readonly",
    "bind::jr:constraintmsg": "constraint_message",
    "constraining_message": "constraint_message",
    "bind::jr:requiredmsg": "required_message",
    "control::appearance": "appearance",
    "count": "repeat_count",
    "value": "name",
}


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One row that says something. ``number`` counts as Excel does; the header is row 1."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """The text under a column, by its plain name; blank if there is none."""
        return self.cells.get(column, "")

    def texts(self, column: str) -> dict[str, str]:
        """The texts of a translatable column by language; blank for the plain one."""
        found = {}
        for name, text in self.cells.items():
            kind, _, language = name.partition("::")
            if kind == column:
                found[language] = text
        return found


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``columns`` are plain names, as far as the author's are known by others."""

    name: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A question, group or repeat of the survey sheet. ``within`` are the groups around it."""

    line: Line
    type: str
    name: str
    within: tuple[Row, ...]

    @property
    def kind(self) -> str:
        """The type without the name of its list: ``select_one``, ``begin_group``, ``text``."""
        return self.type.split()[0] if self.type else ""

    @property
    def list_name(self) -> str:
        """The list of choices that it names; blank if it has none."""
        words = self.type.split()
        return words[1] if len(words) > 1 and self.kind in SELECTS else ""

    @property
    def is_container(self) -> bool:
        """True for groups and repeats."""
        return self.kind in _BEGINNINGS


SELECTS = frozenset({"select_one", "select_multiple", "rank"})
_BEGINNINGS = frozenset({"begin_group", "begin_repeat"})
_ENDINGS = frozenset({"end_group", "end_repeat"})


class SheetForm:
    """A form's spreadsheet, read."""

    def __init__(self, name: str, sheets: Mapping[str, Sheet]) -> None:
        self.name = name
        self.sheets = sheets

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name; an empty one if the author has none."""
        return self.sheets.get(name, Sheet(name, (), ()))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Everything of the survey sheet but the ends of groups."""
        return tuple(_rows(self.sheet(SURVEY)))

    @cached_property
    def by_name(self) -> Mapping[str, Row]:
        """The first row of each name."""
        return {row.name: row for row in reversed(self.rows) if row.name}

    @property
    def root(self) -> str:
        """The name that every path of the form begins with."""
        return self.settings.get("name") or self.settings.get("form_id") or "data"

    def path(self, row: Row) -> str:
        """The path of a question, group or repeat in the form's definition."""
        return "/".join(["", self.root, *(outer.name for outer in row.within), row.name])

    def has(self, path: str) -> bool:
        """Whether there is a question, group or repeat at this path, or it is the form itself."""
        return path == f"/{self.root}" or path in self._paths

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(self.path(row) for row in self.rows if row.name)

    @cached_property
    def lists(self) -> Mapping[str, tuple[Line, ...]]:
        """The choices by list."""
        found: dict[str, list[Line]] = {}
        for line in self.sheet(CHOICES).lines:
            found.setdefault(line.get("list_name"), []).append(line)
        return {name: tuple(lines) for name, lines in found.items()}

    @cached_property
    def settings(self) -> Line:
        """The one row of the settings sheet; an empty one if there is none."""
        return next(iter(self.sheet(SETTINGS).lines), Line(2, {}))


@dataclass(frozen=True, slots=True)
class Workbook:
    """A spreadsheet's file and what was in it, so that what is made of it can be kept."""

    name: str
    content: bytes = field(repr=False)
    path: Path = field(compare=False)


def open_workbook(xlsx: Path) -> Workbook:
    """The file as it is now. Raises FormMistakes if it cannot be read."""
    try:
        return Workbook(xlsx.name, xlsx.read_bytes(), xlsx)
    except OSError as error:
        raise FormMistakes(xlsx.name, [unreadable()]) from error


def read_sheets(xlsx: Path) -> SheetForm:
    """The spreadsheet of a form. Raises FormMistakes if it cannot be read."""
    return _sheets_of(open_workbook(xlsx))


@functools.lru_cache(maxsize=64)  # checking and building a pack ask for each form several times
def _sheets_of(workbook: Workbook) -> SheetForm:
    try:
        book = openpyxl.load_workbook(io.BytesIO(workbook.content), read_only=True, data_only=True)
    except (OSError, zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise FormMistakes(workbook.name, [unreadable()]) from error
    try:
        found = {sheet.title.strip().lower(): sheet for sheet in book.worksheets}
        return SheetForm(
            workbook.name,
            {n: _sheet(n, sheet.iter_rows(values_only=True)) for n, sheet in found.items()},
        )
    finally:
        book.close()


def unreadable() -> Mistake:
    """What to say of a file that is no spreadsheet."""
    return Mistake(
        "This is not a spreadsheet that can be read.",
        "Open it in Excel and save it as an Excel workbook (.xlsx).",
    )


def _sheet(name: str, rows: Iterator[tuple[object, ...]]) -> Sheet:
    columns = [_column(_text(cell)) for cell in next(rows, ())]
    lines = (
        Line(
            number,
            {c: text for c, cell in zip(columns, row, strict=False) if (text := _text(cell)) and c},
        )
        for number, row in enumerate(rows, start=2)
    )
    return Sheet(name, tuple(columns), tuple(line for line in lines if line.cells))


def _column(written: str) -> str:
    """The plain name of a column: ``label::English (en)``, ``relevant``."""
    kind, separator, language = written.strip().partition("::")
    plain = kind.strip().lower().replace(" ", "_")
    whole = f"{plain}::{language.strip().lower()}"
    if whole in _ALSO_CALLED:
        return _ALSO_CALLED[whole]
    return _ALSO_CALLED.get(plain, plain) + (f"::{language.strip()}" if separator else "")


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _rows(sheet: Sheet) -> Iterator[Row]:
    around: list[Row] = []
    for line in sheet.lines:
        type_ = _type(line.get("type"))
        if type_.split()[:1] and type_.split()[0] in _ENDINGS:
            around = around[:-1]
        elif type_:
            row = Row(line, type_, line.get("name"), tuple(around))
            yield row
            if row.is_container:
                around = [*around, row]


def _type(written: str) -> str:
    """``begin group`` and ``select one from x`` as XLSForm now writes them."""
    words: Sequence[str] = written.split()
    if len(words) > 1 and words[0] in ("begin", "end"):
        return "_".join(words[:2])
    return " ".join(words)
