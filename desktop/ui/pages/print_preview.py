"""The print page: who the copy is for, the real pages, the printer, and what became of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.services.print_views import GatheredPrint, PreparedPrint, PrintDesk, PrintOffer
from desktop.services.views import SafetyNotice
from desktop.ui.lanes import AnyLane
from desktop.ui.look.announcer import Announcer
from desktop.ui.look.buttons import primary, secondary
from desktop.ui.look.labels import Body, Quiet
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.spacing import NORMAL
from desktop.ui.moments import Moments
from desktop.ui.page_image import image_of
from desktop.ui.pages.boxes_on_paper import BoxesNotice
from desktop.ui.pages.leaving_copy import LeavingCopy
from desktop.ui.pages.page import ColumnPage, button_row, emptied, put
from desktop.ui.pages.page_views import PageViews
from desktop.ui.pages.print_panels import RecipientPanel
from desktop.ui.pages.trouble import trouble_notice, trouble_of
from desktop.ui.pages.two_columns import TwoColumns
from desktop.ui.printers import Printers
from desktop.ui.words import counted, tr

_PICTURE_WIDTH = 1120


class _Making:
    """One making of pages, wanted until another choice is made or the page is left."""

    def __init__(self) -> None:
        self.is_wanted = True
        self.words: Body | None = None


class PrintPage(ColumnPage):
    """Prints one product of one family.

    ``lane`` runs what the desk does (the vault's lane); ``paper`` renders and prints, so that no
    save waits for a printer. ``record_chosen`` opens the safety check when paper is not safe,
    ``decision_asked`` the decision on a recipient (their key) whom a court order names.
    """

    record_chosen = Signal(str)
    decision_asked = Signal(str)

    def __init__(
        self,
        desk: PrintDesk,
        printers: Printers,
        lane: AnyLane,
        paper: AnyLane,
        moments: Moments,
        size: str = "",
        parent: QWidget | None = None,
        *,
        recipient: str = "",
    ) -> None:
        super().__init__(tr("Print"), parent=parent, characters=150)
        self._recipient = recipient
        self._desk, self._moments = desk, moments
        self._lane, self._paper = lane, paper
        self._size = size
        self._making = _Making()
        self._announcer = Announcer(self)
        self._whole = QVBoxLayout()
        self._whole.setSpacing(NORMAL)
        self.content.addLayout(self._whole)
        self._leaving = LeavingCopy(desk, printers, lane, paper, moments, self._announcer, self)
        self._leaving.said.connect(self._say)
        self._leaving.shown.connect(self._show_panel)
        self._leaving.busy.connect(lambda busy: self.choosing.setEnabled(not busy))
        self._leaving.failed.connect(self._failed)
        self.returned.connect(self.load)

    def load(self) -> None:
        """Ask what may be printed now; also after the safety check was looked at."""
        self._lane.submit(self._desk.offer, self._show_offer, self._failed)

    def leave(self) -> None:
        """A job that is under way stops at the next page."""
        self._leaving.stop()
        self._making.is_wanted = False

    # What may be printed -----------------------------------------------------------------

    def _show_offer(self, offer: PrintOffer) -> None:
        emptied(self._whole)
        self._leaving.forget()
        self._making = _Making()
        if not offer.paper.safe:
            self._refuse(offer.paper)
            return
        self.rename(tr("Print"))
        self.heading.setText(tr("Print: {title}", title=offer.title))
        columns = TwoColumns(shares=(2, 3))
        self.choosing = RecipientPanel(offer, self._size)
        self.choosing.changed.connect(self._prepare)
        self._said, self._panel = QVBoxLayout(), QVBoxLayout()
        self._pages = PageViews(self._paper, self._failed)
        columns.main.addWidget(self.choosing)
        for layout in (self._said, self._panel):
            columns.main.addLayout(layout)
        columns.main.addStretch(1)
        columns.beside.addWidget(self._pages)
        columns.beside.addStretch(1)
        self._whole.addWidget(columns)
        self.choosing.recipients.choose(self._recipient)

    def _refuse(self, paper: SafetyNotice) -> None:
        self.rename(tr("Not printed"))
        self.heading.setText(tr("Nothing is printed here"))
        columns = TwoColumns()
        said = columns.main
        self._whole.addWidget(columns)
        said.addWidget(Notice(Kind.CAUTION, paper.what_to_do, title=paper.words))
        said.addWidget(
            Body(
                tr(
                    "Read the plan together on the screen if that is safe, and agree another way "
                    "and place for the family to get their copy."
                )
            )
        )
        if paper.checked is not None:
            when = self._moments.when(paper.checked)
            said.addWidget(Quiet(tr("Last checked with the council {when}.", when=when)))
        if (record := paper.record) is not None:
            button = primary(tr("Open the safety check"))
            button.clicked.connect(lambda: self.record_chosen.emit(record))
            said.addLayout(button_row(button))
        said.addStretch(1)
        self._announcer.say(paper.words, urgent=True)

    # The pages ---------------------------------------------------------------------------

    def _prepare(self) -> None:
        recipient, size = self.choosing.recipients.key, self.choosing.size_key
        if not recipient or not size:
            return
        self._size = size
        self._leaving.forget()
        self._making.is_wanted = False
        making = self._making = _Making()
        emptied(self._panel)
        if self.choosing.refusal:
            self._say_refusal()
            return
        self._show_making(making)
        manner = self.choosing.manner_key
        self._lane.submit(
            lambda: self._desk.gather(recipient, size, manner),
            partial(self._lay_out, making),
            partial(self._not_made, making),
        )

    def _say_refusal(self) -> None:
        self._pages.clear()
        why, who = self.choosing.refusal, self.choosing.recipients.key
        self._say(Notice(Kind.CAUTION, why, title=tr("Not for this person")))
        if self.choosing.may_be_decided:
            decide = secondary(tr("Ask a manager to agree"))
            decide.setObjectName("decide")
            decide.clicked.connect(lambda: self.decision_asked.emit(who))
            self._said.addLayout(button_row(decide))
        self._announcer.say(why, urgent=True)

    def _show_making(self, making: _Making) -> None:
        stop = secondary(tr("Stop"), about=tr("making the pages"))
        stop.clicked.connect(lambda: self._stop(making))
        making.words = Body(tr("Preparing the pages."))
        self._say(making.words)
        self._said.addLayout(button_row(stop))

    def _stop(self, making: _Making) -> None:
        making.is_wanted = False
        self._say(Body(tr("Stopped. Choose again when you want these pages.")))

    def _lay_out(self, making: _Making, gathered: GatheredPrint) -> None:
        if making is not self._making or not making.is_wanted:
            return  # another choice was made meanwhile
        self._paper.submit(
            lambda: image_of(self._desk.first_page(gathered, _PICTURE_WIDTH)),
            partial(self._show_first, making),
            partial(self._not_made, making),
        )
        moved = partial(self._paper.tell, self._show_laid_out)
        self._paper.submit(
            lambda: self._desk.typeset(gathered, moved, lambda: not making.is_wanted),
            partial(self._show_prepared, making),
            partial(self._not_made, making),
        )

    def _show_first(self, making: _Making, image: QImage) -> None:
        if making is self._making and making.is_wanted:
            self._pages.show_first(image)

    def _show_laid_out(self, pages: int) -> None:
        words = self._making.words
        if words is not None and isValid(words):
            words.setText(
                counted(pages, "Preparing: {n} page so far.", "Preparing: {n} pages so far.")
            )

    def _not_made(self, making: _Making, error: Exception) -> None:
        if making is self._making and making.is_wanted:
            self._pages.clear()
            self._failed(error)

    def _show_prepared(self, making: _Making, prepared: PreparedPrint) -> None:
        if making is not self._making or not making.is_wanted:
            return
        ready = counted(prepared.pages, "{n} page is ready.", "{n} pages are ready.")
        if prepared.draft:
            words = tr("Each page is marked as a draft until it is finished.")
            self._say(Notice(Kind.INFO, words, title=ready))
        else:
            self._say(Body(ready))
        if prepared.boxes:
            boxes = BoxesNotice(prepared.boxes)
            self._said.addWidget(boxes)
            ready = f"{ready} {boxes.text}"
        self._announcer.say(ready)
        self._leaving.begin(prepared, self.choosing.recipient_name)
        self._pages.show_pages(prepared)

    # Inside ------------------------------------------------------------------------------

    def _say(self, widget: QWidget) -> None:
        emptied(self._said)
        self._said.addWidget(widget)

    def _show_panel(self, panel: QWidget, reveal: bool) -> None:
        if self._panel.indexOf(panel) < 0:
            put(panel, self._panel)
        if reveal:  # once it has been laid out
            QTimer.singleShot(0, panel, lambda: self.scroller.show_whole(panel))

    def _failed(self, error: Exception) -> None:
        trouble = trouble_of(error)
        if self._whole.count() == 0:
            self._whole.addWidget(trouble_notice(trouble))
        else:
            self.choosing.setEnabled(True)
            self._say(trouble_notice(trouble))
            self._leaving.show_ways()
        self._announcer.say(f"{trouble.title}. {trouble.message}", urgent=True)
