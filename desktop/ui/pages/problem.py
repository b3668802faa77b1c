"""The one calm page for what nobody expected."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.trouble import Trouble
from desktop.ui.look.buttons import primary, secondary
from desktop.ui.look.labels import Body, Heading, Quiet
from desktop.ui.pages.page import ColumnPage, button_row
from desktop.ui.words import tr


class ProblemPage(ColumnPage):
    """Says that something went wrong, what is safe, and where the report is.

    ``report`` is the path of a report without personal data; none if it could not be written.
    ``unsaved`` says that the last words could not be saved: then it is honest about that, and
    offers to try again (``try_again_asked``) or to close all the same (``close_asked``).
    """

    try_again_asked = Signal()
    go_on_asked = Signal()
    close_asked = Signal()
    may_interrupt = True

    def __init__(
        self,
        trouble: Trouble | None = None,
        report: str = "",
        parent: QWidget | None = None,
        *,
        unsaved: bool = False,
    ) -> None:
        heading = trouble.title if trouble else tr("Something went wrong in the program")
        super().__init__(tr("Problem"), heading, parent)
        if trouble:
            self.content.addWidget(Body(trouble.message))
        if unsaved:
            self._add_unsaved()
        else:
            self._add_calm()
        if report:
            self.content.addWidget(Heading(tr("A report for your IT help desk"), 3))
            self.content.addWidget(
                Body(tr("It holds no names and no answers: only where the program stopped."))
            )
            self.content.addWidget(Quiet(tr("It was saved at {path}", path=report)))

    def _add_calm(self) -> None:
        self.content.addWidget(
            Body(
                tr(
                    "Nothing that was shown as saved is lost. You can go back and carry on. "
                    "If this happens again, close the program and start it once more."
                )
            )
        )
        go_on = primary(tr("Carry on"))
        go_on.clicked.connect(self.go_on_asked)
        close = secondary(tr("Close the program"))
        close.clicked.connect(self.close_asked)
        self.content.addLayout(button_row(go_on, close))

    def _add_unsaved(self) -> None:
        self.content.addWidget(
            Body(
                tr(
                    "The last words that you wrote are on the screen and not saved yet. "
                    "Everything before them is saved."
                )
            )
        )
        again = primary(tr("Try again"))
        again.clicked.connect(self.try_again_asked)
        back = secondary(tr("Go back"))
        back.clicked.connect(self.go_on_asked)
        close = secondary(tr("Close without them"))
        close.clicked.connect(self.close_asked)
        self.content.addLayout(button_row(again, back, close))
