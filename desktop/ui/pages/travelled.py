"""How far the family has come in the ten outcomes: a picture, and the same in words and numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.case_views import DomainLine
from desktop.ui.look.painting import colours_for, painter_on
from desktop.ui.moments import Moments
from desktop.ui.pages.case_words import rater_words
from desktop.ui.words import tr

_ROW_EMS = 2.0
_HIGHEST = 10.0
_WORDS = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)


class TravelledPicture(QWidget):
    """A line from 0 to 10 for each score: a ring where it began, a filled dot where it is now."""

    def __init__(self, lines: Sequence[DomainLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = lines
        self.setAccessibleName(tr("How far we have come. It is said in words and numbers below."))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """A row for each score, and one for the numbers."""
        width = self.fontMetrics().height() * 30
        return QSize(width, self.heightForWidth(width))

    def hasHeightForWidth(self) -> bool:
        """Where it is narrow, what each score is of takes more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Of all rows, and of the numbers above them."""
        em = self.fontMetrics().height()
        return round(em * _ROW_EMS + sum(self._tall(line, width) for line in self.lines))

    def minimumSizeHint(self) -> QSize:
        """Never wider than the page."""
        return QSize(120, round(self.fontMetrics().height() * _ROW_EMS))

    def paintEvent(self, _: QPaintEvent) -> None:
        """The numbers on top, then a row for each score."""
        painter, colours = painter_on(self), colours_for(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        em = self.fontMetrics().height()
        left = self._left(self.width())
        wide = self.width() - left - em
        painter.setPen(colours.quiet)
        for number in (0, 5, 10):
            x = left + wide * number / _HIGHEST
            box = QRectF(x - em, 0, 2 * em, em * 1.4)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(number))
        top = em * _ROW_EMS
        for line in self.lines:
            tall = self._tall(line, self.width())
            self._row(painter, line, QRectF(0, top, left - em, tall), left, wide)
            top += tall

    def _left(self, width: float) -> float:
        """Where the lines begin, beside what each is of."""
        return min(width * 0.45, self.fontMetrics().height() * 18.0)

    def _tall(self, line: DomainLine, width: float) -> float:
        em = self.fontMetrics().height()
        room = QRect(0, 0, round(self._left(width) - em), 10_000)
        words = self.fontMetrics().boundingRect(room, _WORDS, _of(line))
        return max(em * _ROW_EMS, words.height() + em / 2)

    def _row(
        self, painter: QPainter, line: DomainLine, box: QRectF, left: float, wide: float
    ) -> None:
        colours, em, y = colours_for(self), self.fontMetrics().height(), box.center().y()
        painter.setPen(colours.text)
        painter.drawText(box, _WORDS, _of(line))
        painter.setPen(QPen(colours.line, 2))
        painter.drawLine(QPointF(left, y), QPointF(left + wide, y))
        first = QPointF(left + wide * line.first / _HIGHEST, y)
        now = QPointF(left + wide * line.latest / _HIGHEST, y)
        painter.setPen(QPen(colours.accent, 4))
        painter.drawLine(first, now)
        painter.setPen(QPen(colours.accent, 2))
        painter.setBrush(colours.surface)
        painter.drawEllipse(first, em * 0.34, em * 0.34)
        painter.setBrush(colours.accent)
        painter.drawEllipse(now, em * 0.34, em * 0.34)


def _of(line: DomainLine) -> str:
    return f"{line.title} · {rater_words(line.rater)}"


def travelled_in_words(line: DomainLine, moments: Moments) -> str:
    """One score in words: where it began, where it is, and what that means."""
    words = tr(
        "{title}, {rater}: {first} on {day}",
        title=line.title,
        rater=rater_words(line.rater).lower(),
        first=_number(line.first),
        day=moments.day(line.first_on),
    )
    if line.latest_on == line.first_on:
        return tr("{words}. There is one score so far.", words=words)
    change = line.latest - line.first
    said = (
        tr("better by {n}", n=_number(change))
        if change > 0
        else (tr("lower by {n}", n=_number(-change)) if change < 0 else tr("the same"))
    )
    now = tr("{now} on {day}", now=_number(line.latest), day=moments.day(line.latest_on))
    kept = (
        ""
        if line.sustained is None
        else (tr(" It has lasted.") if line.sustained else tr(" It has not lasted."))
    )
    return f"{words}, {now}: {said}.{kept}"


def _number(value: float) -> str:
    return f"{value:g}"
