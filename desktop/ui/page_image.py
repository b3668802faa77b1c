"""A rendered page as Qt has it."""

from __future__ import annotations

from PySide6.QtGui import QImage

from desktop.services.print_views import PagePicture


def image_of(picture: PagePicture) -> QImage:
    """The picture, with bytes of its own."""
    shape = QImage.Format.Format_RGB32
    return QImage(picture.pixels, picture.width, picture.height, picture.stride, shape).copy()
