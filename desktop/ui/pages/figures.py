"""Figures of a quarter: each with how it was before, how fresh it is, and its families."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.services.figure_views import COUNCIL, OWN, TEAM, Dashboard, FigureLine
from desktop.services.figure_words import SUBJECTS, quarter_words, subject_of
from desktop.ui.look.buttons import Button, primary, secondary
from desktop.ui.look.fields import ChoiceBox
from desktop.ui.look.labels import Body, Heading
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.spacing import NORMAL
from desktop.ui.moments import Moments
from desktop.ui.pages.counting_card import CountingCard
from desktop.ui.pages.figure_card import FigureCard
from desktop.ui.pages.page import ColumnPage, button_row, keeping_focus, put
from desktop.ui.words import breakable, counted, tr

SCOPES = {OWN: "My families", TEAM: "My team", COUNCIL: "The council"}


class FiguresPage(ColumnPage):
    """``asked``: other figures are wanted (`scope`, `quarter`). ``save_asked``: where a table goes.

    ``list_asked`` carries a measure's key, and a cut and its value or blanks; the receiver calls
    ``show_list``. ``publish_asked``: the quarter that is shown is to be published.
    """

    asked = Signal()
    family_chosen = Signal(str)
    list_asked = Signal(str, str, str)
    save_asked = Signal(str)
    print_asked = Signal()
    publish_asked = Signal()

    def __init__(
        self,
        moments: Moments,
        scopes: Sequence[str],
        quarters: Sequence[tuple[date, date]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Measures"), parent=parent)
        self._moments = moments
        self.cards: dict[str, FigureCard] = {}
        self._shown: Dashboard | None = None
        self.whose, self.when = ChoiceBox(self), ChoiceBox(self)
        for scope in scopes:
            self.whose.addItem(tr(SCOPES[scope]), scope)
        for first, last in quarters:
            self.when.addItem(quarter_words(first, last), last)
        self._said, self._place = QVBoxLayout(), QVBoxLayout()
        self._choose(tr("Whose"), self.whose, is_shown=len(scopes) > 1)
        self._choose(tr("Which quarter"), self.when)
        self.content.addLayout(self._said)
        self.counting = CountingCard()
        self.counting.go_on_asked.connect(self.asked)
        self.content.addWidget(self.counting)
        self.content.addLayout(self._place)

    @property
    def scope(self) -> str:
        """Whose figures are wanted."""
        scope: str = self.whose.currentData()
        return scope

    @property
    def quarter(self) -> date:
        """The last day of the quarter that is wanted."""
        last: date = self.when.currentData()
        return last

    @property
    def shown(self) -> Dashboard | None:
        """The figures on the page."""
        return self._shown

    def begin_counting(self) -> None:
        """The centre is asked; figures that are of something else are shown no longer."""
        shown = self._shown
        if shown is not None and (shown.scope, shown.last) != (self.scope, self.quarter):
            self._shown, self.cards = None, {}
            put(QWidget(), self._place)
        self.counting.begin()

    def show_figures(self, shown: Dashboard) -> None:
        """Show these figures in place of those before."""
        self.counting.hide()
        self._shown, self.cards = shown, {}
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(NORMAL)
        rows.addWidget(Body(self._about(shown)))
        if shown.published is not None:
            rows.addWidget(self._published(shown))
        rows.addLayout(button_row(*self._buttons(shown)))
        lines = [line for line in shown.figures if _says_something(line)]
        for subject, title in SUBJECTS.items():
            of_subject = [line for line in lines if subject_of(line.key) == subject]
            if of_subject:
                rows.addWidget(Heading(tr(title), 2))
            for line in of_subject:
                rows.addWidget(self._card(line, shown))
        if not lines:
            rows.addWidget(Body(tr("There is nothing to count in this quarter.")))
        with keeping_focus(self):
            put(QWidget(), self._said)
            put(whole, self._place)

    def show_list(self, key: str, families: Sequence[tuple[str, str]]) -> None:
        """Show the families behind a figure: each leads to its page."""
        if key in self.cards:
            self.cards[key].show_families(families)

    def say(self, words: str, *, is_trouble: bool = False) -> None:
        """Say what came of something, above the figures."""
        put(Notice(Kind.CAUTION if is_trouble else Kind.DONE, breakable(words)), self._said)

    # Inside ------------------------------------------------------------------------------

    def _choose(self, question: str, box: ChoiceBox, *, is_shown: bool = True) -> None:
        label = Body(question, bold=True)
        label.setBuddy(box)
        box.setAccessibleName(question)
        box.activated.connect(lambda: self.asked.emit())
        for widget in (label, box):
            widget.setVisible(is_shown)
            self.content.addWidget(widget)

    def _about(self, shown: Dashboard) -> str:
        days = tr(
            "{first} to {last}",
            first=self._moments.day(shown.first),
            last=self._moments.day(shown.last),
        )
        if shown.scope == OWN:
            return tr("Of the families on this laptop, {days}.", days=days)
        if shown.scope == TEAM:
            return tr("Of the families of your team, {days}.", days=days)
        return tr("Of every family that the council helps, {days}.", days=days)

    def _published(self, shown: Dashboard) -> Notice:
        said = shown.published
        assert said is not None  # noqa: S101  asked by the caller
        when = self._moments.when(said.at)
        if not said.changed:
            words = tr("Nothing has changed since.")
        else:
            one = "{n} figure is not what was published then; it says so."
            many = "{n} figures are not what was published then; each says so."
            words = counted(said.changed, one, many)
        title = tr("Published {when} by {who}", when=when, who=breakable(said.by))
        return Notice(Kind.CAUTION if said.changed else Kind.INFO, words, title=title)

    def _buttons(self, shown: Dashboard) -> list[Button]:
        sheet, pages = secondary(tr("Save as a table (CSV)")), secondary(tr("Print the figures"))
        sheet.setObjectName("save-csv")
        sheet.clicked.connect(self._browse)
        pages.setObjectName("print")
        pages.clicked.connect(self.print_asked)
        if not shown.can_publish:
            return [sheet, pages]
        words = tr("Publish again") if shown.published else tr("Publish this quarter")
        publish = primary(words)
        publish.setObjectName("publish")
        publish.clicked.connect(self.publish_asked)
        return [sheet, pages, publish]

    def _browse(self) -> None:
        name = f"figures-{self.quarter.isoformat()}.csv"
        dialog = QFileDialog(self, tr("Save the figures"), name, tr("Table (*.csv)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(self.save_asked)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _card(self, line: FigureLine, shown: Dashboard) -> FigureCard:
        card = FigureCard(line, shown, self._moments)
        card.family_chosen.connect(self.family_chosen)
        card.list_asked.connect(self.list_asked)
        self.cards[line.key] = card
        return card


def _says_something(line: FigureLine) -> bool:
    """True unless nothing could be counted now or in the quarters before."""
    numbers = [line.now, *(number for number in line.before if number is not None)]
    return any(number.counted or number.of or number.hidden for number in numbers)
