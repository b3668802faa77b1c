"""Qt's printers: what Qt passes over in silence is said; what is drawn is the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtPrintSupport import QPrinter

from desktop.printing.render import Pages
from desktop.services.print_views import PreparedPrint
from desktop.ui.page_image import image_of
from desktop.ui.printers import PrinterTrouble, QtPrinters, draw_pages, on_sheet
from tests.desktop.ui.pages.examples import Desk

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def prepared() -> PreparedPrint:
    desk = Desk()
    return desk.typeset(desk.gather("grace", "standard", ""), lambda _: None, lambda: False)


def never() -> bool:
    return False


def test_a_printer_that_is_not_there_is_said(prepared: PreparedPrint) -> None:
    with pytest.raises(PrinterTrouble) as told:
        QtPrinters().print(prepared, "Nowhere", lambda _: None, never)
    assert "not there any more" in told.value.title
    assert told.value.done == 0


def test_a_printer_that_only_makes_a_file_is_refused(
    prepared: PreparedPrint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QtPrinters, "names", lambda _: ("Print to PDF",))
    with pytest.raises(PrinterTrouble) as told:
        QtPrinters().print(prepared, "Print to PDF", lambda _: None, never)
    assert "only makes a file" in told.value.title


def to_file(path: Path) -> QPrinter:
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(path))
    return device


def test_every_page_is_drawn_whole_and_counted(prepared: PreparedPrint, tmp_path: Path) -> None:
    moved: list[int] = []
    draw_pages(to_file(tmp_path / "out.pdf"), prepared, moved.append, never)
    assert moved == [1, 2]
    with Pages((tmp_path / "out.pdf").read_bytes()) as pages:
        assert len(pages) == 2
        assert tuple(round(side) for side in pages.size(0)) == (595, 842)
        image = image_of(pages.at_width(0, 300))
    inside = [image.pixelColor(x, y).lightness() for x in range(30, 270) for y in range(30, 90)]
    margin = [image.pixelColor(x, y).lightness() for x in range(300) for y in range(10)]
    assert min(inside) < 100, "nothing was drawn"
    assert min(margin) > 200, "the margin is white"


@pytest.mark.parametrize(
    ("wide", "high", "bare"),
    [(2480, 3508, 0), (2480, 3508, 118), (2480, 3508, 177), (2550, 3300, 0), (2550, 3300, 150)],
)
def test_no_word_is_lost_on_other_paper_or_where_the_printer_leaves_more_bare(
    wide: int, high: int, bare: int
) -> None:
    a4, free = 2480 / 3508, 130  # the foot of a page stands 11 mm above its edge
    sheet, sides = QRectF(0, 0, wide, high), QMarginsF(bare, bare, bare, bare)
    place = on_sheet(sheet, sides, a4)
    assert place.width() / place.height() == pytest.approx(a4)
    inked = place.adjusted(*(side * place.width() / 2480 for side in (free, free, -free, -free)))
    printable = sheet.adjusted(bare, bare, -bare, -bare).adjusted(-1, -1, 1, 1)
    assert printable.contains(inked)
    if wide == 2480 and bare <= 118:  # 10 mm
        assert place == sheet


def test_stopping_says_how_many_pages_may_have_come(
    prepared: PreparedPrint, tmp_path: Path
) -> None:
    moved: list[int] = []
    with pytest.raises(PrinterTrouble) as told:
        draw_pages(to_file(tmp_path / "out.pdf"), prepared, moved.append, lambda: bool(moved))
    assert told.value.done == 1


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_begin_is_said(prepared: PreparedPrint, tmp_path: Path) -> None:
    with pytest.raises(PrinterTrouble) as told:
        draw_pages(to_file(tmp_path / "no" / "such" / "out.pdf"), prepared, lambda _: None, never)
    assert "did not answer" in told.value.title
