"""Every paper that can be made for a family, by what it is for; and the council's blank forms."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.print_views import OwedLine, PaperGroup, PaperLine
from desktop.ui.look.labels import Body, Heading
from desktop.ui.look.spacing import NORMAL
from desktop.ui.moments import Moments
from desktop.ui.pages.choice_row import ChoiceRow, Line
from desktop.ui.pages.owed import owed_row
from desktop.ui.pages.page import ColumnPage, keeping_focus, put
from desktop.ui.pages.record_words import titled
from desktop.ui.words import tr


class PapersPage(ColumnPage):
    """Offers papers; ``paper_chosen`` carries a paper's key, ``blank_chosen`` a form's id.

    ``owed_chosen`` carries an `OwedLine`.
    """

    paper_chosen = Signal(str)
    blank_chosen = Signal(str)
    owed_chosen = Signal(object)

    def __init__(self, moments: Moments, parent: QWidget | None = None) -> None:
        super().__init__(tr("Papers"), parent=parent)
        self._moments = moments
        self._place = QVBoxLayout()
        self.content.addLayout(self._place)

    def show_papers(
        self,
        groups: Sequence[PaperGroup],
        blanks: Sequence[PaperLine],
        owed: Sequence[OwedLine] = (),
    ) -> None:
        """Show what can be printed now, what is owed first."""
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(NORMAL)
        if owed:
            rows.addWidget(Heading(tr("Still owed"), 2))
            for line in owed:
                row = owed_row(line, self._moments, names_family=False)
                row.clicked.connect(lambda _=False, chosen=line: self.owed_chosen.emit(chosen))
                rows.addWidget(row)
        for group in groups:
            rows.addWidget(Heading(_heading(group.key), 2))
            for paper in group.papers:
                row = _row(paper)
                row.clicked.connect(lambda _=False, key=paper.key: self.paper_chosen.emit(key))
                rows.addWidget(row)
        if blanks:
            rows.addWidget(Heading(tr("Blank forms"), 2))
            rows.addWidget(
                Body(
                    tr(
                        "To go on by hand when the laptop cannot be used. Nothing of any family is "
                        "on them."
                    )
                )
            )
            for form in blanks:
                row = _row(form, blank=True)
                row.clicked.connect(lambda _=False, key=form.key: self.blank_chosen.emit(key))
                rows.addWidget(row)
        with keeping_focus(self):
            put(whole, self._place)


def _row(paper: PaperLine, *, blank: bool = False) -> ChoiceRow:
    lines = (Line(tr("A draft: copies of it say so.")),) if paper.draft else ()
    title = tr("{form}: blank", form=paper.title) if blank else titled(paper.title, paper.about)
    row = ChoiceRow(title, lines)
    row.setObjectName(f"{'blank' if blank else 'paper'}-{paper.key}")
    return row


def _heading(key: str) -> str:
    return {
        "keep": tr("For the family to keep"),
        "copies": tr("A copy of what was written"),
        "meeting": tr("For a meeting"),
        "send": tr("To send"),
        "ending": tr("When the help ends"),
        "pictures": tr("Pictures"),
    }[key]
