"""The line above a meeting: whether everything is saved, undo, the form behind it, the notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.look.buttons import Button, quiet, secondary
from desktop.ui.look.labels import Body, Quiet
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.pages.header_strip import HeaderStrip
from desktop.ui.pages.trouble import trouble_of
from desktop.ui.saving import SaveState, Saving
from desktop.ui.words import tr


class MeetingHeader(HeaderStrip):
    """Says how saving stands of every record that is written here: the worst of them."""

    undo_asked = Signal()
    form_asked = Signal()
    print_asked = Signal()

    def __init__(
        self,
        title: str,
        savings: Sequence[Saving],
        when: Callable[[datetime], str],
        parent: QWidget,
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
        self.lay_out((Body(title, self, bold=True), self.saved), self.stops(), self.failure)
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
