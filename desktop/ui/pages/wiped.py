"""What is on the screen of a laptop that its council has wiped."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.look.buttons import primary, secondary
from desktop.ui.look.labels import Body
from desktop.ui.pages.page import ColumnPage, button_row
from desktop.ui.words import counted, tr


class WipedPage(ColumnPage):
    """``left``: how many changes, sealed for the council alone, still wait to be sent."""

    enrol_asked = Signal()
    try_again_asked = Signal()

    def __init__(self, left: int, parent: QWidget | None = None) -> None:
        heading = tr("Your council has wiped this laptop")
        super().__init__(tr("Wiped"), heading, parent, characters=64)
        words = tr(
            "No family is on it any more, and nothing on it can be read. Two people at your "
            "council ordered it."
        )
        self.content.addWidget(Body(words))
        if left:
            sealed = counted(
                left,
                "{n} change that had not been sent is sealed here for your council alone. Connect "
                "to a network, and it is sent by itself.",
                "{n} changes that had not been sent are sealed here for your council alone. "
                "Connect to a network, and they are sent by themselves.",
            )
            self.content.addWidget(Body(sealed))
            again = secondary(tr("Try to send now"))
            again.clicked.connect(self.try_again_asked)
            self.content.addLayout(button_row(again))
        else:
            self.content.addWidget(Body(tr("What had not been sent was sent, sealed.")))
            enrol = primary(tr("Enrol this laptop again"))
            enrol.clicked.connect(self.enrol_asked)
            self.content.addLayout(button_row(enrol))
