"""Asked before an answer that protects somebody is made less careful: who agreed, and why."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.look.buttons import secondary
from desktop.ui.look.fields import LineField
from desktop.ui.look.labels import Body
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.spacing import TIGHT
from desktop.ui.words import tr


class Loosening(QWidget):
    """``agreed`` carries the reason; ``stopped`` leaves the answer as it was."""

    agreed = Signal(str)
    stopped = Signal()

    def __init__(self, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.save = secondary(tr("Save this answer"), self, about=question)
        self.keep = secondary(tr("Keep it as it was"), self, about=question)
        self.reason = LineField(self)
        ask = tr("Who agreed to this, and why is it safe now?")
        self.reason.setAccessibleName(ask)
        label = Body(ask, self, bold=True)
        label.setBuddy(self.reason)
        notice = Notice(
            Kind.CAUTION,
            tr(
                "Somebody may be relying on the more careful answer. The change holds once the"
                " council's computer has it."
            ),
            self,
            title=tr("This is less careful than before"),
            actions=(self.save, self.keep),
        )
        notice.above_actions.addWidget(label)
        notice.above_actions.addWidget(self.reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, TIGHT, 0, 0)
        column.addWidget(notice)
        self.save.setEnabled(False)
        self.reason.textEdited.connect(lambda words: self.save.setEnabled(bool(words.strip())))
        self.save.clicked.connect(lambda: self.agreed.emit(self.reason.text().strip()))
        self.keep.clicked.connect(self.stopped)

    def stops(self) -> Iterator[QWidget]:
        """Everything that Tab stops at, in order."""
        yield from (self.reason, self.save, self.keep)
