"""Why a record cannot be written on: it is finished, or the laptop is away for too long."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.look.buttons import secondary
from desktop.ui.look.fields import LineField
from desktop.ui.look.labels import Body
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.words import listed, tr


class FinishedNotice(Notice):
    """``amend_asked`` carries the reason why a finished record is written on."""

    amend_asked = Signal(str)

    def __init__(self, arrived_from: Sequence[str] = (), parent: QWidget | None = None) -> None:
        self._button = secondary(tr("Write on it"), about=tr("this finished record"))
        super().__init__(
            Kind.CAUTION if arrived_from else Kind.INFO,
            tr(
                "What was agreed stays as it is, and is kept. To write on it, say why: what you "
                "then change is a new version, and copies that were given are the old one."
            ),
            parent,
            title=tr("This record is finished"),
            actions=(self._button,),
        )
        if arrived_from:
            late = tr(
                "{who} wrote here without having seen that it was finished. That is kept and shown "
                "here. It is not part of what was agreed until you write on the record and finish "
                "it again.",
                who=listed(list(arrived_from)),
            )
            self.above_actions.addWidget(Body(late, self))
        label = Body(tr("Why is it written on?"), self)
        self.reason = LineField(self)
        self.reason.setAccessibleName(label.text())
        label.setBuddy(self.reason)
        self.above_actions.addWidget(label)
        self.above_actions.addWidget(self.reason)
        self._button.clicked.connect(self._ask)
        self.reason.returnPressed.connect(self._ask)

    def _ask(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            self.amend_asked.emit(reason)
        else:
            self.reason.setFocus()


class ReadOnlyNotice(Notice):
    """Says that nothing here is written on until the laptop has met its council."""

    def __init__(self, parent: QWidget | None = None) -> None:
        words = tr(
            "This laptop has not met your council for too long. What is here can be read and "
            "printed; new records, safety checks and visit notes can be written. Sync, and all is "
            "as it was."
        )
        super().__init__(Kind.CAUTION, words, parent, title=tr("Sync before you write here"))
