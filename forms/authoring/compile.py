"""An XLSForm becomes an ODK XForm, by pyxform, with its complaints put into places and words."""

from __future__ import annotations

import functools
import re
import zipfile
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from lxml import etree
from openpyxl.utils.exceptions import InvalidFileException
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from forms.authoring.mistakes import FormMistakes, Mistake
from forms.authoring.pictures import with_pictures
from forms.authoring.sheets import SheetForm, Workbook, open_workbook, read_sheets, unreadable

_DOES_NOT_APPLY = re.compile(r"max-pixels")  # signatures and drawings are kept as strokes
_HTML, _XFORMS = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2002/xforms}"
_TEMPLATE = "{http://openrosa.org/javarosa}template"
_ROW = re.compile(r"\[row ?: ?(\d+)\]\s*")
_SHEET = re.compile(r"[Oo]n the '(\w+)' sheet,?\s*")
_COLUMN = re.compile(r"(?:the '([\w:() ]+)' (?:value|column))|(?:column '([\w:() ]+)')")


def compile_form(xlsx: Path) -> bytes:
    """The XForm of the spreadsheet, as UTF-8 XML.

    Raises FormMistakes if it is no spreadsheet, one that pyxform cannot compile, or if a picture
    of it is missing. What pyxform lets through is found by `forms.authoring.check`.
    """
    return compile_with_warnings(xlsx)[0]


def compile_with_warnings(xlsx: Path) -> tuple[bytes, tuple[Mistake, ...]]:
    """The XForm, and what pyxform thinks of it all the same. Raises FormMistakes."""
    workbook = open_workbook(xlsx)
    xform, warnings = _compiled(workbook)
    return with_pictures(xform, read_sheets(xlsx), xlsx), warnings


@functools.lru_cache(maxsize=64)  # checking and building a pack ask for each form several times
def _compiled(workbook: Workbook) -> tuple[bytes, tuple[Mistake, ...]]:
    xlsx = workbook.path
    try:
        compiled = convert(xlsform=xlsx, validate=False, pretty_print=False)
    except PyXFormError as error:
        raise FormMistakes(xlsx.name, [_placed(str(error))]) from error
    except (OSError, zipfile.BadZipFile, InvalidFileException, KeyError) as error:
        raise FormMistakes(xlsx.name, [unreadable()]) from error
    warnings = (w for w in compiled.warnings if not _DOES_NOT_APPLY.search(w))
    xform = without_first_rows(compiled.xform.encode(), _empty_repeats(read_sheets(xlsx)))
    return xform, tuple(replace(_placed(w), weight="warning") for w in warnings)


def _empty_repeats(form: SheetForm) -> frozenset[str]:
    """The paths of the repeats whose ``begins_empty`` says yes."""
    return frozenset(
        "/".join(["", form.root, *(outer.name for outer in row.within), row.name])
        for row in form.rows
        if row.kind == "begin_repeat" and row.line.get("begins_empty").lower() == "yes"
    )


def without_first_rows(xform: bytes, repeats: Collection[str]) -> bytes:
    """The form without the row that pyxform gives each repeat, for these repeats.

    A repeat that may stay empty (a change of mind, somebody else who signs) must not ask anything
    of a row that nobody has added. The template that new rows are made of stays.
    """
    if not repeats:
        return xform
    tree = etree.fromstring(xform)
    instance = tree.find(f"{_HTML}head/{_XFORMS}model/{_XFORMS}instance")
    first = next(child for child in instance if isinstance(child.tag, str))
    waiting = [(first, f"/{etree.QName(first).localname}")]
    while waiting:
        element, path = waiting.pop()
        for child in list(element):
            below = f"{path}/{etree.QName(child).localname}"
            if below in repeats and child.get(_TEMPLATE) is None:
                element.remove(child)
            else:
                waiting.append((child, below))
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
    return written


def _placed(complaint: str) -> Mistake:
    """pyxform's sentence, with the row, sheet and column that it names taken out of it."""
    row, sheet, column = (pattern.search(complaint) for pattern in (_ROW, _SHEET, _COLUMN))
    return Mistake(
        says=_ROW.sub("", complaint).strip(),
        sheet=sheet.group(1) if sheet else "survey" if row else "",
        row=int(row.group(1)) if row else None,
        column=next(filter(None, column.groups()), "") if column else "",
    )
