"""The error summary at the top of a page (GOV.UK pattern)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.look.labels import Heading
from desktop.ui.look.link_row import LinkRow
from desktop.ui.look.notice import Kind, Mark
from desktop.ui.look.painting import colours_for, draw_box, painter_on
from desktop.ui.look.spacing import CLOSE, TIGHT, WIDE


@dataclass(frozen=True, slots=True)
class Mistake:
    """One line of the summary: worded exactly as beside the field; ``key`` names the field."""

    key: str
    words: str


class ErrorSummary(QWidget):
    """ "There is a problem", and a link to each field. Hidden while there is none.

    ``chosen`` carries the key of the line that was followed.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[LinkRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        self._column.setSpacing(TIGHT)
        top = QHBoxLayout()
        top.setSpacing(CLOSE)
        self.heading = Heading(self.tr("There is a problem"), 2, self)
        top.addWidget(Mark(Kind.PROBLEM, self))
        top.addWidget(self.heading, 1)
        self._column.addLayout(top)
        self.setAccessibleName(self.heading.text())
        self.hide()

    def show_mistakes(self, mistakes: Sequence[Mistake]) -> None:
        """Show these and take the focus; with none, hide."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.deleteLater()
        self._lines = [self._line(mistake) for mistake in mistakes]
        self.setVisible(bool(mistakes))
        if mistakes:
            self.heading.setFocus()

    def _line(self, mistake: Mistake) -> LinkRow:
        line = LinkRow(mistake.words, self)
        line.clicked.connect(lambda: self.chosen.emit(mistake.key))
        self._column.addWidget(line)
        return line

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = painter_on(self), colours_for(self)
        draw_box(painter, QRectF(self.rect()), colours.surface, colours.problem.mark, 3.0)
        painter.end()
