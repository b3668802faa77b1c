"""A page that is a list of matters: what each says, and what can be done about it.

The team's small pages are all of this kind; what they say is in ``presenters/team_boards``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from desktop.ui.look.buttons import secondary
from desktop.ui.look.fields import LineField
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.spacing import NORMAL
from desktop.ui.pages.chronology import labelled
from desktop.ui.pages.deed_form import Deed, Question
from desktop.ui.pages.matter_card import Matter, MatterCard
from desktop.ui.pages.page import ColumnPage, button_row, keeping_focus, put
from desktop.ui.words import tr

__all__ = ["Deed", "Matter", "MattersPage", "Question"]

AT_ONCE = 12
"""How many matters are shown before somebody asks for more, or finds one of the others."""
_PAUSE_MS = 200


class MattersPage(ColumnPage):
    """``asked`` carries a matter, a deed and what was said (a mapping by question).

    A long list is shown in parts, and can be narrowed by words that a matter says.
    """

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
        self._shown: tuple[Matter, ...] | None = None
        self.nothing = tr("There is nothing here now.")
        self._most = AT_ONCE
        self._is_asking = False
        self._cards: list[MatterCard] = []
        self.looking_for = LineField()
        self._finding = labelled(tr("Find in this list"), self.looking_for)
        self._finding.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._narrow)
        self.looking_for.textChanged.connect(self._pause.start)
        self.content.addWidget(self._finding)
        self._place = QVBoxLayout()
        self.content.addLayout(self._place)
        put(Body(tr("Asking the council ...")), self._place)

    def show_matters(self, matters: Sequence[Matter], done: tuple[str, str] | None = None) -> None:
        """Show the list as the council has it now.

        A form that somebody has open stays open, with their words and their place in it, but the
        one of the matter and deed that is ``done``.
        """
        self.trouble.hide()
        if done is not None:
            self._has_answered()
        if done is None and self._shown == tuple(matters):
            return  # what is under somebody's pointer stays where it is
        self._shown = tuple(matters)
        self._finding.setVisible(len(matters) > AT_ONCE or bool(self.looking_for.text()))
        self._build(done)

    def _build(self, done: tuple[str, str] | None = None) -> None:
        """The cards that are wanted now; what is open and not ``done`` is always among them."""
        said = {key: words for card in self._cards for key, words in card.said().items()}
        said.pop(done or ("", ""), None)
        found = [matter.id for matter in self._shown or () if self._is_found(matter)]
        ids = {*found[: self._most], *(matter for matter, _ in said)}
        wanted = [matter for matter in self._shown or () if matter.id in ids]
        self._cards = []
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(NORMAL)
        if not wanted:
            nothing = tr("Nothing here says that.")
            rows.addWidget(Body(nothing if self._shown else self.nothing))
        for group, those in groupby(wanted, lambda matter: matter.group):
            if group:
                rows.addWidget(Heading(group, 2))
            for matter in those:
                rows.addWidget(self._card(matter))
        if len(found) > self._most:
            rows.addLayout(self._rest(len(found)))
        for card in self._cards:
            card.take_up(said)
        with keeping_focus(self):
            put(whole, self._place)

    def _is_found(self, matter: Matter) -> bool:
        words = self.looking_for.text().casefold().split()
        said = " ".join((matter.title, *matter.lines, *matter.quiet)).casefold() if words else ""
        return all(word in said for word in words)

    def _rest(self, found: int) -> QLayout:
        """How many are shown of how many, and the way to more."""
        more = secondary(tr("Show more"), about=tr("of this list"))
        more.setObjectName("more-matters")
        more.clicked.connect(self._show_more)
        return button_row(Body(tr("{n} of {all} are shown.", n=self._most, all=found)), more)

    def _show_more(self) -> None:
        self._most += AT_ONCE
        self._build()

    def _narrow(self) -> None:
        self._most = AT_ONCE
        self._build()

    def say(self, words: str) -> None:
        """Say why something could not be done. What was typed stays."""
        self._has_answered()
        self.trouble.say(words)
        self.trouble.show()

    def _has_answered(self) -> None:
        self._is_asking = False
        self.say_done("")

    def say_done(self, words: str) -> None:
        """Say what came of the last deed; nothing: say nothing."""
        self.done.setText(words)
        self.done.setVisible(bool(words))

    def _card(self, matter: Matter) -> MatterCard:
        card = MatterCard(matter)
        card.asked.connect(partial(self._ask, matter.id))
        self._cards.append(card)
        return card

    def _ask(self, matter: str, deed: str, said: Mapping[str, str]) -> None:
        if self._is_asking:  # pressed twice: it is done once
            return
        self._is_asking = True
        self.say_done(tr("Asking the council ..."))
        plain = {key: words.strip() for key, words in said.items()}
        self.asked.emit(matter, deed, plain)
