"""How far the centre is with counting figures; it can be stopped, and gone on with."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.figure_views import SoFar
from desktop.ui.look.announcer import Announcer
from desktop.ui.look.buttons import secondary
from desktop.ui.look.card import Card
from desktop.ui.look.labels import Body
from desktop.ui.pages.page import button_row
from desktop.ui.pages.progress import Progress
from desktop.ui.words import tr


class CountingCard(Card):
    """Hidden until something is counted. ``stop_asked``, ``go_on_asked``: by the buttons.

    The start and a stop are announced, not each number.
    """

    stop_asked = Signal()
    go_on_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._announcer = Announcer(self)
        self._words, self._bar = Body(), Progress(tr("How far the counting is"))
        self.stop_button = secondary(tr("Stop"), about=tr("the counting"))
        self.stop_button.clicked.connect(self.stop_asked)
        self.go_on_button = secondary(tr("Go on counting"))
        self.go_on_button.clicked.connect(self.go_on_asked)
        for row in (self._words, self._bar):
            self.body.addWidget(row)
        self.body.addLayout(button_row(self.stop_button, self.go_on_button))
        self.hide()

    def begin(self) -> None:
        """The centre has been asked, and has not said yet how much there is to do."""
        self._say(tr("The centre is asked for these figures."), is_running=True)
        self._bar.show_done(0, None)
        self._announcer.say(self._words.text())

    def show_so_far(self, so_far: SoFar) -> None:
        """How many families are counted."""
        words = tr(
            "The centre is counting: {n} of {all} families so far. You can go on with "
            "other work; they are shown here when they are ready.",
            n=f"{so_far.counted:,}",
            all=f"{so_far.families:,}",
        )
        self._say(words, is_running=True)
        self._bar.show_done(so_far.counted, so_far.families)

    def stopped(self) -> None:
        """The person does not want to wait."""
        had_focus = self.stop_button.hasFocus()
        self._say(
            tr("Stopped. What is counted is kept, so it goes quicker when you ask again."),
            is_running=False,
        )
        self._announcer.say(self._words.text())
        if had_focus:
            self.go_on_button.setFocus()

    # Inside ------------------------------------------------------------------------------

    def _say(self, words: str, *, is_running: bool) -> None:
        self._words.setText(words)
        self._bar.setVisible(is_running)
        self.stop_button.setVisible(is_running)
        self.go_on_button.setVisible(not is_running)
        self.show()
