"""Pages as pictures, for the preview and for the printer. In memory only."""

from dataclasses import dataclass

import pypdfium2

_POINTS_PER_INCH = 72


@dataclass(frozen=True)
class PagePicture:
    """One page: rows of `stride` bytes, four bytes a pixel: blue, green, red, unused."""

    width: int
    height: int
    stride: int
    pixels: bytes


class Pages:
    """An opened PDF. Close it, or use it in a `with`; one thread at a time."""

    def __init__(self, pdf: bytes) -> None:
        self._document = pypdfium2.PdfDocument(pdf)

    def __enter__(self) -> "Pages":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        """Let go of the memory."""
        self._document.close()

    def size(self, index: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        width, height = self._document.get_page_size(index)
        return width, height

    def at_dpi(self, index: int, dpi: float) -> PagePicture:
        """Page `index` (from 0) with so many dots an inch: 300 for a printer."""
        return self._picture(index, dpi / _POINTS_PER_INCH)

    def at_width(self, index: int, width: int) -> PagePicture:
        """Page `index` (from 0), `width` pixels wide."""
        return self._picture(index, width / self.size(index)[0])

    def _picture(self, index: int, scale: float) -> PagePicture:
        page = self._document[index]
        try:
            bitmap = page.render(scale=scale, prefer_bgrx=True, rev_byteorder=False)
            try:
                return PagePicture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            finally:
                bitmap.close()
        finally:
            page.close()


def page_count(pdf: bytes) -> int:
    """How many pages `pdf` has."""
    with Pages(pdf) as pages:
        return len(pages)


def render_page(pdf: bytes, index: int, dpi: float) -> PagePicture:
    """One page as a picture. For several pages keep a `Pages` open."""
    with Pages(pdf) as pages:
        return pages.at_dpi(index, dpi)
