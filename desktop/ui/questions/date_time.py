"""A day and a time of it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.answer_types import NO_MOMENT
from desktop.ui.look.buttons import quiet
from desktop.ui.look.fields import LineField
from desktop.ui.look.labels import Quiet
from desktop.ui.look.spacing import CLOSE, HAIR
from desktop.ui.questions.clock_time import read_time
from desktop.ui.questions.date import Date
from desktop.ui.questions.date_parts import DateParts
from desktop.ui.questions.field import Field, Surroundings
from desktop.ui.questions.time import shown_time
from desktop.ui.words import tr
from forms.xforms import Node


class DateTime(Field):
    """When something happened. "Now" fills in this moment.

    Kept as ``2026-03-10T14:30:00.000+00:00`` in the worker's own zone; while either half is not
    right, as both halves were typed, with a ``T`` between them.
    """

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.date = Date(around, self, in_part=False)
        self.time = LineField(self, characters=7)
        self.now = quiet(tr("Now"), self)
        label = Quiet(tr("Time"))
        label.setBuddy(self.time)
        beside = QHBoxLayout()
        beside.setSpacing(CLOSE)
        beside.addWidget(self.time)
        beside.addWidget(self.now)
        beside.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(HAIR)
        layout.addWidget(self.date)
        layout.addWidget(label)
        layout.addLayout(beside)
        self.date.answered.connect(self.tell)
        self.time.textEdited.connect(self.tell)
        self.now.clicked.connect(self._set_now)

    def show_node(self, node: Node) -> None:
        self.time.setAccessibleName(f"{tr('Time')}: {self.question}")
        self.now.say(tr("Now"), self.question)
        day, _, time = node.value.rpartition("T")
        self.date.show_part(node, day)
        if self.value() != node.value:
            self.time.setText(shown_time(time))

    def value(self) -> str:
        day, typed = self.date.value(), self.time.text().strip()
        time = read_time(typed)
        if not day and not typed:
            return ""
        if not self.date.parts.is_whole or time is None:
            return f"{day}T{typed}"
        zone = self.around.now().tzinfo
        when = datetime.combine(datetime.fromisoformat(day), time, zone)
        return when.isoformat(timespec="milliseconds")

    def controls(self) -> list[QWidget]:
        return [*self.date.controls(), self.time, self.now]

    def trouble(self) -> str:
        if self.date.trouble():
            return self.date.trouble()
        typed = self.time.text().strip()
        is_half = bool(typed) is self.date.parts.is_blank
        return tr(NO_MOMENT) if is_half or (typed and read_time(typed) is None) else ""

    def _set_now(self) -> None:
        now = self.around.now()
        self.date.fill(DateParts(str(now.day), str(now.month), str(now.year)))
        self.time.setText(f"{now:%H:%M}")
        self.tell()
