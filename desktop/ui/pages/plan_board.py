"""The plan board: every action under how it stands, and what could be clearer about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.case_views import BoardAction, PlanBoard
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.look.spacing import NORMAL
from desktop.ui.moments import Moments
from desktop.ui.pages.case_words import advice_words, progress_words
from desktop.ui.pages.choice_row import ChoiceRow, Line
from desktop.ui.pages.page import ColumnPage, keeping_focus, put
from desktop.ui.words import breakable, counted, tr

COLUMNS = ("blocked", "not_started", "started", "done", "done_late", "not_done", "not_needed")


class PlanBoardPage(ColumnPage):
    """``action_chosen`` carries the plan's record and the place where the action's progress is."""

    action_chosen = Signal(str, str)

    def __init__(self, moments: Moments, parent: QWidget | None = None) -> None:
        super().__init__(tr("Plan board"), parent=parent)
        self._moments = moments
        self._place = QVBoxLayout()
        self.content.addLayout(self._place)

    def show_board(self, board: PlanBoard) -> None:
        """Show every action as it stands now, and what could be clearer in the plan."""
        actions = board.actions
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(NORMAL)
        late = sum(action.is_late for action in actions)
        words = counted(len(actions), "{n} action", "{n} actions")
        rows.addWidget(Quiet(tr("{words}, {late} late", words=words, late=late)))
        for kind, word in board.advice:
            rows.addWidget(Body(advice_words(kind, word)))
        if not actions:
            rows.addWidget(Body(tr("There is no plan yet, or nothing in it.")))
        for progress in COLUMNS:
            column = [action for action in actions if action.progress == progress]
            if column:
                rows.addWidget(Heading(f"{progress_words(progress)} ({len(column)})", 2))
            for action in column:
                rows.addWidget(self._row(action))
        with keeping_focus(self):
            put(whole, self._place)

    def _row(self, action: BoardAction) -> ChoiceRow:
        who = breakable(action.who) or tr("Nobody named")
        if action.by_when is None:
            when = tr("No date")
        elif action.is_late:
            when = tr("Late since {day}", day=self._moments.day(action.by_when))
        else:
            when = tr("By {day}", day=self._moments.day(action.by_when))
        lines = [Line(f"{who} · {when}", "caution" if action.is_late else "")]
        if action.goal:
            lines.append(Line(tr("For: {goal}", goal=breakable(action.goal))))
        lines += [Line(advice_words(kind, word), "info") for kind, word in action.advice]
        row = ChoiceRow(breakable(action.what) or tr("An action without words yet"), tuple(lines))
        row.setObjectName(f"action-{action.path}")
        row.clicked.connect(lambda: self.action_chosen.emit(action.record, action.path))
        return row
