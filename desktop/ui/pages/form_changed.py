"""Says that the council has changed a form since this record was begun on it: a strip, a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.ui.look.buttons import secondary
from desktop.ui.look.labels import Body
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.words import breakable, tr


class FormChanged(Notice):
    """Hidden while the form is as it was. The record stays on the version that it was begun on."""

    def __init__(self, says: Sequence[str], parent: QWidget | None = None) -> None:
        self._says = tuple(says)
        self.show_them = secondary(tr("Show what changed"))
        self.put_away = secondary(tr("Close"), about=tr("what changed in this form"))
        self.lines: list[Body] = []
        words = tr(
            "This record keeps the questions that it was begun with, for you and for colleagues, "
            "and everything written in it stays. New records have the new questions."
        )
        title = tr("The council has changed this form")
        actions = (self.show_them, self.put_away)
        super().__init__(Kind.INFO, words, parent, title=title, actions=actions)
        self.show_them.clicked.connect(self._show)
        self.put_away.clicked.connect(self.hide)
        self.setVisible(bool(self._says))

    def _show(self) -> None:
        self.show_them.hide()
        self.lines = [Body(breakable(one), self) for one in self._says]
        for line in self.lines:
            self.above_actions.addWidget(line)
        self.put_away.setFocus()
