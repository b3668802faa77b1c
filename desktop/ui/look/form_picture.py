"""Pictures that belong to a form: beside a question, in an option, on a tile."""

from __future__ import annotations

import base64
import binascii
from functools import lru_cache

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui.look.spacing import TARGET

_KINDS = ("data:image/png;base64,", "data:image/jpeg;base64,")
_WIDEST_EMS, _HIGHEST_EMS = 24, 14
_MOST_PIXELS = 4_000_000
_LONGEST_SIDE = 1_200
"""Kept of a picture: more than it is ever drawn with, and 64 of them are not a gigabyte."""


@lru_cache(maxsize=64)
def form_picture(told: str) -> QImage | None:
    """The picture of a label or choice as the compiled form tells it; None if it is none."""
    kind = next((kind for kind in _KINDS if told.startswith(kind)), "")
    if not kind:
        return None
    try:
        content = base64.b64decode(told.removeprefix(kind), validate=True)
    except binascii.Error:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _MOST_PIXELS:
        return None
    if max(size.width(), size.height()) > _LONGEST_SIDE:
        most = QSize(_LONGEST_SIDE, _LONGEST_SIDE)
        reader.setScaledSize(size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


def draw_picture(painter: QPainter, image: QImage, area: QRectF) -> None:
    """Draw a picture whole and in its own proportions, in the middle of an area."""
    size = QSize(image.size()).scaled(area.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(0, 0, size.width(), size.height())
    place.moveCenter(area.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(place, image)


class StillPicture(QLabel):
    """A picture of its own, growing with the text as far as there is room. Hidden: none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._told = ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def say(self, told: str, words: str) -> None:
        """Show what the form tells; ``words`` are what somebody hears who does not see it."""
        self.setAccessibleName(words)
        if told == self._told:
            return
        self._told, self._image = told, form_picture(told)
        self.setPixmap(QPixmap() if self._image is None else QPixmap.fromImage(self._image))
        self.setVisible(self._image is not None)

    def hasHeightForWidth(self) -> bool:
        """It keeps its proportions."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as it is where it is this wide."""
        most = self.sizeHint()
        return most.height() * min(width, most.width()) // max(1, most.width())

    def sizeHint(self) -> QSize:
        """As large as is good to see."""
        em = self.fontMetrics().height()
        size = QSize() if self._image is None else self._image.size()
        most = QSize(em * _WIDEST_EMS, em * _HIGHEST_EMS)
        return size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio)

    def minimumSizeHint(self) -> QSize:
        """Narrow columns make it smaller."""
        return self.sizeHint().boundedTo(QSize(TARGET, TARGET))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Whole, where lines begin."""
        if self._image is None:
            return
        width = min(self.width(), self.sizeHint().width())
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - width if is_mirrored else 0
        painter = QPainter(self)
        draw_picture(painter, self._image, QRectF(left, 0, width, self.heightForWidth(width)))
        painter.end()
