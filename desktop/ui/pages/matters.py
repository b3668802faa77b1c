"""A page that is a list of matters: what each says, and what can be done about it.

The team's small pages are all of this kind; what they say is in ``presenters/team_boards``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.look.buttons import secondary
from desktop.ui.look.card import Card
from desktop.ui.look.fields import ChoiceBox, LineField
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.spacing import NORMAL, TIGHT
from desktop.ui.pages.chronology import labelled
from desktop.ui.pages.page import ColumnPage, button_row, keeping_focus, put
from desktop.ui.words import breakable, tr


@dataclass(frozen=True, slots=True)
class Question:
    """What has to be said to do something: words, or one of ``choices`` (key and words)."""

    key: str
    words: str
    choices: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done about a matter. ``now``: the button that does it."""

    key: str
    words: str
    questions: tuple[Question, ...] = ()
    now: str = ""


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


class MattersPage(ColumnPage):
    """``asked`` carries a matter, a deed and what was said (a mapping by question)."""

    asked = Signal(str, str, object)

    def __init__(self, name: str, intro: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        if intro:
            self.content.addWidget(Body(intro))
        self.trouble = Notice(Kind.CAUTION, "", title=tr("The council could not do this"))
        self.trouble.hide()
        self.done = Quiet("")
        self.done.hide()
        self.content.addWidget(self.trouble)
        self.content.addWidget(self.done)
        self._place = QVBoxLayout()
        self.content.addLayout(self._place)
        put(Body(tr("Asking the council ...")), self._place)

    def show_matters(self, matters: Sequence[Matter]) -> None:
        """Show the list as the council has it now."""
        self.trouble.hide()
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(NORMAL)
        if not matters:
            rows.addWidget(Body(tr("There is nothing here now.")))
        for group, those in groupby(matters, lambda matter: matter.group):
            if group:
                rows.addWidget(Heading(group, 2))
            for matter in those:
                rows.addWidget(self._card(matter))
        with keeping_focus(self):
            put(whole, self._place)

    def say(self, words: str) -> None:
        """Say why something could not be done. What was typed stays."""
        self.trouble.say(words)
        self.trouble.show()

    def say_done(self, words: str) -> None:
        """Say what came of the last deed; nothing: say nothing."""
        self.done.setText(words)
        self.done.setVisible(bool(words))

    def _card(self, matter: Matter) -> Card:
        card = Card()
        card.body.addWidget(Heading(breakable(matter.title), 3))
        for words in matter.lines:
            card.body.addWidget(Body(breakable(words)))
        for words in matter.quiet:
            card.body.addWidget(Quiet(breakable(words)))
        opening, forms = [], []
        for deed in matter.deeds:
            button = secondary(deed.words, about=matter.about or matter.title)
            button.setObjectName(f"{deed.key}-{matter.id}")
            opening.append(button)
            if not deed.questions:
                button.clicked.connect(
                    lambda _=False, key=deed.key: self.asked.emit(matter.id, key, {})
                )
                continue
            form = self._form(matter, deed)
            form.hide()
            forms.append(form)
            button.clicked.connect(lambda _=False, form=form: _show_only(form, forms))
        card.body.addLayout(button_row(*opening))
        for form in forms:
            card.body.addWidget(form)
        return card

    def _form(self, matter: Matter, deed: Deed) -> QWidget:
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(TIGHT)
        fields = {question.key: _field(question) for question in deed.questions}
        now = secondary(deed.now or deed.words, about=matter.about or matter.title)
        now.setObjectName(f"{deed.key}-now-{matter.id}")

        def check() -> None:
            now.setEnabled(all(_said(fields).values()))

        for key, field in fields.items():
            field.setObjectName(f"{deed.key}-{key}-{matter.id}")
            if isinstance(field, LineField):
                field.textChanged.connect(check)
        check()
        now.clicked.connect(lambda: self.asked.emit(matter.id, deed.key, _said(fields)))
        rows.addLayout(button_row(*(labelled(q.words, fields[q.key]) for q in deed.questions)))
        rows.addLayout(button_row(now))
        return whole


def _show_only(form: QWidget, forms: Sequence[QWidget]) -> None:
    """Open one form of a card, or close it if it was open."""
    for each in forms:
        each.setVisible(each is form and each.isHidden())


def _field(question: Question) -> LineField | ChoiceBox:
    if question.choices is None:
        return LineField()
    box = ChoiceBox()
    for key, words in question.choices:
        box.addItem(words, key)
    return box


def _said(fields: Mapping[str, LineField | ChoiceBox]) -> dict[str, str]:
    return {
        key: field.text().strip() if isinstance(field, LineField) else field.currentData() or ""
        for key, field in fields.items()
    }
