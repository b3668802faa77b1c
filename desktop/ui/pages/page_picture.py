"""One printed page as a picture, with its words for those who do not see it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.look.painting import FOCUS_WIDTH, colours_for, draw_focus
from desktop.ui.look.spacing import HAIR

_A4 = 297 / 210


class PageView(QWidget):
    """White paper with an edge; blank until its picture has come. Tab stops at each page.

    ``seen``: it is on the screen, and its picture has not come.
    """

    seen = Signal()

    def __init__(self, name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self.setAccessibleName(name)
        self.setAccessibleDescription(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def is_painted(self) -> bool:
        """Whether its picture has come."""
        return self._image is not None

    def show_picture(self, image: QImage) -> None:
        """Show what will be printed."""
        self._image = image
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Paper keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the paper's shape asks."""
        inner = width - 2 * HAIR
        if self._image is not None:
            return round(inner * self._image.height() / self._image.width()) + 2 * HAIR
        return round(inner * _A4) + 2 * HAIR

    def sizeHint(self) -> QSize:
        """A page that can be read."""
        return QSize(560, self.heightForWidth(560))

    def minimumSizeHint(self) -> QSize:
        """A page that can still be recognised."""
        return QSize(240, 240)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the paper: white in every theme, as it will be."""
        painter, colours = QPainter(self), colours_for(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paper = self.rect().adjusted(HAIR, HAIR, -HAIR, -HAIR)
        painter.fillRect(paper, QColor("white"))
        if self._image is not None:
            painter.drawImage(paper, self._image)
        else:
            self.seen.emit()
        painter.setPen(QPen(colours.border, 1))
        painter.drawRect(paper.adjusted(0, 0, -1, -1))
        if self.hasFocus():
            edge = FOCUS_WIDTH / 2
            draw_focus(painter, QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), colours)
        painter.end()
