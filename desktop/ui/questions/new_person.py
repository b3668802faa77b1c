"""Somebody who is not in the list of people yet: a name and who they are, beside the question."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.look.buttons import quiet, secondary
from desktop.ui.look.fields import ChoiceBox, LineField
from desktop.ui.look.flow import Flow
from desktop.ui.look.labels import Body
from desktop.ui.look.spacing import TIGHT
from desktop.ui.words import tr

ROLES = {
    "parent": "A parent or carer",
    "child": "A child this is about",
    "other_child": "Another child",
    "other_adult": "Another adult at home",
    "elsewhere": "Someone important who lives elsewhere",
}


class NewPerson(QWidget):
    """``said`` carries a name and a role of the household's form."""

    said = Signal(str, str)

    def __init__(self, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open = quiet(tr("Somebody else…"), self, about=question)
        self._asking = QWidget(self)
        self.name = LineField(self._asking)
        self.role = ChoiceBox(self._asking)
        for role, words in ROLES.items():
            self.role.addItem(tr(words), role)
        self.add = secondary(tr("Add and choose"), self._asking, about=question)
        self.stop = quiet(tr("Leave it"), self._asking, about=question)
        self._lay_out()
        self._asking.hide()
        self.add.setEnabled(False)
        self.name.textChanged.connect(lambda words: self.add.setEnabled(bool(words.strip())))
        self.name.returnPressed.connect(self.add.click)
        self.open.clicked.connect(self._ask)
        self.add.clicked.connect(self._say)
        self.stop.clicked.connect(self._close)

    def stops(self) -> Iterator[QWidget]:
        """Everything that Tab stops at, in order."""
        yield from (self.open, self.name, self.role, self.add, self.stop)

    def _ask(self) -> None:
        self._asking.show()
        self.name.setFocus()

    def _say(self) -> None:
        name, role = self.name.text().strip(), self.role.currentData()
        self._close()
        self.said.emit(name, role)

    def _close(self) -> None:
        self.open.setFocus()
        self.name.clear()
        self._asking.hide()

    def _lay_out(self) -> None:
        column, inside = QVBoxLayout(self), QVBoxLayout(self._asking)
        for layout in (column, inside):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(TIGHT)
        column.addWidget(self.open)
        column.addWidget(self._asking)
        for words, field in ((tr("Their name"), self.name), (tr("Who are they?"), self.role)):
            label = Body(words, self._asking, bold=True)
            label.setBuddy(field)
            field.setAccessibleName(words)
            inside.addWidget(label)
            inside.addWidget(field)
        buttons = Flow()
        buttons.addWidget(self.add)
        buttons.addWidget(self.stop)
        inside.addLayout(buttons)
