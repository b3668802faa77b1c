"""A photo made small and bare: upright, at most 2 MB, and nothing in it but the picture."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

LARGEST = 2_000_000
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2048
_QUALITIES = (85, 75, 65, 55, 45)


class PhotoNotReadable(Exception):
    """The file is no picture that can be read, or one that is far too large."""

    title = "This picture cannot be read"
    message = "Choose another file: a JPEG or PNG, as a camera or scanner makes them."


def bare_photo(path: str, longest_side: int = LONGEST_SIDE) -> bytes:
    """The picture in the file as a JPEG of at most 2 MB without EXIF, place or comments.

    Raises PhotoNotReadable.
    """
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        raise PhotoNotReadable
    if max(size.width(), size.height()) > longest_side:
        reader.setScaledSize(
            size.scaled(QSize(longest_side, longest_side), Qt.AspectRatioMode.KeepAspectRatio)
        )
    read = reader.read()
    if read.isNull():
        raise PhotoNotReadable
    bare = QImage(read.size(), QImage.Format.Format_RGB32)
    bare.fill(Qt.GlobalColor.white)
    painter = QPainter(bare)
    painter.drawImage(0, 0, read)
    painter.end()
    return _small_enough(bare)


def seen(content: bytes, side: int) -> QImage:
    """The picture as it is shown on a page; null if this program cannot show it."""
    image = QImage.fromData(content)
    if image.isNull():
        return image
    return image.scaled(
        side,
        side,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def _small_enough(image: QImage) -> bytes:
    while True:
        for quality in _QUALITIES:
            content = _jpeg(image, quality)
            if len(content) <= LARGEST:
                return content
        image = image.scaled(image.size() / 2, Qt.AspectRatioMode.KeepAspectRatio)


def _jpeg(image: QImage, quality: int) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", quality)  # type: ignore[call-overload]
    buffer.close()
    return bytes(content.data())
