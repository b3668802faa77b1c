"""The line above a meeting: whether everything is saved, undo, the form behind it, the notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.ui.look.buttons import Button, quiet, secondary
from desktop.ui.look.flow import Flow
from desktop.ui.look.labels import Body, Quiet
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.painting import colours_for, painter_on
from desktop.ui.look.spacing import CLOSE, LOOSE, NORMAL, TIGHT
from desktop.ui.pages.form_header import NARROW_EMS
from desktop.ui.pages.trouble import trouble_of
from desktop.ui.saving import SaveState, Saving
from desktop.ui.words import tr


class MeetingHeader(QWidget):
    """Says how saving stands of every record that is written here: the worst of them."""

    undo_asked = Signal()
    form_asked = Signal()
    print_asked = Signal()

    def __init__(
        self, savings: Sequence[Saving], when: Callable[[datetime], str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._savings, self._when = tuple(savings), when
        self.saved = Quiet("", self)
        self.undo = quiet(tr("Undo"), self, icon_name="undo")
        self.form = quiet(tr("The whole form"), self)
        self.print = secondary(tr("Print the notes"), self, icon_name="print")
        self.try_again = secondary(tr("Try again"))
        self.failure = Notice(Kind.PROBLEM, "", self, actions=(self.try_again,))
        self.failure.hide()
        self._lay_out()
        self.undo.clicked.connect(self.undo_asked)
        self.form.clicked.connect(self.form_asked)
        self.print.clicked.connect(self.print_asked)
        self.try_again.clicked.connect(self._try_again)
        for saving in self._savings:
            saving.changed.connect(self.show_saved)
        self.show_saved()

    def stops(self) -> tuple[Button, ...]:
        """What Tab stops at, in order."""
        return (self.undo, self.form, self.print)

    def show_saved(self) -> None:
        """Say how saving stands."""
        states = {saving.state for saving in self._savings}
        failed = next((s.error for s in self._savings if s.state is SaveState.FAILED), None)
        at = max((s.saved_at for s in self._savings if s.saved_at is not None), default=None)
        if SaveState.FAILED in states:
            self.saved.setText(tr("Not saved"))
        elif SaveState.SAVING in states:
            self.saved.setText(tr("Saving…"))
        elif at is not None:
            self.saved.setText(tr("Saved {time}", time=self._when(at)))
        else:
            self.saved.setText(tr("Saves by itself as you write"))
        if failed is not None:
            trouble = trouble_of(failed)
            words = tr("{what} Nothing is lost while this page stays open.", what=trouble.message)
            self.failure.say(words, tr("Not saved: {what}", what=trouble.title))
        self.failure.setVisible(failed is not None)

    def _try_again(self) -> None:
        for saving in self._savings:
            if saving.state is SaveState.FAILED:
                saving.try_again()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Body(tr("Team Around the Family"), self, bold=True))
        words.addWidget(self.saved)
        tools = Flow()
        tools.setSpacing(TIGHT)
        for tool in self.stops():
            tools.addWidget(tool)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(CLOSE)
        self._top.addLayout(words, 1)
        self._top.addLayout(tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(LOOSE, TIGHT, NORMAL, TIGHT)
        column.setSpacing(TIGHT)
        column.addLayout(self._top)
        column.addWidget(self.failure)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < self.fontMetrics().height() * NARROW_EMS
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._top.setDirection(below if is_narrow else beside)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = painter_on(self), colours_for(self)
        area = QRectF(self.rect())
        painter.fillRect(area, colours.surface)
        painter.fillRect(QRectF(0, area.bottom() - 1, area.width(), 1), colours.line)
        painter.end()
