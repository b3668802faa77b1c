"""The print page: who the copy is for, the real pages, the printer, and what became of it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.services.views import (
    CopyFate,
    CopyTold,
    GatheredPrint,
    PreparedPrint,
    PrintDesk,
    PrintOffer,
    SafetyNotice,
)
from desktop.ui.lanes import AnyLane
from desktop.ui.look.announcer import Announcer
from desktop.ui.look.buttons import primary, secondary
from desktop.ui.look.labels import Body, Quiet
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.look.spacing import NORMAL
from desktop.ui.moments import Moments
from desktop.ui.page_image import image_of
from desktop.ui.pages.page import ColumnPage, button_row, emptied, put
from desktop.ui.pages.page_views import PageViews
from desktop.ui.pages.print_fates import FatePanel, OwePanel, SavePanel
from desktop.ui.pages.print_panels import CheckPanel, PrinterPanel, RecipientPanel
from desktop.ui.pages.trouble import trouble_notice, trouble_of
from desktop.ui.pages.two_columns import TwoColumns
from desktop.ui.printers import Printers
from desktop.ui.words import breakable, counted, tr

_PICTURE_WIDTH = 1120
_SOON = timedelta(days=5)  # as councils send a plan to parents (domain.md 8.1)


class _Making:
    """One making of pages, wanted until another choice is made or the page is left."""

    def __init__(self) -> None:
        self.is_wanted = True
        self.is_checked = False
        self.words: Body | None = None

    def note_checked(self, checked: bool) -> None:
        """The worker has looked at what to check, or has not."""
        self.is_checked = checked


class _Moved(QObject):
    """Carries the number of printed pages from the paper lane to the page."""

    pages = Signal(int)


class PrintPage(ColumnPage):
    """Prints one product of one family.

    ``lane`` runs what the desk does (the vault's lane); ``paper`` renders and prints, so that no
    save waits for a printer. ``record_chosen`` opens the safety check when paper is not safe,
    ``decision_asked`` the decision on a recipient (their key) whom a court order names.

    Over thirty methods: one job's way from its reader to what became of the copy, and each step of
    it ends in a lane and comes back as a method.
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
        self._desk, self._printers, self._moments = desk, printers, moments
        self._lane, self._paper = lane, paper
        self._size = size
        self._prepared: PreparedPrint | None = None
        self._making = _Making()
        self._copy = ""
        self._cancelled = False
        self._announcer = Announcer(self)
        self._whole = QVBoxLayout()
        self._whole.setSpacing(NORMAL)
        self.content.addLayout(self._whole)
        self._moved, self._laid_out = _Moved(self), _Moved(self)
        for moved, show in (
            (self._moved, self._show_moved),
            (self._laid_out, self._show_laid_out),
        ):
            moved.pages.connect(show, Qt.ConnectionType.QueuedConnection)
        self.returned.connect(self.load)

    def load(self) -> None:
        """Ask what may be printed now; also after the safety check was looked at."""
        self._lane.submit(self._desk.offer, self._show_offer, self._failed)

    def leave(self) -> None:
        """A job that is under way stops at the next page."""
        self._cancelled, self._making.is_wanted = True, False

    # What may be printed -----------------------------------------------------------------

    def _show_offer(self, offer: PrintOffer) -> None:
        emptied(self._whole)
        self._prepared, self._making = None, _Making()
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
        self._size, self._prepared = size, None
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
        moved = self._laid_out
        self._paper.submit(
            lambda: image_of(self._desk.first_page(gathered, _PICTURE_WIDTH)),
            partial(self._show_first, making),
            partial(self._not_made, making),
        )
        self._paper.submit(
            lambda: self._desk.typeset(gathered, moved.pages.emit, lambda: not making.is_wanted),
            partial(self._show_prepared, making),
            partial(self._not_made, making),
        )

    def _show_first(self, making: _Making, image: QImage) -> None:
        if making is self._making and making.is_wanted:
            self._pages.show_first(image)

    def _show_laid_out(self, pages: int) -> None:
        words = self._making.words
        if words is not None and self._prepared is None and isValid(words):
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
        self._prepared = prepared
        ready = counted(prepared.pages, "{n} page is ready.", "{n} pages are ready.")
        if prepared.draft:
            words = tr("Each page is marked as a draft until it is finished.")
            self._say(Notice(Kind.INFO, words, title=ready))
        else:
            self._say(Body(ready))
        self._announcer.say(ready)
        self._show_buttons()
        self._pages.show_pages(prepared)

    def _show_buttons(self) -> None:
        sentences = self._prepared.check if self._prepared is not None else ()
        panel = CheckPanel(sentences, is_checked=self._making.is_checked)
        panel.checked.connect(self._making.note_checked)
        panel.print_asked.connect(self._choose_printer)
        panel.save_asked.connect(self._choose_place)
        panel.owe_asked.connect(self._ask_owed)
        put(panel, self._panel)

    # Printing ----------------------------------------------------------------------------

    def _choose_printer(self) -> None:
        self._printer_panel = PrinterPanel()
        self._printer_panel.print_asked.connect(self._request)
        self._printer_panel.look_again_asked.connect(self._look_for_printers)
        self._printer_panel.cancel_asked.connect(self.leave)
        self._printer_panel.put_away.connect(self._show_buttons)
        self._show_panel(self._printer_panel)
        self._look_for_printers()

    def _look_for_printers(self) -> None:
        self._printer_panel.show_looking()
        self._paper.submit(self._printers.names, self._show_printers, self._failed)

    def _show_printers(self, names: tuple[str, ...]) -> None:
        if self._prepared is not None:
            self._printer_panel.show_printers(names, self._prepared.pages)
            self._reveal(self._printer_panel)

    def _request(self, printer: str) -> None:
        prepared = self._prepared
        if prepared is None:
            return
        self.choosing.setEnabled(False)
        self._cancelled = False
        self._printer_panel.show_printing()
        self._lane.submit(
            lambda: self._desk.requested(prepared, printer),
            partial(self._start, prepared, printer),
            self._failed,
        )

    def _start(self, prepared: PreparedPrint, printer: str, copy: str) -> None:
        self._copy = copy
        self._paper.submit(
            lambda: self._printers.print(
                prepared, printer, self._moved.pages.emit, lambda: self._cancelled
            ),
            self._printed,
            self._print_failed,
        )

    def _show_moved(self, pages: int) -> None:
        self._printer_panel.show_done(pages)

    def _printed(self, _: None) -> None:
        self._say(Body(tr("The pages have gone to the printer. Look at what came out.")))
        self._ask_fate()

    def _print_failed(self, error: Exception) -> None:
        self._say(trouble_notice(trouble_of(error)))
        self._announcer.say(trouble_of(error).title, urgent=True)
        self._ask_fate()

    def _ask_fate(self) -> None:
        if not self._copy:  # a blank form: it tells nobody anything
            self.choosing.setEnabled(True)
            self._show_buttons()
            return
        panel = FatePanel(self.choosing.recipient_name)
        panel.told.connect(self._record_fate)
        self._show_panel(panel)

    def _record_fate(self, fate: CopyFate, told: CopyTold) -> None:
        copy = self._copy
        self._lane.submit(
            lambda: self._desk.became(copy, fate, told),
            partial(self._fate_recorded, fate),
            self._failed,
        )

    def _fate_recorded(self, fate: CopyFate, _: None) -> None:
        self.choosing.setEnabled(True)
        words = {
            CopyFate.GIVEN: tr("Recorded: the copy was given."),
            CopyFate.DESTROYED: tr("Recorded: the copy was destroyed."),
            CopyFate.LEFT_IN_PRINTER: tr(
                "Recorded: the copy was left in the printer. Go back for it if you can."
            ),
            CopyFate.NOTHING_CAME: tr("Recorded: nothing came out. Nothing counts as given."),
        }[fate]
        self._say(Notice(Kind.DONE, words))
        self._announcer.say(words)
        self._show_buttons()

    # Copies that are owed ----------------------------------------------------------------

    def _ask_owed(self) -> None:
        panel = OwePanel(self.choosing.recipient_name, self._moments.today() + _SOON)
        panel.owed.connect(self._owe)
        panel.put_away.connect(self._show_buttons)
        self._show_panel(panel)
        panel.first.setFocus()

    def _owe(self, reaches: str, due: date) -> None:
        recipient, size = self.choosing.recipients.key, self.choosing.size_key
        manner = self.choosing.manner_key
        self._lane.submit(
            lambda: self._desk.owe(recipient, size, manner, reaches, due),
            self._owed,
            self._failed,
        )

    def _owed(self, _: None) -> None:
        words = tr("Written down: this copy is owed. It stands among the copies owed.")
        self._say(Notice(Kind.DONE, words))
        self._announcer.say(words)
        self._show_buttons()

    # Saving a copy -----------------------------------------------------------------------

    def _choose_place(self) -> None:
        prepared = self._prepared
        if prepared is None:
            return
        panel = SavePanel(prepared)
        panel.put_away.connect(self._show_buttons)
        panel.save_asked.connect(self._save)
        self._show_panel(panel)
        panel.field.setFocus()

    def _save(self, path: str) -> None:
        prepared = self._prepared
        if prepared is None:
            return
        self._lane.submit(
            lambda: self._desk.save_copy(prepared, path), partial(self._saved, path), self._failed
        )

    def _saved(self, path: str, _: None) -> None:
        words = tr("Saved at {path}. It is not locked.", path=breakable(path))
        self._say(Notice(Kind.DONE, words))
        self._announcer.say(words)
        self._show_buttons()

    # Inside ------------------------------------------------------------------------------

    def _say(self, widget: QWidget) -> None:
        emptied(self._said)
        self._said.addWidget(widget)

    def _show_panel(self, panel: QWidget) -> None:
        put(panel, self._panel)
        self._reveal(panel)

    def _reveal(self, panel: QWidget) -> None:
        """Scroll to the whole panel, once it has been laid out."""
        QTimer.singleShot(0, panel, lambda: self.scroller.show_whole(panel))

    def _failed(self, error: Exception) -> None:
        trouble = trouble_of(error)
        if self._whole.count() == 0:
            self._whole.addWidget(trouble_notice(trouble))
        else:
            self.choosing.setEnabled(True)
            self._say(trouble_notice(trouble))
            if self._prepared is not None:
                self._show_buttons()
        self._announcer.say(f"{trouble.title}. {trouble.message}", urgent=True)
