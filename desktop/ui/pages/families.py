"""The list of families: search, how each stands, and how this device stands with the council."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop.services.roles import Duties
from desktop.services.views import FamilySummary, SyncState
from desktop.ui.look.announcer import Announcer
from desktop.ui.look.buttons import Button, primary, secondary
from desktop.ui.look.card import Card
from desktop.ui.look.fields import LineField
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.spacing import CLOSE, HAIR, TIGHT, WIDE
from desktop.ui.moments import Moments
from desktop.ui.pages.choice_row import ChoiceRow, Line
from desktop.ui.pages.page import ColumnPage, button_row, keeping_focus, put, put_by_turns
from desktop.ui.pages.sync_words import checked, waiting_in_words
from desktop.ui.turns import Turns
from desktop.ui.words import breakable, counted, listed, tr

_PAUSE_MS = 200
_AT_ONCE = 60

_A_TURN = 8
"""How many rows are made before the window is let answer."""


class FamiliesPage(ColumnPage):
    """Where a day begins. `show_families` says what is found, `show_sync` what waits.

    ``search_asked`` carries what is being looked for, a moment after the last key; the receiver
    answers with `show_families` for those words, and never logs them.
    """

    search_asked = Signal(str)
    family_chosen = Signal(str)
    new_family_asked = Signal()
    sync_asked = Signal()
    owed_asked = Signal()
    blank_asked = Signal()
    way_asked = Signal(str)
    """``work``, ``directory``, ``measures``, ``laptop`` or ``team``: a page about more than one."""

    def __init__(self, moments: Moments, parent: QWidget | None = None) -> None:
        super().__init__(tr("Families"), parent=parent)
        self._moments = moments
        self._families: Sequence[FamilySummary] = ()
        self._duties = Duties()
        self._shown = 0
        self._showing = Turns(self)
        self._announcer = Announcer(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask_search)
        self._sync_words = Body()
        self._sync_when = Quiet()
        self._overdue = Notice(
            Kind.CAUTION,
            tr("Colleagues may have written things that this laptop does not know yet."),
            title=tr("It is time to sync"),
        )
        self._overdue.hide()
        self.new_button = primary(tr("New family"))
        self.new_button.clicked.connect(self.new_family_asked)
        self.beside_heading.addWidget(self.new_button)
        self.content.addWidget(self._overdue)
        self.content.addWidget(self._sync_card())
        self.content.addLayout(self._ways())
        self._add_search()
        self._found = Quiet()
        self.content.addWidget(self._found)
        self._rows = QVBoxLayout()
        self.content.addLayout(self._rows)
        self._found.hide()

    def offer(self, duties: Duties, *, with_team: bool) -> None:
        """Offer what this role does here, and no more; the team's page to those who oversee one."""
        self._duties = duties
        self.team_button.setVisible(with_team)
        self.new_button.setVisible(duties.begins)
        self._ways_to["measures"].setVisible(duties.measures)
        for widget in (self._ways_to["work"], self._owed, *self._finding):
            widget.setVisible(duties.carries)

    def show_sync(self, state: SyncState) -> None:
        """Say how this device stands with the council."""
        self._sync_words.setText(waiting_in_words(state.waiting, state.attachments))
        self._sync_when.setText(checked(state, self._moments))
        if state.lease is not None:
            self._overdue.say(state.lease.message, state.lease.title)
        self._overdue.setVisible(state.overdue or state.lease is not None)

    def show_families(self, families: Sequence[FamilySummary], search: str = "") -> None:
        """Show these, in the order given; ``search`` is what they were found by."""
        if search != self.search_field.text().strip():
            return  # found for words that are no longer there
        self._families, self._shown = families, min(len(families), _AT_ONCE)
        self._showing.begin(self._show_list(search))
        words = counted(len(families), "{n} family", "{n} families")
        self._found.setText(words)
        self._found.setVisible(bool(families))
        if search:
            self._announcer.say(words)

    # Inside ------------------------------------------------------------------------------

    def _sync_card(self) -> Card:
        card = Card()
        card.body.setContentsMargins(WIDE, CLOSE, CLOSE, CLOSE)
        across, words = QHBoxLayout(), QVBoxLayout()
        words.setSpacing(HAIR)
        words.addWidget(self._sync_words)
        words.addWidget(self._sync_when)
        self.sync_button = secondary(tr("Sync"), icon_name="sync", about=tr("with the council"))
        self.sync_button.clicked.connect(self.sync_asked)
        across.addLayout(words, 1)
        across.addWidget(self.sync_button)
        card.body.addLayout(across)
        self.show_sync(SyncState())
        return card

    def _ways(self) -> QLayout:
        self._ways_to: dict[str, Button] = {}
        for key, words in (
            ("work", tr("My work")),
            ("directory", tr("Services near you")),
            ("measures", tr("Measures")),
            ("laptop", tr("This laptop")),
        ):
            button = secondary(words)
            button.setObjectName(f"way-{key}")
            button.clicked.connect(lambda _=False, key=key: self.way_asked.emit(key))
            self._ways_to[key] = button
        self._owed = secondary(tr("Copies owed"), icon_name="document")
        blank = secondary(tr("Print a blank form"), icon_name="print")
        self._owed.clicked.connect(self.owed_asked)
        blank.clicked.connect(self.blank_asked)
        self.team_button = secondary(tr("The team"))
        self.team_button.clicked.connect(lambda: self.way_asked.emit("team"))
        self.team_button.hide()
        return button_row(self.team_button, *self._ways_to.values(), self._owed, blank)

    def _add_search(self) -> None:
        self.search_field = LineField()
        self.search_field.setAccessibleName(tr("Find a family"))
        label = Body(tr("Find a family"), bold=True)
        label.setBuddy(self.search_field)
        self.search_field.textChanged.connect(self._pause.start)
        self.search_field.returnPressed.connect(self._ask_search)
        finding = QVBoxLayout()
        finding.setSpacing(TIGHT)
        hint = Quiet(tr("By a name, or by the reference on the family's papers."))
        self._finding = (label, hint, self.search_field)
        for widget in self._finding:
            finding.addWidget(widget)
        self.content.addLayout(finding)

    def _ask_search(self) -> None:
        self._pause.stop()
        self.search_asked.emit(self.search_field.text().strip())

    def _show_list(self, search: str = "", focused: str = "") -> Iterator[None]:
        if not self._families:
            with keeping_focus(self):
                put(_nothing_found(self._duties) if search else _none(self._duties), self._rows)
            return
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(TIGHT)
        yield from put_by_turns(self, self._rows, whole, self._fill(rows))
        if (row := self.findChild(ChoiceRow, f"family-{focused}")) is not None:
            row.setFocus()

    def _show_more(self) -> None:
        first_new = self._families[self._shown].family
        self._shown += _AT_ONCE
        self._showing.begin(self._show_list(focused=first_new))

    def _fill(self, rows: QVBoxLayout) -> Iterator[None]:
        for number, family in enumerate(self._families[: self._shown], 1):
            rows.addWidget(self._row(family))
            if number % _A_TURN == 0:
                yield
        if (left := len(self._families) - self._shown) > 0:
            more = secondary(tr("Show more"), about=tr("of {n} others", n=left))
            more.clicked.connect(self._show_more)
            rows.addWidget(more)

    def _row(self, family: FamilySummary) -> ChoiceRow:
        row = ChoiceRow(breakable(family.name) or tr("No name yet"), self._lines(family))
        row.setObjectName(f"family-{family.family}")
        row.clicked.connect(lambda: self.family_chosen.emit(family.family))
        return row

    def _lines(self, family: FamilySummary) -> tuple[Line, ...]:
        first = [listed([family.reference, *family.merged])]
        if family.last_written is not None:
            when = self._moments.when(family.last_written)
            first.append(tr("last written {when}", when=when))
        lines = [Line(" · ".join(first))]
        if family.merged:
            lines.append(Line(tr("Begun more than once; shown here as one family")))
        if family.notice:
            lines.append(Line(breakable(family.notice), "info"))
        if family.waiting:
            words = counted(
                family.waiting, "{n} change waits to be sent", "{n} changes wait to be sent"
            )
            lines.append(Line(words))
        if family.others:
            names = breakable(listed(list(family.others)))
            lines.append(Line(tr("New from {names}", names=names), "info"))
        return tuple(lines)


def _none(duties: Duties) -> Card:
    card = Card()
    if not duties.carries:
        card.body.addWidget(Heading(tr("No families come to this laptop"), 2))
        card.body.addWidget(Body(tr("Your role is shown no families. What it is for is above.")))
        return card
    card.body.addWidget(Heading(tr("No families on this laptop yet"), 2))
    new = tr("Choose New family to begin one here and now, with or without a signal.")
    given = tr("If families were given to you, choose Sync when you are online.")
    card.body.addWidget(Body(f"{new} {given}" if duties.begins else given))
    return card


def _nothing_found(duties: Duties) -> Card:
    card = Card()
    card.body.addWidget(Heading(tr("No family is found by that"), 2))
    part = tr("Try part of a name, or the reference. Only families on this laptop are searched.")
    new = tr("If this family is new, choose New family.")
    card.body.addWidget(Body(f"{part} {new}" if duties.begins else part))
    return card
