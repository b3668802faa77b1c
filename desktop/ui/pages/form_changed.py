"""Says that the council has changed a form since this record was begun on it, and offers the way.

A strip above the questions: what is different, the way on in the new form, and the way back until
the record is finished.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.opened_record import NewerForm, OpenedRecord
from desktop.ui.look.buttons import secondary
from desktop.ui.look.labels import Body
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.words import breakable, listed, tr


class FormChanged(Notice):
    """Hidden while the form is as it was. ``version_asked``: the version to go on in."""

    version_asked = Signal(str)

    def __init__(self, opened: OpenedRecord, parent: QWidget | None = None) -> None:
        newer, came_from = opened.newer, opened.went_on_from
        shut = opened.is_closed
        self.show_them = secondary(tr("Show what changed"))
        self.go_on = secondary(tr("Go on in the new form"))
        self.go_back = secondary(tr("Go back to the earlier form"))
        self.put_away = secondary(tr("Close"), about=tr("what changed in this form"))
        self.lines: list[Body] = []
        self._says = _lines(newer)
        title, words = _words(newer, shut=shut)
        actions = (self.show_them, self.go_on, self.go_back, self.put_away)
        super().__init__(Kind.INFO, words, parent, title=title, actions=actions)
        self.show_them.setVisible(bool(self._says))
        self.go_on.setVisible(newer is not None and not shut)
        self.go_back.setVisible(newer is None and not shut)
        self.show_them.clicked.connect(self._show)
        self.put_away.clicked.connect(self.hide)
        if newer is not None:
            self.go_on.clicked.connect(lambda: self.version_asked.emit(newer.version))
        else:
            self.go_back.clicked.connect(lambda: self.version_asked.emit(came_from))
        self.setVisible(newer is not None or bool(came_from and not shut))

    def _show(self) -> None:
        self.show_them.hide()
        self.lines = [Body(breakable(one), self) for one in self._says]
        for line in self.lines:
            self.above_actions.addWidget(line)
        (self.go_on if self.go_on.isVisibleTo(self) else self.put_away).setFocus()


def _words(newer: NewerForm | None, *, shut: bool) -> tuple[str, str]:
    if newer is None:
        return tr("This record goes on in the council's new form"), tr(
            "Everything that was written before is here. Until the record is finished you can go "
            "back; what you have written in the new form then waits there, and is not lost."
        )
    title = tr("The council has changed this form")
    if shut:
        return title, tr(
            "This record keeps the questions that it was begun with, and everything written in it "
            "stays. New records have the new questions."
        )
    return title, tr(
        "You can finish this record with the questions that it was begun with, or go on in the "
        "new form. Everything written in it stays either way, and you can go back."
    )


def _lines(newer: NewerForm | None) -> tuple[str, ...]:
    if newer is None:
        return ()
    if not newer.set_aside:
        return newer.says
    aside = tr(
        "What is written here under {questions} is kept, and is not shown in the new form.",
        questions=listed([f"“{one}”" for one in newer.set_aside]),
    )
    return (*newer.says, aside)
