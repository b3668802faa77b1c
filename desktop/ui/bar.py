"""The strip along the top of the window: back, visit, help, hide, lock."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.hiding_keys import HIDE_KEY, LOCK_KEY
from desktop.ui.look.buttons import icon_button, quiet, secondary
from desktop.ui.look.painting import colours_for, fill
from desktop.ui.look.spacing import NORMAL, TIGHT
from desktop.ui.pages.page import button_row
from desktop.ui.words import tr


class Bar(QWidget):
    """Says by signals what was asked; set off from the page by a line."""

    visit_asked = Signal()
    """The worker has arrived, or has left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Bar"))
        self.back = quiet(tr("Back"))
        self.help = secondary(tr("Level 4 and urgent"), icon_name="phone")
        self.visit = quiet("")
        self.visit.clicked.connect(self.visit_asked)
        self.hide_page = quiet(tr("Hide"))
        self.hide_page.setToolTip(
            tr("{key} hides everything, and asks for your PIN to show it again", key=HIDE_KEY)
        )
        self.lock = quiet(tr("Lock"))
        self.lock.setToolTip(LOCK_KEY)
        self.look = icon_button("settings", tr("Text and colours"))
        across = QHBoxLayout(self)
        across.setContentsMargins(NORMAL, TIGHT, NORMAL, TIGHT)
        across.setSpacing(TIGHT)
        across.addWidget(self.back)
        across.addStretch(1)
        across.addLayout(button_row(self.look, self.visit, self.help, self.hide_page, self.lock))
        self._may_lock = True
        self.show_visit("")

    def show_visit(self, until: str) -> None:
        """Offer to start a visit, or to end the one that lasts until then ("15:40")."""
        if until:
            self.visit.say(tr("End visit"), tr("that ends by itself at {time}", time=until))
        else:
            self.visit.say(tr("Start visit"))
        words = tr("On a visit until {time}: locks later", time=until) if until else ""
        self.visit.setToolTip(words or tr("Gives you longer before the laptop locks by itself"))

    def allow_lock(self, allowed: bool) -> None:
        """Whether there is anything to lock or to hide."""
        self._may_lock = allowed
        for button in (self.visit, self.hide_page, self.lock):
            button.setVisible(allowed)

    def keep_to_page(self, keep: bool) -> None:
        """While others have the laptop, nothing here leads away or tells of the work."""
        self.help.setVisible(not keep)
        self.visit.setVisible(not keep and self._may_lock)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line under it."""
        painter, colours = QPainter(self), colours_for(self)
        fill(painter, self.rect(), colours.surface)
        painter.setPen(colours.line)
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        painter.end()
