"""Pages that are ready: how the copy leaves the program, and what became of it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.services.print_views import CopyFate, CopyTold, PreparedPrint, PrintDesk
from desktop.ui.lanes import AnyLane
from desktop.ui.look.announcer import Announcer
from desktop.ui.look.labels import Body
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.moments import Moments
from desktop.ui.pages.print_fates import FatePanel, OwePanel, SavePanel
from desktop.ui.pages.print_panels import CheckPanel, PrinterPanel
from desktop.ui.pages.trouble import trouble_notice, trouble_of
from desktop.ui.printers import Printers
from desktop.ui.words import breakable, tr

_SOON = timedelta(days=5)  # as councils send a plan to parents (domain.md 8.1)


class LeavingCopy(QObject):
    """One copy on its way out: checked, printed, saved or owed, and the worker's word of it.

    ``said`` is what has happened, ``shown`` the panel of the next step, and whether it is to be
    scrolled to. While it is ``busy`` nobody else may be chosen. ``failed`` carries the error.
    """

    said = Signal(QWidget)
    shown = Signal(QWidget, bool)
    busy = Signal(bool)
    failed = Signal(object)

    def __init__(
        self,
        desk: PrintDesk,
        printers: Printers,
        lane: AnyLane,
        paper: AnyLane,
        moments: Moments,
        announcer: Announcer,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._printers, self._moments = desk, printers, moments
        self._lane, self._paper, self._announcer = lane, paper, announcer
        self._prepared: PreparedPrint | None = None
        self._recipient = ""
        self._is_checked = False
        self._copy = ""
        self._cancelled = False

    def begin(self, prepared: PreparedPrint, recipient: str) -> None:
        """These pages are ready, for somebody of this name."""
        self._prepared, self._recipient, self._is_checked = prepared, recipient, False
        self.show_ways()

    def forget(self) -> None:
        """Other pages are wanted."""
        self._prepared = None

    def stop(self) -> None:
        """A job that is under way stops at the next page."""
        self._cancelled = True

    def show_ways(self) -> None:
        """What can be done with the pages, if they are ready."""
        if self._prepared is None:
            return
        panel = CheckPanel(self._prepared.check, is_checked=self._is_checked)
        panel.checked.connect(self._note_checked)
        panel.print_asked.connect(self._choose_printer)
        panel.save_asked.connect(self._choose_place)
        panel.owe_asked.connect(self._ask_owed)
        self.shown.emit(panel, False)

    def _note_checked(self, checked: bool) -> None:
        self._is_checked = checked

    # Printing ----------------------------------------------------------------------------

    def _choose_printer(self) -> None:
        self._printer_panel = PrinterPanel()
        self._printer_panel.print_asked.connect(self._request)
        self._printer_panel.look_again_asked.connect(self._look_for_printers)
        self._printer_panel.cancel_asked.connect(self.stop)
        self._printer_panel.put_away.connect(self.show_ways)
        self.shown.emit(self._printer_panel, True)
        self._look_for_printers()

    def _look_for_printers(self) -> None:
        self._printer_panel.show_looking()
        self._paper.submit(self._printers.names, self._show_printers, self._not_done)

    def _show_printers(self, names: tuple[str, ...]) -> None:
        if self._prepared is not None:
            self._printer_panel.show_printers(names, self._prepared.pages)
            self.shown.emit(self._printer_panel, True)

    def _request(self, printer: str) -> None:
        prepared = self._prepared
        if prepared is None:
            return
        self.busy.emit(True)
        self._cancelled = False
        self._printer_panel.show_printing()
        self._lane.submit(
            lambda: self._desk.requested(prepared, printer),
            partial(self._start, prepared, printer),
            self._not_done,
        )

    def _start(self, prepared: PreparedPrint, printer: str, copy: str) -> None:
        self._copy = copy
        moved = partial(self._paper.tell, self._show_moved)
        self._paper.submit(
            lambda: self._printers.print(prepared, printer, moved, lambda: self._cancelled),
            self._printed,
            self._print_failed,
        )

    def _show_moved(self, pages: int) -> None:
        self._printer_panel.show_done(pages)

    def _printed(self, _: None) -> None:
        self.said.emit(Body(tr("The pages have gone to the printer. Look at what came out.")))
        self._ask_fate()

    def _print_failed(self, error: Exception) -> None:
        self.said.emit(trouble_notice(trouble_of(error)))
        self._announcer.say(trouble_of(error).title, urgent=True)
        self._ask_fate()

    def _ask_fate(self) -> None:
        if not self._copy:  # a blank form: it tells nobody anything
            self.busy.emit(False)
            self.show_ways()
            return
        panel = FatePanel(self._recipient)
        panel.told.connect(self._record_fate)
        self.shown.emit(panel, True)

    def _not_done(self, error: Exception) -> None:
        self.failed.emit(error)

    def _record_fate(self, fate: CopyFate, told: CopyTold) -> None:
        copy = self._copy
        self._lane.submit(
            lambda: self._desk.became(copy, fate, told),
            partial(self._fate_recorded, fate),
            self._not_done,
        )

    def _fate_recorded(self, fate: CopyFate, _: None) -> None:
        self.busy.emit(False)
        words = {
            CopyFate.GIVEN: tr("Recorded: the copy was given."),
            CopyFate.DESTROYED: tr("Recorded: the copy was destroyed."),
            CopyFate.LEFT_IN_PRINTER: tr(
                "Recorded: the copy was left in the printer. Go back for it if you can."
            ),
            CopyFate.NOTHING_CAME: tr("Recorded: nothing came out. Nothing counts as given."),
        }[fate]
        self.said.emit(Notice(Kind.DONE, words))
        self._announcer.say(words)
        self.show_ways()

    # Copies that are owed ----------------------------------------------------------------

    def _ask_owed(self) -> None:
        panel = OwePanel(self._recipient, self._moments.today() + _SOON)
        panel.owed.connect(self._owe)
        panel.put_away.connect(self.show_ways)
        self.shown.emit(panel, True)
        panel.first.setFocus()

    def _owe(self, reaches: str, due: date) -> None:
        made = self._prepared
        if made is None:
            return
        self._lane.submit(
            lambda: self._desk.owe(made.recipient, made.size, made.manner, reaches, due),
            self._owed,
            self._not_done,
        )

    def _owed(self, _: None) -> None:
        words = tr("Written down: this copy is owed. It stands among the copies owed.")
        self.said.emit(Notice(Kind.DONE, words))
        self._announcer.say(words)
        self.show_ways()

    # Saving a copy -----------------------------------------------------------------------

    def _choose_place(self) -> None:
        prepared = self._prepared
        if prepared is None:
            return
        panel = SavePanel(prepared)
        panel.put_away.connect(self.show_ways)
        panel.save_asked.connect(self._save)
        self.shown.emit(panel, True)
        panel.field.setFocus()

    def _save(self, path: str) -> None:
        prepared = self._prepared
        if prepared is None:
            return
        self._lane.submit(
            lambda: self._desk.save_copy(prepared, path),
            partial(self._saved, path),
            self._not_done,
        )

    def _saved(self, path: str, _: None) -> None:
        words = tr("Saved at {path}. It is not locked.", path=breakable(path))
        self.said.emit(Notice(Kind.DONE, words))
        self._announcer.say(words)
        self.show_ways()
