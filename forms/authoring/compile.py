"""An XLSForm becomes an ODK XForm, by pyxform, with its complaints put into places and words."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

from openpyxl.utils.exceptions import InvalidFileException
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from forms.authoring.mistakes import FormMistakes, Mistake
from forms.authoring.sheets import unreadable

_DOES_NOT_APPLY = re.compile(r"max-pixels")  # signatures and drawings are kept as strokes
_ROW = re.compile(r"\[row ?: ?(\d+)\]\s*")
_SHEET = re.compile(r"[Oo]n the '(\w+)' sheet,?\s*")
_COLUMN = re.compile(r"(?:the '([\w:() ]+)' (?:value|column))|(?:column '([\w:() ]+)')")


def compile_form(xlsx: Path) -> bytes:
    """The XForm of the spreadsheet, as UTF-8 XML.

    Raises FormMistakes if it is no spreadsheet, or one that pyxform cannot compile. What pyxform
    lets through is found by `forms.authoring.check`.
    """
    return compile_with_warnings(xlsx)[0]


def compile_with_warnings(xlsx: Path) -> tuple[bytes, tuple[Mistake, ...]]:
    """The XForm, and what pyxform thinks of it all the same. Raises FormMistakes."""
    try:
        compiled = convert(xlsform=xlsx, validate=False, pretty_print=False)
    except PyXFormError as error:
        raise FormMistakes(xlsx.name, [_placed(str(error))]) from error
    except (OSError, zipfile.BadZipFile, InvalidFileException, KeyError) as error:
        raise FormMistakes(xlsx.name, [unreadable()]) from error
    warnings = (w for w in compiled.warnings if not _DOES_NOT_APPLY.search(w))
    return compiled.xform.encode(), tuple(replace(_placed(w), weight="warning") for w in warnings)


def _placed(complaint: str) -> Mistake:
    """pyxform's sentence, with the row, sheet and column that it names taken out of it."""
    row, sheet, column = (pattern.search(complaint) for pattern in (_ROW, _SHEET, _COLUMN))
    return Mistake(
        says=_ROW.sub("", complaint).strip(),
        sheet=sheet.group(1) if sheet else "survey" if row else "",
        row=int(row.group(1)) if row else None,
        column=next(filter(None, column.groups()), "") if column else "",
    )
