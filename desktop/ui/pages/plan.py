"""The agreed plan on the screen: what the family wants, who does what, and by when."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.views import ActionLine, GoalLine, PlanLine
from desktop.ui.look.buttons import primary, secondary
from desktop.ui.look.card import Card
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.spacing import HAIR, WIDE
from desktop.ui.moments import Moments
from desktop.ui.pages.family import LARGE_PRINT, STANDARD
from desktop.ui.pages.page import ColumnPage, button_row, keeping_focus, put
from desktop.ui.pages.record_words import action_words, arrived_words, plan_words
from desktop.ui.words import breakable, counted, tr


class PlanPage(ColumnPage):
    """Shows the plan; ``edit_asked`` opens its form, ``print_asked`` carries a size."""

    edit_asked = Signal()
    print_asked = Signal(str)

    def __init__(self, moments: Moments, parent: QWidget | None = None) -> None:
        super().__init__(tr("The plan"), parent=parent)
        self._moments = moments
        self._place = QVBoxLayout()
        self.content.addLayout(self._place)

    def show_plan(self, plan: PlanLine) -> None:
        """Show the plan as it stands now."""
        self.rename(plan.title)
        self.heading.setText(plan.title)
        whole = QWidget()
        said = QVBoxLayout(whole)
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(WIDE)
        said.addWidget(Body(plan_words(plan, self._moments)))
        if plan.unsettled:
            said.addWidget(_unsettled(plan.unsettled))
        if not plan.finished:
            words = tr("It can still be changed. Printed copies are marked as a draft.")
            said.addWidget(Notice(Kind.INFO, words, title=tr("This plan is a draft")))
        elif plan.arrived_from:
            words = tr(
                "{who}. Printed copies are marked as a draft until it is finished again.",
                who=arrived_words(plan.arrived_from),
            )
            said.addWidget(Notice(Kind.CAUTION, words, title=tr("More was written since")))
        said.addLayout(self._buttons(plan))
        if not plan.goals:
            said.addWidget(Body(tr("Nothing has been agreed yet.")))
        for goal in plan.goals:
            said.addWidget(self._goal(goal))
        with keeping_focus(self):
            put(whole, self._place)

    def _buttons(self, plan: PlanLine) -> QVBoxLayout:
        edit = primary(tr("Change the plan") if plan.goals else tr("Write the plan"))
        edit.setObjectName("edit-plan")
        edit.clicked.connect(self.edit_asked)
        standard = secondary(tr("Print"), icon_name="print", about=tr("the plan"))
        large = secondary(tr("Large print"), icon_name="print", about=tr("of the plan"))
        for button, size in ((standard, STANDARD), (large, LARGE_PRINT)):
            button.setObjectName(f"print-{size}")
            button.clicked.connect(lambda _=False, size=size: self.print_asked.emit(size))
        rows = QVBoxLayout()
        rows.addLayout(button_row(edit, standard, large))
        return rows

    def _goal(self, goal: GoalLine) -> Card:
        card = Card()
        card.body.addWidget(Heading(breakable(goal.goal) or tr("A goal without words yet"), 2))
        if not goal.actions:
            card.body.addWidget(Quiet(tr("No actions yet.")))
        for action in goal.actions:
            card.body.addLayout(self._action(action))
        return card

    def _action(self, action: ActionLine) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(HAIR)
        rows.addWidget(Body(breakable(action.what) or tr("An action without words yet")))
        rows.addWidget(Quiet(action_words(action, self._moments)))
        return rows


def _unsettled(number: int) -> Notice:
    words = counted(
        number,
        "{n} answer differs between two people. It is marked on printed copies too.",
        "{n} answers differ between two people. They are marked on printed copies too.",
    )
    return Notice(Kind.CAUTION, words, title=tr("Not all is settled"))
