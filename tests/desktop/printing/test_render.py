"""Pages as pictures for preview and printer."""

from PIL import Image

from desktop.printing.plan import plan_document
from desktop.printing.render import PagePicture, Pages, page_count, render_page
from desktop.printing.setting import PrintSize
from tests.desktop.printing.families import FOOT, PLAN

PDF = plan_document(PLAN, PrintSize.STANDARD, FOOT, draft=False)


def _grey(picture: PagePicture) -> Image.Image:
    size = (picture.width, picture.height)
    return Image.frombuffer("RGB", size, picture.pixels, "raw", "BGRX", picture.stride, 1).convert(
        "L"
    )


def test_pages_are_counted_and_measured() -> None:
    assert page_count(PDF) == 2
    with Pages(PDF) as pages:
        assert len(pages) == 2
        width, height = pages.size(0)
        assert (round(width), round(height)) == (595, 842)


def test_a_printers_page_has_300_dots_an_inch() -> None:
    picture = render_page(PDF, 1, 300)
    assert abs(picture.width - 2480) <= 1
    assert abs(picture.height - 3508) <= 1
    assert len(picture.pixels) == picture.stride * picture.height


def test_a_preview_is_as_wide_as_asked_and_shows_ink() -> None:
    with Pages(PDF) as pages:
        picture = pages.at_width(0, 600)
    assert picture.width == 600
    ink = _grey(picture).point(lambda value: 255 if value < 128 else 0).getbbox()
    assert ink is not None
    left, top, right, bottom = ink
    assert left > 40  # a margin all round, that home printers do not cut off
    assert right < 560
    assert top > 30
    assert bottom < picture.height - 25


def test_colours_are_not_swapped() -> None:
    with Pages(PDF) as pages:
        picture = pages.at_width(0, 1200)
    size = (picture.width, picture.height)
    image = Image.frombuffer("RGB", size, picture.pixels, "raw", "BGRX", picture.stride, 1)
    colours = {colour for _, colour in image.getcolors(maxcolors=1 << 24) or []}
    assert (0, 74, 84) in colours  # the teal of headings
