"""My measures: this quarter's figures of a worker's own families, each with its list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.case_views import FigureLine, OwnMeasures
from desktop.ui.look.buttons import secondary
from desktop.ui.look.card import Card
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.link_row import LinkRow
from desktop.ui.look.spacing import HAIR, NORMAL
from desktop.ui.moments import Moments
from desktop.ui.pages.page import ColumnPage, button_row, put
from desktop.ui.words import breakable, tr


class OwnMeasuresPage(ColumnPage):
    """``family_chosen`` carries a family of a figure's list."""

    family_chosen = Signal(str)

    def __init__(self, moments: Moments, parent: QWidget | None = None) -> None:
        super().__init__(tr("My measures"), parent=parent)
        self._moments = moments
        self._place = QVBoxLayout()
        self.content.addLayout(self._place)

    def show_measures(self, measures: OwnMeasures) -> None:
        """Show the figures of the quarter."""
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(NORMAL)
        days = tr(
            "{first} to {last}",
            first=self._moments.day(measures.first),
            last=self._moments.day(measures.last),
        )
        when = self._moments.when(measures.checked) if measures.checked else tr("never")
        rows.addWidget(Body(tr("Of the families on this laptop, {days}.", days=days)))
        rows.addWidget(Quiet(tr("Last checked with the council: {when}.", when=when)))
        shown = [figure for figure in measures.figures if figure.counted or figure.of]
        for figure in shown:
            rows.addWidget(self._card(figure))
        if not shown:
            rows.addWidget(Body(tr("There is nothing to count in this quarter yet.")))
        put(whole, self._place)

    def _card(self, figure: FigureLine) -> Card:
        card = Card()
        card.body.addWidget(Heading(f"{figure.title} ({figure.key})", 3))
        card.body.addWidget(Body(_number(figure), bold=True))
        said = figure.counts if figure.of is None else f"{figure.counts}; {figure.of_words}"
        card.body.addWidget(Quiet(said))
        for caveat in figure.caveats:
            card.body.addWidget(Quiet(caveat))
        if figure.families:
            inside = QWidget()
            lines = QVBoxLayout(inside)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setSpacing(HAIR)
            for family, name in figure.families:
                line = LinkRow(breakable(name) or tr("No name yet"))
                line.clicked.connect(lambda _=False, one=family: self.family_chosen.emit(one))
                lines.addWidget(line)
            inside.hide()
            which = secondary(tr("Which families"), about=figure.title)
            which.setObjectName(f"which-{figure.key}")
            which.clicked.connect(lambda: inside.setVisible(inside.isHidden()))
            card.body.addLayout(button_row(which))
            card.body.addWidget(inside)
        return card


def _number(figure: FigureLine) -> str:
    if figure.of is None:
        return str(figure.counted)
    if figure.percent is None:
        return tr("{n} of {of}", n=figure.counted, of=figure.of)
    return tr(
        "{n} of {of}, {percent}%", n=figure.counted, of=figure.of, percent=f"{figure.percent:.0f}"
    )
