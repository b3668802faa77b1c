"""Who answered a question, when, and what: every answer ever given, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.look.buttons import quiet
from desktop.ui.look.card import Card
from desktop.ui.look.labels import Body
from desktop.ui.look.spacing import CLOSE, NORMAL, TIGHT
from desktop.ui.words import tr


class History(Card):
    """Stands under the answer until it is closed."""

    def __init__(self, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body.setContentsMargins(NORMAL, CLOSE, NORMAL, CLOSE)
        self.body.setSpacing(TIGHT)
        self.close_it = quiet(tr("Close"), self, about=question)
        self._heading = Body(tr("Who wrote this, and when"), self, bold=True)
        self.setAccessibleName(f"{self._heading.text()}: {question}")
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self.close_it, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(top)
        self._lines: list[Body] = []

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these lines instead of those before."""
        told = list(lines) or [tr("Nobody has answered this yet.")]
        if told == self.lines:
            return
        for old in self._lines:
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._lines = [Body(line, self) for line in told]
        for line in self._lines:
            self.body.addWidget(line)

    @property
    def lines(self) -> list[str]:
        """What it says."""
        return [line.text() for line in self._lines]
