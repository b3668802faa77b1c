"""The quiet menu of a question: why there is no answer, who answered, a private note, clearing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.look.menu import Menu
from desktop.ui.questions.absence import absence_words
from desktop.ui.questions.telling import Telling
from desktop.ui.words import tr
from forms.records.answer import Absent


class BlockMenu(Menu):
    """Offers what may be done at a path now, says by signals what was chosen, and goes once shut.

    ``stands``: why there is no answer, if that was said; ``has_value``: whether there is one.
    """

    absent_chosen = Signal(Absent)
    history_asked = Signal()
    note_asked = Signal()
    clear_asked = Signal()

    def __init__(
        self, path: str, telling: Telling, stands: Absent | None, has_value: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        if not telling.locked:
            self._offer_absences(stands)
        self.addAction(tr("Who wrote this, and when")).triggered.connect(self.history_asked)
        if telling.noted is not None:
            exists = path in telling.noted
            words = tr("Open the private note") if exists else tr("Write a private note")
            self.addAction(words).triggered.connect(self.note_asked)
        if has_value and not telling.locked:
            self.addAction(tr("Clear the answer")).triggered.connect(self.clear_asked)
        self.aboutToHide.connect(self.deleteLater)

    def _offer_absences(self, stands: Absent | None) -> None:
        for absent in Absent:
            action = self.addAction(absence_words(absent))
            action.setCheckable(True)
            action.setChecked(stands is absent)
            action.triggered.connect(lambda _=False, one=absent: self.absent_chosen.emit(one))
        self.addSeparator()
