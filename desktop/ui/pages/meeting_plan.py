"""The plan on a meeting's page: how each action goes, and new ones with a name and a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.look.buttons import Button, secondary
from desktop.ui.look.labels import Body
from desktop.ui.look.menu import Menu
from desktop.ui.look.spacing import NORMAL
from desktop.ui.pages.form_part import FormPart
from desktop.ui.pages.meeting_parts import PlanActions
from desktop.ui.pages.page import button_row
from desktop.ui.pages.quick_rows import QuickRow, QuickRows
from desktop.ui.words import tr


class MeetingPlan(QWidget):
    """``begun``: the family has no plan, and one is wanted; ``reopened``: a finished one is to be
    changed. ``form_asked`` carries the plan's record. ``row_begun`` carries a new action's row.

    ``write_down`` puts how the actions stand into the notes; None where there is no place for it.
    """

    begun = Signal()
    reopened = Signal()
    form_asked = Signal(str)
    row_begun = Signal(str)

    def __init__(
        self, plan: FormPart | None, write_down: Callable[[], None] | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._buttons: list[Button] = []
        self._lines: QuickRows | None = None
        self._actions: PlanActions | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(NORMAL)
        if plan is None:
            column.addWidget(Body(tr("There is no plan yet.")))
            self._offer("plan-begin", tr("Begin the plan"), self.begun.emit)
        else:
            self._actions = actions = PlanActions(plan)
            self._lines = QuickRows(plan.telling, actions.lines, (), self)
            plan.pieces = (self._lines,)
            self._fill(plan, column, write_down)
        column.addLayout(button_row(*self._buttons))

    @property
    def rows(self) -> dict[str, QuickRow]:
        """Every action that is shown, by its row."""
        return self._lines.rows if self._lines is not None else {}

    def as_told(self) -> str:
        """How every action stands, a line each."""
        return self._actions.as_told() if self._actions is not None else ""

    def add_action(self, goal: str) -> None:
        """A new action for a goal; its first question is asked."""
        if self._actions is not None:
            self.row_begun.emit(self._actions.add(goal))

    def stops(self) -> Iterable[QWidget]:
        """What Tab stops at, in order."""
        if self._lines is not None:
            yield from self._lines.stops()
        yield from self._buttons

    def _fill(
        self, plan: FormPart, column: QVBoxLayout, write_down: Callable[[], None] | None
    ) -> None:
        opened = plan.filling.opened
        if opened.finalised and not opened.read_only:
            column.addWidget(Body(tr("The plan is finished. To change it, say so here.")))
            self._offer("plan-reopen", tr("Change the plan"), self.reopened.emit)
        elif not plan.telling.locked and self._goals():
            self._offer("new-action", tr("New action"), self._new_action)
        if self._lines is not None:
            column.addWidget(self._lines)
        if not self._goals():
            column.addWidget(Body(tr("The plan says nothing yet of what is to be different.")))
        if write_down is not None and self._goals():
            self._offer("how-it-goes", tr("Put how it goes into the notes"), write_down)
        self._offer(
            "whole-plan", tr("The whole plan"), partial(self.form_asked.emit, opened.record)
        )

    def _goals(self) -> list[tuple[str, str]]:
        return self._actions.goals() if self._actions is not None else []

    def _offer(self, name: str, words: str, act: Callable[[], None]) -> None:
        button = secondary(words, self)
        button.setObjectName(name)
        button.clicked.connect(lambda: act())
        self._buttons.append(button)

    def _new_action(self) -> None:
        goals = self._goals()
        if len(goals) == 1:
            self.add_action(goals[0][0])
            return
        menu, button = Menu(self), next(b for b in self._buttons if b.objectName() == "new-action")
        for row, words in goals:
            action = menu.addAction(tr("For: {goal}", goal=words.replace("&", "&&")))
            action.triggered.connect(lambda _=False, row=row: self.add_action(row))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))
