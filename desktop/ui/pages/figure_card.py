"""One figure: its number, where it goes, what it counts, how fresh it is, and its families."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.figure_views import OWN, Dashboard, FigureLine, Number
from desktop.services.figure_words import short_quarter
from desktop.ui.look.buttons import secondary
from desktop.ui.look.card import Card
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.link_row import LinkRow
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.spacing import HAIR
from desktop.ui.moments import Moments
from desktop.ui.pages.page import button_row, put
from desktop.ui.words import breakable, tr


class FigureCard(Card):
    """``list_asked`` carries the measure's key, and a cut with its value, or blanks for all."""

    family_chosen = Signal(str)
    list_asked = Signal(str, str, str)

    def __init__(
        self, line: FigureLine, shown: Dashboard, moments: Moments, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._line, self._shown = line, shown
        self._list = QVBoxLayout()
        self.body.addWidget(Heading(f"{line.title} ({line.key})", 3))
        self.body.addWidget(Body(number_words(line.now), bold=True))
        for words in (_trend(line), _earlier(line, shown)):
            if words:
                self.body.addWidget(Body(words))
        if line.revised is not None or line.redefined:
            self.body.addWidget(_revised(line))
        counts = f"{line.counts}; {line.of_words}" if line.of_words else line.counts
        self.body.addWidget(Quiet(counts))
        for caveat in line.caveats:
            self.body.addWidget(Quiet(caveat))
        self.body.addWidget(Quiet(_fresh(shown, moments)))
        self._offer()
        self.body.addLayout(self._list)

    def show_families(self, families: Sequence[tuple[str, str]]) -> None:
        """Show these families under the figure; each leads to its page."""
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(HAIR)
        for family, name in families:
            row = LinkRow(breakable(name) or tr("No name yet"))
            row.clicked.connect(lambda _=False, one=family: self.family_chosen.emit(one))
            rows.addWidget(row)
        if not families:
            rows.addWidget(Body(tr("There is no family to show.")))
        put(inside, self._list)

    # Inside ------------------------------------------------------------------------------

    def _offer(self) -> None:
        line, buttons = self._line, []
        if self._shown.can_list and line.now.counted:
            which = secondary(tr("Which families"), about=line.title)
            which.setObjectName(f"which-{line.key}")
            which.clicked.connect(self._ask)
            buttons.append(which)
        for cut, values in line.by:
            words = self._shown.cuts.get(cut, cut.replace("_", " ").capitalize())
            button = secondary(words, about=line.title)
            button.setObjectName(f"by-{cut}-{line.key}")
            button.clicked.connect(self._shows(cut, values))
            buttons.append(button)
        if buttons:
            self.body.addLayout(button_row(*buttons))

    def _ask(self) -> None:
        if self._shown.scope == OWN:
            self.show_families(self._line.families)
        else:
            self.list_asked.emit(self._line.key, "", "")

    def _shows(self, cut: str, values: Sequence[tuple[str, Number]]) -> Callable[[], None]:
        return lambda: self._show_cut(cut, values)

    def _show_cut(self, cut: str, values: Sequence[tuple[str, Number]]) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(HAIR)
        for value, number in values:
            words = tr("{group}: {number}", group=_group(value), number=number_words(number))
            if self._shown.can_list and self._shown.scope != OWN and number.counted:
                row = LinkRow(words)
                row.clicked.connect(
                    lambda _=False, value=value: self.list_asked.emit(self._line.key, cut, value)
                )
                rows.addWidget(row)
            else:
                rows.addWidget(Body(words))
        put(inside, self._list)


def number_words(number: Number) -> str:
    """A figure in words."""
    if number.hidden:
        return tr("Not shown: it would tell a small number")
    if number.mean is not None:
        return tr("{n}; mean {mean}", n=number.counted, mean=f"{number.mean:g}")
    if number.of is None:
        return str(number.counted)
    if number.percent is None:
        return tr("{n} of {of}", n=number.counted, of=number.of)
    percent = f"{number.percent:.0f}"
    return tr("{n} of {of}, {percent}%", n=number.counted, of=number.of, percent=percent)


def _trend(line: FigureLine) -> str:
    """Where it goes since the quarter before, in words."""
    before = line.before[0] if line.before else None
    if before is None or before.hidden or line.now.hidden:
        return ""
    if line.now.percent is not None and before.percent is not None:
        points = round(line.now.percent) - round(before.percent)
        if points == 0:
            return tr("As in the quarter before")
        words = "Up by {n} points" if points > 0 else "Down by {n} points"
        return tr(words + " since the quarter before", n=abs(points))
    if line.now.of is not None:
        return ""
    change = line.now.counted - before.counted
    if change == 0:
        return tr("As in the quarter before")
    words = "Up by {n}" if change > 0 else "Down by {n}"
    return tr(words + " since the quarter before", n=abs(change))


def _earlier(line: FigureLine, shown: Dashboard) -> str:
    """Every quarter before, the latest first."""
    told = [
        tr(
            "{quarter}: {number}",
            quarter=short_quarter(last),
            number=tr("not shown") if number.hidden else number_words(number),
        )
        for last, number in zip(shown.earlier, line.before, strict=False)
        if number is not None
    ]
    return tr("Before: {numbers}", numbers=" · ".join(told)) if told else ""


def _revised(line: FigureLine) -> Notice:
    if line.revised is not None:
        words = tr("It was published as {number}.", number=number_words(line.revised))
    else:
        words = tr("It was not in what was published.")
    if line.redefined:
        words = f"{words} {tr('What is counted has been defined anew since then.')}"
    return Notice(Kind.CAUTION, words, title=tr("Changed since it was published"))


def _fresh(shown: Dashboard, moments: Moments) -> str:
    if shown.scope == OWN:
        when = moments.when(shown.checked) if shown.checked else tr("never")
        return tr("Last checked with the council: {when}.", when=when)
    computed = moments.when(shown.computed) if shown.computed else ""
    if shown.written is None:
        return tr("Worked out {when}; nothing has been written yet.", when=computed)
    newest = moments.when(shown.written)
    return tr("Worked out {when}; the newest change is of {newest}.", when=computed, newest=newest)


def _group(value: str) -> str:
    return breakable(value.replace("_", " ").capitalize())
