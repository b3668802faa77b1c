"""A date, typed as people say it: day, month, year. Or picked from a calendar."""

from __future__ import annotations

from PySide6.QtCore import QDate, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.services.answer_types import NO_DATE, NO_MOMENT
from desktop.ui.look.buttons import icon_button
from desktop.ui.look.emphasis import without_emphasis
from desktop.ui.look.fields import LineField
from desktop.ui.look.icons import icon
from desktop.ui.look.labels import Quiet
from desktop.ui.look.spacing import CLOSE, HAIR, TARGET, WIDE
from desktop.ui.questions.date_parts import DateParts
from desktop.ui.questions.field import Field, Surroundings
from desktop.ui.words import counted, tr
from forms.xforms import Node


class Calendar(QCalendarWidget):
    """A month of days over the page; Escape closes it and changes nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setAccessibleName(tr("Calendar"))
        self.setMinimumSize(7 * TARGET + WIDE, 8 * TARGET)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(weekend, QTextCharFormat())  # Qt's red is too pale to read
        for button in self.findChildren(QToolButton):
            button.setMinimumSize(TARGET, TARGET)
        on_bar = self.palette().highlightedText().color()
        for name, drawing, words in (
            ("qt_calendar_prevmonth", "chevron-left", tr("Month before")),
            ("qt_calendar_nextmonth", "chevron-right", tr("Month after")),
        ):
            turn = self.findChild(QToolButton, name)
            if isinstance(turn, QToolButton):
                turn.setIcon(icon(drawing, on_bar))
                turn.setAccessibleName(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


class Date(Field):
    """Parts that are not known are left empty; what was typed is kept.

    Without ``in_part`` a date with a part left empty is not an answer.
    """

    def __init__(
        self,
        around: Surroundings,
        parent: QWidget | None = None,
        *,
        with_day: bool = True,
        with_month: bool = True,
        in_part: bool = True,
    ) -> None:
        super().__init__(around, parent)
        self._in_part = in_part
        self.day, self.month, self.year = (
            LineField(self, characters=4),
            LineField(self, characters=5),
            LineField(self, characters=6),
        )
        self._asked = [
            (line, words)
            for line, words, is_asked in (
                (self.day, tr("Day"), with_day),
                (self.month, tr("Month"), with_month),
                (self.year, tr("Year"), True),
            )
            if is_asked
        ]
        self.known_in_part = Quiet("", self)
        self.known_in_part.hide()
        self._row = QHBoxLayout()
        self._row.setSpacing(CLOSE)
        for line, words in self._asked:
            self._row.addLayout(_under(words, line))
            line.textEdited.connect(self.tell)
            line.left.connect(self._say_what_is_known)
        for line, is_asked in ((self.day, with_day), (self.month, with_month)):
            line.setVisible(is_asked)
        self.pick = icon_button("calendar", tr("Choose from a calendar"), self)
        self.pick.setVisible(with_day)
        self._row.addWidget(self.pick, 0, Qt.AlignmentFlag.AlignBottom)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HAIR)
        column.addLayout(self._row)
        column.addWidget(self.known_in_part)
        self.pick.clicked.connect(self.open_calendar)

    def show_node(self, node: Node) -> None:
        self.show_part(node, node.value)
        for line, _ in self._asked:
            line.setAccessibleDescription(self.accessibleDescription())

    def show_part(self, node: Node, day: str) -> None:
        """Show the day of a question that asks for a time as well."""
        self.path, self.question = node.path, without_emphasis(node.label)
        for line, words in self._asked:
            line.setAccessibleName(f"{words}: {self.question}")
        self.pick.say(tr("Choose from a calendar"), self.question)
        if self.value() != day:
            self.fill(DateParts.read(day))

    def fill(self, parts: DateParts) -> None:
        """Put these into the fields."""
        self.day.setText(parts.day)
        self.month.setText(parts.month)
        self.year.setText(parts.year)
        self._say_what_is_known()

    @property
    def parts(self) -> DateParts:
        """What stands in the three fields."""
        return DateParts(self.day.text(), self.month.text(), self.year.text())

    def value(self) -> str:
        parts = self.parts
        if self.day.isHidden() and parts.year.strip():
            filled = DateParts("1", parts.month if not self.month.isHidden() else "1", parts.year)
            if filled.is_whole:
                return (
                    filled.written()
                )  # XForms has no type for a month: its first day stands for it
        return parts.written()

    def controls(self) -> list[QWidget]:
        lines: list[QWidget] = [line for line, _ in self._asked]
        return lines if self.pick.isHidden() else [*lines, self.pick]

    def trouble(self) -> str:
        if self.parts.is_blank or DateParts.read(self.value()).is_whole or self.is_known_in_part:
            return ""
        if not self._in_part and self.parts.is_known_in_part:
            return tr(NO_MOMENT)
        return tr(NO_DATE)

    @property
    def is_known_in_part(self) -> bool:
        """True for a date of which a part is left empty: that is an answer too."""
        return self._in_part and self.parts.is_known_in_part

    def _say_what_is_known(self) -> None:
        missing = [words.lower() for line, words in self._asked if not line.text().strip()]
        is_being_written = any(line.hasFocus() for line, _ in self._asked)
        self.known_in_part.setVisible(
            bool(missing) and self.is_known_in_part and not is_being_written
        )
        self.known_in_part.setText(
            counted(
                len(missing),
                "Known in part, without the {parts}. That is fine if nobody knows it.",
                "Known in part, without the {parts}. That is fine if nobody knows them.",
                parts=tr(" and the ").join(missing),
            )
        )

    def open_calendar(self) -> None:
        """Choose from a calendar, beside its button or, where there is none, the day."""
        shown = Calendar(self)
        parts = self.parts
        if parts.is_whole:
            shown.setSelectedDate(QDate.fromString(parts.written(), Qt.DateFormat.ISODate))
        else:
            today = self.around.now()
            shown.setSelectedDate(QDate(today.year, today.month, today.day))
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for chosen in (shown.clicked, shown.activated):
            chosen.connect(self._chosen)
            chosen.connect(shown.close)
        shown.adjustSize()
        opener = self.day if self.pick.isHidden() else self.pick
        shown.move(_place_beside(opener, shown.size()))
        shown.show()
        shown.setFocus()

    def _chosen(self, day: QDate) -> None:
        before = self.value()
        self.fill(DateParts(str(day.day()), str(day.month()), str(day.year())))
        (self.day if self.pick.isHidden() else self.pick).setFocus()
        if self.value() != before:
            self.tell()


def _place_beside(opener: QWidget, size: QSize) -> QPoint:
    """Below what opens it; above it, or further in, where the screen ends."""
    place = opener.mapToGlobal(QPoint(0, opener.height()))
    screen = opener.screen().availableGeometry()
    if place.y() + size.height() > screen.bottom():
        place = opener.mapToGlobal(QPoint(0, -size.height()))
    place.setX(max(screen.left(), min(place.x(), screen.right() + 1 - size.width())))
    return place


def _under(words: str, line: LineField) -> QVBoxLayout:
    label = Quiet(words)
    label.setBuddy(line)
    column = QVBoxLayout()
    column.setSpacing(HAIR)
    column.addWidget(label)
    column.addWidget(line)
    return column
