"""The team: who has which family, and what needs looking at. Online, and without narrative."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.team import TeamLine, TeamView
from desktop.ui.look.buttons import secondary
from desktop.ui.look.card import Card
from desktop.ui.look.fields import ChoiceBox, LineField
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.spacing import NORMAL, TIGHT
from desktop.ui.moments import Moments
from desktop.ui.pages.case_words import drift_words
from desktop.ui.pages.chronology import labelled
from desktop.ui.pages.page import ColumnPage, button_row, keeping_focus, put
from desktop.ui.words import breakable, counted, listed, tr

_OVERDUE = {
    "assessment_complete": "The assessment is overdue",
    "first_review": "The first review is overdue",
    "review": "A review is overdue",
}
_WAITING = {
    "closure": "A closure waits for a manager",
    "level_4": "A Level 4 request waits",
    "request": "A request waits for an answer",
}


class TeamPage(ColumnPage):
    """``give_asked`` carries a family, a worker and a reason."""

    give_asked = Signal(str, str, str)

    def __init__(self, moments: Moments, parent: QWidget | None = None) -> None:
        super().__init__(tr("The team"), parent=parent)
        self._moments = moments
        self.trouble = Notice(Kind.CAUTION, "", title=tr("The council cannot be asked now"))
        self.trouble.hide()
        self.content.addWidget(self.trouble)
        self._place = QVBoxLayout()
        self.content.addLayout(self._place)
        put(Body(tr("Asking the council ...")), self._place)

    def show_team(self, team: TeamView) -> None:
        """Show the caseload as the council has it now."""
        self.trouble.hide()
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(NORMAL)
        look_at = [line for line in team.lines if line.drift or line.overdue or line.waiting]
        others = [line for line in team.lines if line not in look_at]
        rows.addWidget(Quiet(counted(len(team.lines), "{n} family", "{n} families")))
        for heading, lines in ((tr("To look at"), look_at), (tr("All others"), others)):
            if lines:
                rows.addWidget(Heading(heading, 2))
            for line in lines:
                rows.addWidget(self._card(line, team))
        with keeping_focus(self):
            put(whole, self._place)

    def say(self, words: str) -> None:
        """Say why the council could not be asked."""
        self.trouble.say(words)
        self.trouble.show()

    # Inside ------------------------------------------------------------------------------

    def _card(self, line: TeamLine, team: TeamView) -> Card:
        card = Card()
        level = tr(" · level {n}", n=line.level) if line.level is not None else ""
        card.body.addWidget(Heading(line.reference + level, 3))
        names = [breakable(name) for _, name in line.holders]
        card.body.addWidget(Body(listed(names) if names else tr("Nobody has this family.")))
        if line.last_written is not None:
            when = self._moments.when(line.last_written)
            card.body.addWidget(Quiet(tr("Last written {when}", when=when)))
        for words in (
            *(tr(_WAITING[one]) for one in line.waiting),
            *(tr(_OVERDUE[one]) for one in line.overdue),
            *(drift_words(one) for one in line.drift),
        ):
            card.body.addWidget(Body(words))
        give = secondary(tr("Give to somebody"), about=line.reference)
        give.setObjectName(f"give-{line.family}")
        giving = self._giving(line, team)
        giving.hide()
        give.clicked.connect(lambda: giving.setVisible(giving.isHidden()))
        card.body.addLayout(button_row(give))
        card.body.addWidget(giving)
        return card

    def _giving(self, line: TeamLine, team: TeamView) -> QWidget:
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(TIGHT)
        have = {worker for worker, _ in line.holders}
        who, why = ChoiceBox(), LineField()
        who.setObjectName(f"who-{line.family}")
        why.setObjectName(f"why-{line.family}")
        for worker, name in team.people:
            if worker not in have:
                who.addItem(name, worker)
        give = secondary(tr("Give"), about=line.reference)
        give.setObjectName(f"give-now-{line.family}")
        give.setEnabled(False)
        why.textChanged.connect(
            lambda words: give.setEnabled(bool(words.strip()) and who.count() > 0)
        )
        give.clicked.connect(
            lambda: self.give_asked.emit(line.family, who.currentData(), why.text().strip())
        )
        rows.addLayout(button_row(labelled(tr("To whom"), who), labelled(tr("Why"), why)))
        rows.addLayout(button_row(give))
        return whole
