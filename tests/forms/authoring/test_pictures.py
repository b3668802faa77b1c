"""Pictures of a form travel in it; one that is missing, unfit or without words is named."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path
from zlib import crc32

import pytest
from PIL import Image

from forms.authoring.check import check_form
from forms.authoring.compile import compile_form
from forms.authoring.mistakes import FormMistakes
from forms.authoring.pictures import LARGEST
from forms.xforms import Session, load_definition
from tests.forms.authoring.conftest import Book

BEGINS = b"\x89PNG\r\n\x1a\n"


def png(width: int, height: int, shade: int = 0) -> bytes:
    """A picture of one shade."""
    kept = BytesIO()
    Image.new("L", (width, height), shade).save(kept, "PNG")
    return kept.getvalue()


PNG, OTHER = png(2, 2), png(2, 2, 90)
_SIZES = b"IHDR" + bytes.fromhex("0000ffff0000ffff0800000000")
HUGE = BEGINS + b"\0\0\0\r" + _SIZES + crc32(_SIZES).to_bytes(4) + b"\0\0\0\0IDAT"
"""Fifty bytes that say four milliard pixels."""
COLUMNS = ("type", "name", "label", "media::image", "appearance")
CHOICES = ("list_name", "name", "label", "media::image")


def make(book: Book, files: dict[str, bytes], label: str = "Good", look: str = "") -> Path:
    """A form that asks with two pictures, and these files in the folder beside it."""
    form = book(
        [("select_one mood", "mood", "How is it?", "house.png", look)],
        [("mood", "good", label, "good.png"), ("mood", "bad", "Bad", "")],
        columns=COLUMNS,
        choice_columns=CHOICES,
    )
    folder = form.with_name("visit-media")
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.png").write_bytes(content)
    return form


def test_a_picture_is_in_the_version_that_shows_it(book: Book) -> None:
    form = make(book, {"house": PNG, "good": OTHER})
    assert check_form(form) == ()
    node = Session(load_definition(compile_form(form))).node("/visit/mood")
    told = [node.label_image, *(choice.image for choice in node.choices)]
    held = [f"data:image/png;base64,{base64.b64encode(one).decode()}" for one in (PNG, OTHER)]
    assert told == [*held, ""]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"house": PNG}, "no picture good.png"),
        ({"house": PNG, "good": b"GIF89a"}, "good.png is no picture"),
        ({"house": PNG, "good": BEGINS}, "good.png is no picture, or a damaged one"),
        ({"house": PNG, "good": PNG[:45]}, "good.png is no picture, or a damaged one"),
        ({"house": PNG, "good": PNG + bytes(LARGEST)}, "good.png is too large"),
        ({"house": PNG, "good": png(2_001, 2_000)}, "good.png is too large"),
        ({"house": PNG, "good": HUGE}, "good.png is too large"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_named(
    book: Book, files: dict[str, bytes], says: str
) -> None:
    form = make(book, files)
    (found,) = check_form(form)
    assert says in found.says
    assert (found.sheet, found.row, found.column) == ("choices", 2, "media::image")
    with pytest.raises(FormMistakes, match=says):
        compile_form(form)


def test_a_picture_without_words_or_in_a_list_that_shows_none_is_named(book: Book) -> None:
    both = {"house": PNG, "good": PNG}
    assert "is told nothing" in " ".join(m.says for m in check_form(make(book, both, label="")))
    (found,) = check_form(make(book, both, look="minimal"))
    assert "shows no pictures" in found.says


def test_a_film_is_named(book: Book) -> None:
    form = book(
        [("note", "told", "Look", "film.mp4")], columns=("type", "name", "label", "media::video")
    )
    assert any("no film" in mistake.says for mistake in check_form(form))
