"""Many of several: a row for each, on or off."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.look.form_picture import form_picture
from desktop.ui.look.options import CheckRow
from desktop.ui.look.spacing import TIGHT
from desktop.ui.questions.choices import Option, chosen_names, options_of
from desktop.ui.questions.field import Field, Surroundings
from forms.xforms import Node


class SelectMultiple(Field):
    """The value names what is chosen, in the order in which the form offers it."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._options: tuple[Option, ...] = ()
        self.rows: dict[str, CheckRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(TIGHT)

    def show_node(self, node: Node) -> None:
        options = options_of(node)
        if options != self._options:
            self._rebuild(options)
        chosen = set(chosen_names(node))
        for name, row in self.rows.items():
            row.setChecked(name in chosen)

    def value(self) -> str:
        return " ".join(name for name, row in self.rows.items() if row.isChecked())

    def controls(self) -> list[QWidget]:
        return list(self.rows.values())

    @property
    def label_is_the_name(self) -> bool:
        return False

    def _rebuild(self, options: tuple[Option, ...]) -> None:
        had_focus = next((name for name, row in self.rows.items() if row.hasFocus()), "")
        for row in self.rows.values():
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._options = options
        self.rows = {
            one.name: CheckRow(one.words, self, image=form_picture(one.image)) for one in options
        }
        for row in self.rows.values():
            row.clicked.connect(self.tell)
            self._layout.addWidget(row)
        if had_focus in self.rows:
            self.rows[had_focus].setFocus()
