"""Everything that happened with a family, in order, narrowed by kind, person, time, words."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.case_views import Chronology, HappeningLine
from desktop.ui.look.announcer import Announcer
from desktop.ui.look.fields import ChoiceBox, LineField
from desktop.ui.look.labels import Body, Quiet
from desktop.ui.look.spacing import HAIR, TIGHT
from desktop.ui.moments import Moments
from desktop.ui.pages.case_words import happening_words, kind_words
from desktop.ui.pages.choice_row import ChoiceRow, Line
from desktop.ui.pages.page import ColumnPage, button_row, put
from desktop.ui.words import breakable, counted, listed, tr

_PAUSE_MS = 200
_AT_ONCE = 80
_TIMES = (
    ("All of it", 0),
    ("The last month", 31),
    ("The last three months", 92),
    ("The last year", 366),
)


class ChronologyPage(ColumnPage):
    """``record_chosen`` carries the record in which a line stands."""

    record_chosen = Signal(str)

    def __init__(self, moments: Moments, parent: QWidget | None = None) -> None:
        super().__init__(tr("What happened"), parent=parent)
        self._moments = moments
        self._known = Chronology(())
        self._announcer = Announcer(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._narrow)
        self.kind, self.person, self.words = ChoiceBox(), ChoiceBox(), LineField()
        self.kind.setMinimumWidth(220)
        self.time = ChoiceBox()
        for words, days in _TIMES:
            self.time.addItem(tr(words), days)
        fields = (
            (tr("What"), self.kind),
            (tr("About whom"), self.person),
            (tr("When"), self.time),
            (tr("Words"), self.words),
        )
        self.content.addLayout(button_row(*(labelled(words, field) for words, field in fields)))
        self.kind.currentIndexChanged.connect(self._narrow)
        self.person.currentIndexChanged.connect(self._narrow)
        self.time.currentIndexChanged.connect(self._narrow)
        self.words.textChanged.connect(self._pause.start)
        self._found = Quiet()
        self.content.addWidget(self._found)
        self._rows = QVBoxLayout()
        self.content.addLayout(self._rows)

    def show_chronology(self, chronology: Chronology) -> None:
        """Show everything that happened, as it is narrowed now."""
        self._known = chronology
        kinds = dict.fromkeys(line.kind for line in chronology.lines)
        names = [name for name in chronology.people.values() if name]
        _fill(self.kind, [(tr("Everything"), ""), *((kind_words(k), k) for k in kinds)])
        _fill(self.person, [(tr("Everybody"), ""), *((name, name) for name in names)])
        self._narrow()

    # Inside ------------------------------------------------------------------------------

    def _narrow(self) -> None:
        kind, person = self.kind.currentData() or "", self.person.currentData() or ""
        words = self.words.text().casefold().split()
        days = self.time.currentData()
        since = self._moments.today() - timedelta(days=days) if days else date.min
        found = [
            line
            for line in self._known.lines
            if (not kind or line.kind == kind)
            and (line.day is None or line.day >= since)
            and (not person or person in line.names)
            and all(word in f"{line.what} {line.when}".casefold() for word in words)
        ]
        said = counted(len(found), "{n} line", "{n} lines")
        self._found.setText(said)
        self._announcer.say(said)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(TIGHT)
        for line in reversed(found[-_AT_ONCE:]):
            rows.addWidget(self._row(line))
        if len(found) > _AT_ONCE:
            rows.addWidget(Body(tr("The newest {n} are shown. Narrow it for more.", n=_AT_ONCE)))
        put(whole, self._rows)

    def _row(self, line: HappeningLine) -> ChoiceRow:
        day = self._moments.day(line.day) if line.day else breakable(line.when)
        about = breakable(listed(list(line.names))) if line.names else ""
        lines = tuple(Line(words) for words in (day, about) if words)
        row = ChoiceRow(happening_words(line), lines)
        row.clicked.connect(lambda: self.record_chosen.emit(line.record))
        return row


def labelled(words: str, field: QWidget) -> QWidget:
    """A field under its label."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(HAIR)
    label = Body(words, bold=True)
    label.setBuddy(field)
    field.setAccessibleName(words)
    column.addWidget(label)
    column.addWidget(field)
    return whole


def _fill(box: ChoiceBox, choices: list[tuple[str, str]]) -> None:
    """Offer these; what was chosen stays chosen if it is still there."""
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    for words, value in choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
