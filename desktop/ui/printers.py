"""The machine's printers: pages go to them as pictures, page by page, at 300 dots an inch.

Qt is silent where a printer fails (an unknown name becomes a PDF with no file name), so each step
is checked and said. Nothing here records anything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageSize, QPainter

from desktop.services.print_views import PreparedPrint
from desktop.ui.page_image import image_of
from desktop.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DOTS_PER_INCH = 300
_FREE = 10 / 25.4  # inches at each side of a page in which nothing stands


class PrinterTrouble(Exception):
    """A printer did not take the pages. ``done`` is how many it may have printed."""

    def __init__(self, title: str, message: str, done: int = 0) -> None:
        super().__init__(title)
        self.title, self.message, self.done = title, message, done


class Printers(Protocol):
    """What the print page knows of printers. All of it is slow: call it in the paper lane."""

    def names(self) -> tuple[str, ...]:
        """The printers that this machine knows, the usual one first."""

    def print(
        self,
        prepared: PreparedPrint,
        printer: str,
        moved: Callable[[int], None],
        cancelled: Callable[[], bool],
    ) -> None:
        """Print every page, or raise `PrinterTrouble`. ``moved`` hears how many have gone."""


class QtPrinters:
    """The printers as Qt sees them."""

    def names(self) -> tuple[str, ...]:
        """The printers that this machine knows, the usual one first."""
        from PySide6.QtPrintSupport import QPrinterInfo  # 0.17 s: not at the start of the program

        usual = QPrinterInfo.defaultPrinterName()
        names = QPrinterInfo.availablePrinterNames()
        return tuple(sorted(names, key=lambda name: (name != usual, name)))

    def print(
        self,
        prepared: PreparedPrint,
        printer: str,
        moved: Callable[[int], None],
        cancelled: Callable[[], bool],
    ) -> None:
        """Print every page, or raise `PrinterTrouble`. ``moved`` hears how many have gone."""
        from PySide6.QtPrintSupport import QPrinter

        if printer not in self.names():
            raise PrinterTrouble(
                tr("That printer is not there any more"),
                tr("Check that it is on and connected, then choose Look again."),
            )
        device = QPrinter(QPrinter.PrinterMode.HighResolution)
        device.setPrinterName(printer)
        if device.outputFormat() is QPrinter.OutputFormat.PdfFormat:
            raise PrinterTrouble(
                tr("That printer only makes a file"),
                tr("Choose a printer that prints on paper, or choose Save a copy."),
            )
        draw_pages(device, prepared, moved, cancelled)


def on_sheet(sheet: QRectF, bare: QMarginsF, across: float) -> QRectF:
    """Where a page that is ``across`` times as wide as high goes on a sheet; all in dots.

    The whole sheet. Smaller where a word would be lost: on other paper than A4, or where the
    printer leaves more ``bare`` than a page of ours does.
    """
    free = _FREE * DOTS_PER_INCH
    sides = (bare.left(), bare.top(), bare.right(), bare.bottom())
    left, top, right, bottom = (max(side - free, 0.0) for side in sides)
    room = sheet.adjusted(left, top, -right, -bottom)
    width = min(room.width(), room.height() * across)
    return QRectF(room.x() + (room.width() - width) / 2, room.y(), width, width / across)


def _unprintable(device: QPrinter) -> QMarginsF:
    """What the printer leaves bare at each side, in dots; Qt has it in points."""
    return device.pageLayout().minimumMargins() * (DOTS_PER_INCH / 72)


def draw_pages(
    device: QPrinter,
    prepared: PreparedPrint,
    moved: Callable[[int], None],
    cancelled: Callable[[], bool],
) -> None:
    """Draw every page on a printer that has been chosen, or raise `PrinterTrouble`."""
    from PySide6.QtPrintSupport import QPrinter

    device.setResolution(DOTS_PER_INCH)
    device.setFullPage(True)
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter()
    if not painter.begin(device):
        raise PrinterTrouble(
            tr("The printer did not answer"),
            tr("Nothing was printed. Check that it is on and connected, then try again."),
        )
    try:
        for page in range(prepared.pages):
            if cancelled():
                device.abort()
                raise PrinterTrouble(
                    tr("Printing was stopped"), tr("Pages may still come out."), done=page
                )
            if page and not device.newPage():
                raise PrinterTrouble(
                    tr("The printer stopped half way"),
                    tr("Look at what came out, and say below what became of it."),
                    done=page,
                )
            sheet = device.paperRect(QPrinter.Unit.DevicePixel)
            picture = image_of(prepared.picture(page, round(sheet.width())))
            place = on_sheet(sheet, _unprintable(device), picture.width() / picture.height())
            painter.drawImage(place, picture)
            moved(page + 1)
    finally:
        painter.end()
