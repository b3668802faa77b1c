"""My work: today's visits with what must be known before the door, and everything to do by date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.case_views import TaskLine, VisitLine, Work
from desktop.ui.look.buttons import secondary
from desktop.ui.look.card import Card
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.spacing import NORMAL, TIGHT
from desktop.ui.moments import Moments
from desktop.ui.pages.case_words import due_words, task_words
from desktop.ui.pages.choice_row import ChoiceRow, Line
from desktop.ui.pages.page import ColumnPage, button_row, keeping_focus, put
from desktop.ui.words import breakable, listed, tr

_AT_ONCE = 40


class MyWorkPage(ColumnPage):
    """``task_chosen`` carries a `TaskLine`; ``family_chosen`` a family; ``visit_asked`` begins one.

    What must be known before the door is closed at first: others may see the screen.
    """

    task_chosen = Signal(object)
    family_chosen = Signal(str)
    visit_asked = Signal(str)

    def __init__(self, moments: Moments, parent: QWidget | None = None) -> None:
        super().__init__(tr("My work"), parent=parent)
        self._moments = moments
        self._place = QVBoxLayout()
        self.content.addLayout(self._place)

    def show_work(self, work: Work) -> None:
        """Show the work as it stands now."""
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(NORMAL)
        rows.addWidget(Heading(tr("Visits today"), 2))
        for number, visit in enumerate(work.visits):
            rows.addWidget(self._visit(visit, number))
        if not work.visits:
            rows.addWidget(Body(tr("No visit is agreed for today.")))
        week = work.today + timedelta(days=7)
        groups: tuple[tuple[str, Callable[[TaskLine], bool]], ...] = (
            (tr("Overdue"), lambda task: task.standing == "overdue"),
            (tr("Today"), lambda task: task.standing != "overdue" and task.due == work.today),
            (tr("The next seven days"), lambda task: work.today < task.due <= week),
            (tr("Later"), lambda task: task.due > week),
        )
        for heading, belongs in groups:
            self._group(rows, heading, [task for task in work.tasks if belongs(task)])
        if not work.tasks:
            rows.addWidget(Body(tr("There is nothing to do that the records know of.")))
        with keeping_focus(self):
            put(whole, self._place)

    # Inside ------------------------------------------------------------------------------

    def _group(self, rows: QVBoxLayout, heading: str, tasks: Sequence[TaskLine]) -> None:
        if not tasks:
            return
        rows.addWidget(Heading(heading, 2))
        for number, task in enumerate(tasks[:_AT_ONCE]):
            family = breakable(task.name) or tr("No name yet")
            row = ChoiceRow(task_words(task), (Line(family), Line(due_words(task, self._moments))))
            row.setObjectName(f"task-{heading}-{number}")
            row.clicked.connect(lambda _=False, task=task: self.task_chosen.emit(task))
            rows.addWidget(row)
        if len(tasks) > _AT_ONCE:
            rows.addWidget(Quiet(tr("and {n} others", n=len(tasks) - _AT_ONCE)))

    def _visit(self, visit: VisitLine, number: int) -> Card:
        card = Card()
        name = breakable(visit.name) or tr("No name yet")
        card.body.addWidget(Heading(f"{visit.at} {name}".strip(), 3))
        where = breakable(visit.where) or tr("The address is protected, or nobody has said it.")
        card.body.addWidget(Body(where))
        if visit.people:
            card.body.addWidget(Quiet(breakable(listed(list(visit.people)))))
        before = QWidget()
        inside = QVBoxLayout(before)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(TIGHT)
        for words in visit.before or (tr("Nothing is written down that you must know."),):
            inside.addWidget(Body(breakable(words)))
        before.hide()
        know = secondary(tr("Know before the door"), about=name)
        know.setObjectName(f"before-{number}")
        know.clicked.connect(lambda: before.setVisible(before.isHidden()))
        begin = secondary(tr("Begin the visit"), about=name)
        begin.setObjectName(f"visit-{number}")
        begin.clicked.connect(lambda: self.visit_asked.emit(visit.family))
        see = secondary(tr("See the family"), about=name)
        see.setObjectName(f"see-{number}")
        see.clicked.connect(lambda: self.family_chosen.emit(visit.family))
        card.body.addLayout(button_row(know, begin, see))
        card.body.addWidget(before)
        return card
