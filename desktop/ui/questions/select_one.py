"""One of several: a row for each."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

from desktop.ui.look.form_picture import form_picture
from desktop.ui.look.options import RadioRow
from desktop.ui.look.spacing import TIGHT
from desktop.ui.questions.choices import Option, options_of
from desktop.ui.questions.field import Field, Surroundings
from forms.xforms import Node


class SelectOne(Field):
    """All options are in sight; arrow keys move among them, a press anywhere on a row chooses."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._options: tuple[Option, ...] = ()
        self.rows: dict[str, RadioRow] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self.tell)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(TIGHT)

    def show_node(self, node: Node) -> None:
        options = options_of(node)
        if options != self._options:
            self._rebuild(options)
        if self.value() != node.value:
            choose(self._group, self.rows.get(node.value))

    def value(self) -> str:
        return next((name for name, row in self.rows.items() if row.isChecked()), "")

    def controls(self) -> list[QWidget]:
        chosen = [row for row in self.rows.values() if row.isChecked()]
        rest = [row for row in self.rows.values() if not row.isChecked()]
        return [*chosen, *rest]

    @property
    def label_is_the_name(self) -> bool:
        return False

    def _rebuild(self, options: tuple[Option, ...]) -> None:
        had_focus = next((name for name, row in self.rows.items() if row.hasFocus()), "")
        for row in self.rows.values():
            self._group.removeButton(row)
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._options = options
        self.rows = {
            one.name: RadioRow(one.words, self, image=form_picture(one.image)) for one in options
        }
        for row in self.rows.values():
            self._group.addButton(row)
            self._layout.addWidget(row)
        if had_focus in self.rows:
            self.rows[had_focus].setFocus()


def choose(group: QButtonGroup, button: QAbstractButton | None) -> None:
    """Check this button of an exclusive group, or none."""
    if button is not None:
        button.setChecked(True)
        return
    group.setExclusive(False)
    for each in group.buttons():
        each.setChecked(False)
    group.setExclusive(True)
