"""The family tree and the map of helpers, drawn from their data; all of it is said in words too."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.look.painting import colours_for, painter_on
from desktop.ui.words import breakable, tr
from forms.casework.genogram import Genogram, Helper, Place

_STEP_EMS, _ROW_EMS, _SHAPE_EMS = 9.0, 6.5, 2.6
_CIRCLE_EMS, _HELPER_EMS = 23.0, 3.4
_SHAPES = {"square": "male", "circle": "female", "diamond": "", "triangle": "not born yet"}
_MIDDLE = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


class TreePicture(QWidget):
    """Squares, circles and lines; it grows with the text and shrinks to the room that there is."""

    def __init__(self, tree: Genogram, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = tree
        self.setAccessibleName(tr("Family tree. It is said in words below."))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As tall as its generations."""
        rows = 1 + max((place.row for place in self.tree.places), default=0)
        em = self.fontMetrics().height()
        return QSize(int(em * _STEP_EMS * max(1.0, self.tree.width)), int(em * _ROW_EMS * rows))

    def minimumSizeHint(self) -> QSize:
        """Never wider than the page."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Lines first, then everybody over them."""
        painter, colours = painter_on(self), colours_for(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at = {place.person: self._middle(place) for place in self.tree.places}
        for line in self.tree.lines:
            ended = Qt.PenStyle.DashLine if line.ended else Qt.PenStyle.SolidLine
            painter.setPen(QPen(colours.border, 1.5, ended))
            painter.drawLine(at[line.person], at[line.other])
        for place in self.tree.places:
            self._draw(painter, place, at[place.person])

    def _middle(self, place: Place) -> QPointF:
        em = self.fontMetrics().height()
        step = self._step()
        left = (self.width() - step * self.tree.width) / 2
        return QPointF(left + step * (place.column + 0.5), em * (_ROW_EMS * place.row + 1.8))

    def _step(self) -> float:
        em = self.fontMetrics().height()
        return min(em * _STEP_EMS, self.width() / max(1.0, self.tree.width))

    def _draw(self, painter: QPainter, place: Place, middle: QPointF) -> None:
        colours, em = colours_for(self), self.fontMetrics().height()
        half = em * _SHAPE_EMS / 2
        box = QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)
        width = 2.5 if place.inside else 1.5
        style = Qt.PenStyle.SolidLine if place.inside else Qt.PenStyle.DotLine
        painter.setPen(QPen(colours.accent, width, style))
        painter.setBrush(colours.surface)
        if place.shape == "circle":
            painter.drawEllipse(box)
        elif place.shape == "square":
            painter.drawRect(box)
        elif place.shape == "triangle":
            painter.drawPolygon(
                QPolygonF([QPointF(middle.x(), box.top()), box.bottomRight(), box.bottomLeft()])
            )
        else:
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(middle.x(), box.top()),
                        QPointF(box.right(), middle.y()),
                        QPointF(middle.x(), box.bottom()),
                        QPointF(box.left(), middle.y()),
                    ]
                )
            )
        if place.crossed:
            painter.drawLine(box.topLeft(), box.bottomRight())
            painter.drawLine(box.topRight(), box.bottomLeft())
        painter.setPen(colours.text)
        if place.age is not None:
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(place.age))
        step = self._step()
        under = QRectF(middle.x() - step / 2, box.bottom() + 2, step, em * 2.4)
        words = self.fontMetrics().boundingRect(under.toRect(), _MIDDLE, place.name)
        painter.fillRect(words.adjusted(-3, 0, 3, 0), colours.surface)
        painter.drawText(under, _MIDDLE, place.name)


class HelpersPicture(QWidget):
    """The family in the middle, and everybody who helps around it; a thick line is a strong one."""

    def __init__(self, helpers: tuple[Helper, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.helpers = helpers
        self.setAccessibleName(tr("Who helps. It is said in words below."))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Square enough for a circle."""
        width = self.fontMetrics().height() * 26
        return QSize(width, self.heightForWidth(width))

    def hasHeightForWidth(self) -> bool:
        """Without room for a circle they stand in a row."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Of the circle, or of the row."""
        em = self.fontMetrics().height()
        narrow = em * _HELPER_EMS * len(self.helpers)
        return round(max(narrow, em * 4) if self._is_narrow(width) else em * 16)

    def minimumSizeHint(self) -> QSize:
        """Never wider than the page."""
        return QSize(120, self.fontMetrics().height() * 4)

    def _is_narrow(self, width: int) -> bool:
        return width < self.fontMetrics().height() * _CIRCLE_EMS

    def paintEvent(self, _: QPaintEvent) -> None:
        """Lines first, then the words over them."""
        painter, colours = painter_on(self), colours_for(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        em = self.fontMetrics().height()
        middle = QPointF(self.width() / 2, self.height() / 2)
        if self._is_narrow(self.width()):
            middle.setX(3.4 * em + 2)
            at_right = self.width() - 4 * em - 2
            rows = (em * _HELPER_EMS * (n + 0.5) for n in range(len(self.helpers)))
            points = [QPointF(at_right, row) for row in rows]
        else:
            wide, tall = min(self.width() / 2 - 4 * em, 16 * em), self.height() / 2 - 2 * em
            points = [
                QPointF(middle.x() + one.x * wide, middle.y() + one.y * tall)
                for one in self.helpers
            ]
        places = list(zip(self.helpers, points, strict=True))
        for one, at in places:
            strong = 3.0 if one.strength == "strong" else 1.2
            painter.setPen(QPen(colours.border, strong))
            painter.drawLine(middle, at)
        self._bubble(painter, middle, tr("The family"), 3.4 * em, 1.6 * em)
        for one, at in places:
            self._bubble(painter, at, one.name or one.agency.replace("_", " "), 4 * em, 1.4 * em)

    def _bubble(self, painter: QPainter, at: QPointF, words: str, wide: float, tall: float) -> None:
        colours = colours_for(self)
        box = QRectF(at.x() - wide, at.y() - tall, 2 * wide, 2 * tall)
        painter.setPen(QPen(colours.accent, 1.5))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(box, tall, tall)
        painter.setPen(colours.text)
        inside = box.adjusted(6, 2, -6, -2)
        painter.drawText(
            inside, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), words
        )


def tree_in_words(tree: Genogram) -> Iterator[str]:
    """Everybody in the tree and what they are to each other, a sentence each."""
    names = {place.person: breakable(place.name) or tr("Somebody") for place in tree.places}
    for place in tree.places:
        said = [tr("age {n}", n=place.age)] if place.age is not None else []
        if _SHAPES[place.shape]:
            said.append(tr(_SHAPES[place.shape]))
        said.append(tr("lives here") if place.inside else tr("lives elsewhere"))
        if place.crossed:
            said.append(tr("has died"))
        yield f"{names[place.person]}: {', '.join(said)}"
    for line in tree.lines:
        kind = line.kind.replace("_", " ") or tr("related")
        words = tr(
            "{one} is {kind} of {other}", one=names[line.person], kind=kind, other=names[line.other]
        )
        yield tr("{words} (it has ended)", words=words) if line.ended else words


def helpers_in_words(helpers: tuple[Helper, ...]) -> Iterator[str]:
    """Who helps, and as what."""
    for one in helpers:
        what = one.role or one.agency.replace("_", " ")
        name = breakable(one.name) or tr("Somebody")
        strong = tr("close") if one.strength == "strong" else ""
        yield f"{name}: {', '.join(part for part in (breakable(what), strong) if part)}".rstrip(
            ": "
        )
