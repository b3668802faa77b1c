"""Pictures of questions and choices: found beside the workbook, put into the compiled form.

A form keeps its pictures in a folder beside it, ``child_voice-media`` for ``child_voice.xlsx``, as
ODK has it. Compiled, each is a data URI where its name stood: so it travels with the version of the
form that shows it, and a record shows for ever what was on the screen when it was written.
"""

from __future__ import annotations

import base64
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lxml import etree
from PIL import Image

from forms.authoring.mistakes import FormMistakes, Mistake
from forms.authoring.sheets import CHOICES, SURVEY, Line, Row, SheetForm

LARGEST = 150 * 1024
MOST_PIXELS = 4_000_000
"""More are not shown (`desktop.ui.look.form_picture`): few bytes can say very many pixels."""
LARGEST_OF_FORM = 3 * 1024 * 1024
_KINDS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
_LISTS = frozenset({"minimal", "autocomplete"})
_NOT_SHOWN = ("audio", "video", "big-image")
_VALUE = "{http://www.w3.org/2002/xforms}value"
_PLACE = "jr://images/"


@dataclass(frozen=True, slots=True)
class _Named:
    """A cell that names a picture."""

    sheet: str
    line: Line
    column: str
    file: str


def with_pictures(xform: bytes, form: SheetForm, xlsx: Path) -> bytes:
    """The compiled form with its pictures in it. FormMistakes: one is missing, or is unfit."""
    if _PLACE.encode() not in xform:
        return xform
    unfit = tuple(_unfit(form, xlsx))
    if unfit:
        raise FormMistakes(xlsx.name, unfit)
    tree = etree.fromstring(xform)
    for value in tree.iter(_VALUE):
        if value.get("form") == "image" and (value.text or "").startswith(_PLACE):
            value.text = _as_uri(_folder(xlsx) / value.text.removeprefix(_PLACE))
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
    return written


def picture_mistakes(form: SheetForm, xlsx: Path) -> Iterator[Mistake]:
    """Pictures that are missing, unfit, shown nowhere, or all that somebody is told."""
    yield from _unfit(form, xlsx)
    hidden = {row.list_name for row in form.rows if row.list_name and _drops_down_or_ranks(row)}
    for named in _named(form, ("image",)):
        if not any(named.line.texts("label").values()):
            yield _mistake(
                named,
                "Whoever cannot see this picture is told nothing.",
                "Write what it says in the column label.",
            )
        if named.sheet == CHOICES and named.line.get("list_name") in hidden:
            yield _mistake(
                named,
                "A list that drops down or is put in order shows no pictures.",
                "Take the picture away, or the appearance minimal or autocomplete.",
            )
    for named in _named(form, _NOT_SHOWN):
        yield _mistake(
            named,
            "This program plays no sound and no film, and enlarges no picture.",
            "Take it away; a picture goes into the column media::image.",
        )


def _unfit(form: SheetForm, xlsx: Path) -> Iterator[Mistake]:
    total = 0
    for named in _named(form, ("image",)):
        file = _folder(xlsx) / named.file
        if "/" in named.file or "\\" in named.file or not file.is_file():
            instead = f"Put it into the folder {_folder(xlsx).name} beside the workbook."
            yield _mistake(named, f"There is no picture {named.file}.", instead)
            continue
        content = file.read_bytes()
        total += len(content)
        pixels = _pixels(content)
        if not _kind(content) or pixels == 0:
            instead = "Open it, and save it again as PNG or JPEG."
            yield _mistake(named, f"{named.file} is no picture, or a damaged one.", instead)
        elif len(content) > LARGEST or pixels > MOST_PIXELS:
            instead = f"Make it smaller: at most {LARGEST // 1024} KB, 600 pixels are enough."
            yield _mistake(named, f"{named.file} is too large.", instead)
    if total > LARGEST_OF_FORM:
        most = LARGEST_OF_FORM // (1024 * 1024)
        yield Mistake(f"The pictures of this form are over {most} MB.", "Make them smaller.")


def _named(form: SheetForm, media: tuple[str, ...]) -> Iterator[_Named]:
    for name in (SURVEY, CHOICES):
        sheet = form.sheet(name)
        for column in sheet.columns:
            parts = column.split("::")
            kind = parts[1] if parts[0] == "media" and len(parts) > 1 else parts[0]
            for line in sheet.lines if kind in media else ():
                if line.get(column):
                    yield _Named(name, line, column, line.get(column))


def _drops_down_or_ranks(row: Row) -> bool:
    return row.kind == "rank" or bool(_LISTS & set(row.line.get("appearance").split()))


def _mistake(named: _Named, says: str, instead: str) -> Mistake:
    return Mistake(says, instead, named.sheet, named.line.number, named.column)


def _folder(xlsx: Path) -> Path:
    return xlsx.with_name(f"{xlsx.stem}-media")


def _kind(content: bytes) -> str:
    return next((kind for begins, kind in _KINDS.items() if content.startswith(begins)), "")


def _pixels(content: bytes) -> int:
    """How many pixels a picture has, read to its end; 0 where it is none that can be shown.

    Of one that is too large nothing but its beginning is read: it may hold more than a memory does.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
                pixels = picture.width * picture.height
                if pixels <= MOST_PIXELS:
                    picture.load()
                return pixels
    except Image.DecompressionBombError:
        return MOST_PIXELS + 1
    except (OSError, SyntaxError, ValueError):  # as Pillow tells of what it cannot read
        return 0


def _as_uri(file: Path) -> str:
    content = file.read_bytes()
    return f"data:image/{_kind(content)};base64,{base64.b64encode(content).decode()}"
