"""Copies owed: who still waits for a paper, how it will reach them safely, and by when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.print_views import OwedLine
from desktop.ui.look.buttons import secondary
from desktop.ui.look.labels import Body
from desktop.ui.look.spacing import NORMAL
from desktop.ui.moments import Moments
from desktop.ui.pages.choice_row import ChoiceRow, Line
from desktop.ui.pages.page import ColumnPage, button_row, keeping_focus, put
from desktop.ui.words import tr


class OwedPage(ColumnPage):
    """The tasks that paper leaves; ``print_asked`` and ``settled`` carry an `OwedLine`."""

    print_asked = Signal(object)
    settled = Signal(object)

    def __init__(self, moments: Moments, parent: QWidget | None = None) -> None:
        super().__init__(tr("Copies owed"), parent=parent)
        self._moments = moments
        self._place = QVBoxLayout()
        self.content.addLayout(self._place)

    def show_owed(self, owed: Sequence[OwedLine]) -> None:
        """Show what is owed now, the first due first."""
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(NORMAL)
        if not owed:
            rows.addWidget(Body(tr("Nobody waits for a copy.")))
        for line in owed:
            row = owed_row(line, self._moments, names_family=True)
            row.clicked.connect(lambda _=False, one=line: self.print_asked.emit(one))
            rows.addWidget(row)
            away = secondary(tr("Not owed any more"), about=f"{line.paper}, {line.reader}")
            away.setObjectName(f"settle-{line.copy}")
            away.clicked.connect(lambda _=False, one=line: self.settled.emit(one))
            rows.addLayout(button_row(away))
        with keeping_focus(self):
            put(whole, self._place)


def owed_row(line: OwedLine, moments: Moments, *, names_family: bool) -> ChoiceRow:
    """One copy that is owed: a way to print it now."""
    said = [Line(tr("Reaches them: {how}", how=line.reaches))] if line.reaches else []
    if names_family and line.family_name:
        said.insert(0, Line(line.family_name))
    if line.due is not None:
        words = tr("Late: it was due {day}") if line.late else tr("By {day}")
        day = words.format(day=moments.day(line.due))
        said.append(Line(day, "caution" if line.late else ""))
    row = ChoiceRow(tr("{paper}, for {reader}", paper=line.paper, reader=line.reader), tuple(said))
    row.setObjectName(f"owed-{line.copy}")
    return row
