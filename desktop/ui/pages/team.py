"""The team: who has which family, and what needs looking at. Online, and without narrative."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.figure_views import SoFar
from desktop.services.team import TeamLine, TeamView
from desktop.ui.look.buttons import secondary
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.moments import Moments
from desktop.ui.pages.case_words import drift_words
from desktop.ui.pages.matters import Deed, Matter, MattersPage, Question
from desktop.ui.pages.page import button_row, put
from desktop.ui.pages.progress import Progress
from desktop.ui.words import breakable, counted, listed, tr

_OVERDUE = {
    "assessment_complete": "The assessment is overdue",
    "first_review": "The first review is overdue",
    "review": "A review is overdue",
}
NOTES = "approve"
"""The act of the EHM's table that lets somebody write an oversight note."""
_WEEKS = (4, 1, 2, 6, 12)
_OCCASIONS = {
    "supervision": "Supervision",
    "drift": "It has gone on for long",
    "assessment": "Assessment",
    "plan": "Plan",
    "taf": "After a team meeting",
    "review": "Review",
    "step_up": "Stepping up",
    "step_down": "Stepping down",
    "closure": "Closing",
    "declined": "The family said no",
    "not_engaging": "A worry, and parents who do not take part",
    "other": "Something else",
}
_WAITING = {
    "closure": "A closure waits for a manager",
    "level_4": "A Level 4 request waits",
    "request": "A request waits for an answer",
}


class TeamPage(MattersPage):
    """``asked`` carries a family, ``give``, ``hand_over`` or ``take_away``, and who and why.

    ``way_asked`` carries the key of another page of the team.
    """

    way_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("The team"), parent=parent)
        self._offered: tuple[tuple[str, str], ...] = ()
        self._ways = QVBoxLayout()
        self.content.insertLayout(0, self._ways)
        self._looking = Notice(Kind.INFO, "", title=tr("This list is not whole yet"))
        self._how_far = Progress(tr("How far the centre is"))
        for place, widget in enumerate((self._looking, self._how_far), start=1):
            widget.hide()
            self.content.insertWidget(place, widget)

    def show_looked_through(self, so_far: SoFar) -> None:
        """How many families the centre has looked through; nothing of it once it is all."""
        words = tr(
            "The centre has looked through {n} of {all} families so far. What needs looking at is "
            "shown when it is through. You can go on with other work.",
            n=f"{so_far.counted:,}",
            all=f"{so_far.families:,}",
        )
        self._looking.say(words)
        self._how_far.show_done(so_far.counted, so_far.families)
        for widget in (self._looking, self._how_far):
            widget.setVisible(not so_far.is_all)

    def offer(self, ways: tuple[tuple[str, str], ...]) -> None:
        """Offer other pages of the team: key and words."""
        if ways == self._offered:
            return
        self._offered = ways
        buttons = []
        for key, words in ways:
            button = secondary(words)
            button.setObjectName(f"team-{key}")
            button.clicked.connect(lambda _=False, key=key: self.way_asked.emit(key))
            buttons.append(button)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(button_row(*buttons))
        put(whole, self._ways)


def matters_of(team: TeamView, moments: Moments) -> tuple[Matter, ...]:
    """The caseload as the page lists it, what needs looking at first. For any thread.

    A council's thousands of families take a second: never on the window's own thread.
    """
    parts: tuple[list[Matter], list[Matter]] = ([], [])
    for line in team.lines:
        is_fine = not (line.drift or line.overdue or line.waiting)
        rest = tr("All others") if team.looked_through.is_all else tr("All families")
        group = rest if is_fine else tr("To look at")
        parts[is_fine].append(_matter(line, team, group, moments))
    return (*parts[False], *parts[True])


def _matter(line: TeamLine, team: TeamView, group: str, moments: Moments) -> Matter:
    level = tr(" · level {n}", n=line.level) if line.level is not None else ""
    names = [breakable(name) for _, name in line.holders]
    quiet = []
    if line.overseen is not None:
        day = moments.day(line.overseen)
        quiet.append(tr("A manager's note was written on {day}", day=day))
    if line.last_written is not None:
        quiet.append(tr("Last written {when}", when=moments.when(line.last_written)))
    lines = (
        listed(names) if names else tr("Nobody has this family."),
        *(tr(_WAITING[one]) for one in line.waiting),
        *(tr(_OVERDUE[one]) for one in line.overdue),
        *(drift_words(one) for one in line.drift),
        *_unclear(line),
    )
    deeds = tuple(_deeds(line, team))
    title = line.reference + level
    return Matter(line.family, title, lines, tuple(quiet), deeds, group, line.reference)


def _unclear(line: TeamLine) -> tuple[str, ...]:
    if not line.unclear:
        return ()
    one = "{n} action of the plan could be clearer"
    return (counted(line.unclear, one, "{n} actions of the plan could be clearer"),)


def _deeds(line: TeamLine, team: TeamView) -> list[Deed]:
    have = {worker for worker, _ in line.holders}
    to = Question("who", tr("To whom"), tuple(p for p in team.people if p[0] not in have))
    from_whom = Question("giver", tr("From whom"), line.holders)
    why = Question("why", tr("Why"))
    deeds = [Deed("give", tr("Give to somebody"), (to, why), tr("Give"))]
    if line.holders:
        over = (from_whom, to, why)
        deeds.append(Deed("hand_over", tr("Hand over"), over, tr("Hand over now")))
        away = (from_whom, why)
        deeds.append(Deed("take_away", tr("Take away"), away, tr("Take away now")))
    if NOTES in team.may:
        deeds.insert(0, _note(line))
    return deeds


def _note(line: TeamLine) -> Deed:
    """A note for the family's record; what it is for begins with what there is to look at."""
    first = _occasion(line)
    order = (first, *(each for each in _OCCASIONS if each != first))
    weeks = tuple((str(n), counted(n, "In {n} week", "In {n} weeks")) for n in _WEEKS)
    occasions = tuple((key, tr(_OCCASIONS[key])) for key in order)
    return Deed(
        "note",
        tr("Write an oversight note"),
        (
            Question("occasion", tr("What it is for"), occasions),
            Question("weeks", tr("When you look again"), weeks),
            Question("words", tr("What you think, and what happens next"), long=True),
        ),
        tr("Keep this note in the family's record"),
    )


def _occasion(line: TeamLine) -> str:
    for waiting, occasion in (("level_4", "step_up"), ("closure", "closure")):
        if waiting in line.waiting:
            return occasion
    if line.overdue:
        return "review" if "review" in " ".join(line.overdue) else "assessment"
    return "drift" if line.drift else "supervision"
