"""One matter of a list: what it says, its buttons, and the form that a button opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.look.buttons import Button, secondary
from desktop.ui.look.card import Card
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.pages.deed_form import Deed, DeedForm
from desktop.ui.pages.page import button_row
from desktop.ui.words import breakable


@dataclass(frozen=True, slots=True, repr=False)
class Matter:
    """One thing of a list: ``about`` (or the title) tells its buttons from those of the others."""

    id: str
    title: str
    lines: tuple[str, ...]
    quiet: tuple[str, ...] = ()
    deeds: tuple[Deed, ...] = ()
    group: str = ""
    about: str = ""


class MatterCard(Card):
    """``asked`` carries a deed's key and what was said. A form is made when it is opened."""

    asked = Signal(str, object)

    def __init__(self, matter: Matter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matter = matter
        self._buttons: list[Button] = []
        self._forms: dict[str, DeedForm] = {}
        self.body.addWidget(Heading(breakable(matter.title), 3))
        for words in matter.lines:
            self.body.addWidget(Body(breakable(words)))
        for words in matter.quiet:
            self.body.addWidget(Quiet(breakable(words)))
        for deed in matter.deeds:
            button = secondary(deed.words, about=matter.about or matter.title)
            button.setObjectName(f"{deed.key}-{matter.id}")
            button.clicked.connect(partial(self._press, deed))
            self._buttons.append(button)
        self.body.addLayout(button_row(*self._buttons))

    def said(self) -> dict[tuple[str, str], dict[str, str]]:
        """What is said so far in the form that is open, by matter and deed."""
        return {form.key: form.said() for form in self._forms.values() if not form.isHidden()}

    def take_up(self, said: Mapping[tuple[str, str], Mapping[str, str]]) -> None:
        """Open the form that was open on the card before this one, with what was said in it."""
        for deed in self._matter.deeds:
            before = said.get((self._matter.id, deed.key))
            if before is not None and deed.asks_first:
                form = self._form(deed)
                form.take_up(before)
                form.show()

    # Inside ------------------------------------------------------------------------------

    def _press(self, deed: Deed) -> None:
        if not deed.asks_first:
            self.asked.emit(deed.key, {})
            return
        form = self._form(deed)
        for each in self._forms.values():
            each.setVisible(each is form and each.isHidden())

    def _form(self, deed: Deed) -> DeedForm:
        """The form of a deed; Tab comes to it after the buttons, whenever it was made."""
        if deed.key not in self._forms:
            about = self._matter.about or self._matter.title
            form = self._forms[deed.key] = DeedForm(self._matter.id, deed, about, self)
            form.hide()
            form.asked.connect(partial(self.asked.emit, deed.key))
            self.body.addWidget(form)
            last: QWidget = self._buttons[-1]
            for field in form.findChildren(QWidget):
                is_here = field.window() is self.window()  # a list that drops down is not
                if is_here and field.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    QWidget.setTabOrder(last, field)
                    last = field
        return self._forms[deed.key]
