"""The program: the one place where its parts are put together.

Started by ``desktop.__main__``, which starts it anew after a lock.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from types import TracebackType

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QApplication

from desktop.__main__ import LOCKED
from desktop.services.clock import Clock, system_clock
from desktop.services.filling import Filling
from desktop.services.opened_record import OpenedRecord
from desktop.services.unlocking import Services, open_services
from desktop.services.views import Contact, Trouble
from desktop.ui.idle import IdlePolicy, IdleWatch
from desktop.ui.lanes import AnyLane, Lane
from desktop.ui.look.appearance import apply_look
from desktop.ui.look.palettes import Theme
from desktop.ui.moments import Moments
from desktop.ui.pages.check_answers import CheckAnswersPage
from desktop.ui.pages.families import FamiliesPage
from desktop.ui.pages.family import FamilyPage
from desktop.ui.pages.form import FormPage
from desktop.ui.pages.plan import PlanPage
from desktop.ui.pages.print_preview import PrintPage
from desktop.ui.pages.problem import ProblemPage
from desktop.ui.pages.sync import SyncPage
from desktop.ui.pages.trouble import trouble_of
from desktop.ui.pages.unlock import UnlockPage
from desktop.ui.pages.urgent import UrgentPage
from desktop.ui.presenters.families import FamiliesPresenter
from desktop.ui.presenters.family import FamilyPresenter, FamilyWays, PlanPresenter
from desktop.ui.presenters.form import Sitting
from desktop.ui.presenters.problems import write_report
from desktop.ui.presenters.syncing import SyncPresenter
from desktop.ui.presenters.unlocking import UnlockPresenter
from desktop.ui.printers import QtPrinters
from desktop.ui.script_setting import QtScriptSetter
from desktop.ui.session import session_of_this_machine
from desktop.ui.window import Window
from desktop.ui.words import tr
from desktop.vault import seconds_to_wait
from desktop.vault.process import harden_process

LOCKING_TAKES_AT_MOST = 0.9
"""Seconds. A printer or a lane that hangs does not keep what it knows in memory for longer."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the program was started. ``demo_passphrase`` is shown on the unlock page of a demo."""

    folder: Path
    demo_passphrase: str = ""
    after_crash: bool = False
    theme: Theme = Theme.SYSTEM
    text_scale: float = 1.0


class Program(QObject):
    """The running program: one window, three lanes, and the way from page to page."""

    def __init__(self, app: QApplication, options: Options, clock: Clock) -> None:
        super().__init__(app)
        self._app, self._options, self._clock = app, options, clock
        self._vault_lane: AnyLane = Lane("vault", self)
        self._network_lane: AnyLane = Lane("network", self)
        self._paper_lane: AnyLane = Lane("paper", self)
        self._moments = Moments(clock)
        self._services: Services | None = None
        self._ways = FamilyWays(self.open_record, self.open_plan, self.print_plan)
        self._idle = IdleWatch(IdlePolicy(), time.monotonic, clock.now, self)
        self._session = session_of_this_machine(self)
        self.window = Window(self._save_before_close)
        self.window.lock_asked.connect(self.lock)
        self.window.help_asked.connect(self._show_urgent)
        self.window.not_saved.connect(self._not_saved)
        self.window.closed.connect(app.quit)
        app.aboutToQuit.connect(self.end)
        self._ended = False

    # --- from page to page -------------------------------------------------------------------

    def start(self) -> None:
        """Show the unlock page."""
        page = UnlockPage("", self._options.demo_passphrase)
        folder, clock = self._options.folder, self._clock

        def unlock(passphrase: bytearray) -> Services:
            return open_services(folder, passphrase, clock, QtScriptSetter())

        UnlockPresenter(
            page, self._vault_lane, unlock, self._unlocked, lambda: seconds_to_wait(folder)
        )
        self.window.allow_lock(False)
        self.window.start(page)
        self.window.resize(1100, 780)
        self.window.show()
        if self._options.after_crash:
            page.refused(
                Trouble(
                    tr("The program stopped unexpectedly"),
                    tr("Everything that was shown as saved is here. Unlock to go on."),
                )
            )

    def open_family(self, family: str) -> None:
        """Show one family."""
        services = self._open_services()
        page = FamilyPage(self._moments)
        FamilyPresenter(
            page, self._vault_lane, services.families, services.records, family, self._ways
        )
        self.window.open(page)

    def open_record(self, record: str, path: str) -> None:
        """Show a record to be filled, at the question of ``path`` if one is named."""
        records = self._open_services().records
        self._vault_lane.submit(
            lambda: records.open(record), lambda opened: self._show_form(opened, path), self.say
        )

    def open_plan(self, family: str) -> None:
        """Show a family's plan."""
        page = PlanPage(self._moments)
        PlanPresenter(page, self._vault_lane, self._open_services().families, family, self._ways)
        self.window.open(page)

    def print_plan(self, family: str, size: str) -> None:
        """Show what of the plan would be printed, for whom."""
        page = PrintPage(
            self._open_services().paper.plan_desk(family),
            QtPrinters(),
            self._vault_lane,
            self._paper_lane,
            self._moments,
            size,
        )
        page.record_chosen.connect(lambda record: self.open_record(record, ""))
        page.load()
        self.window.open(page)

    def open_sync(self) -> None:
        """Show the sync page."""
        page = SyncPage(self._moments)
        SyncPresenter(
            page,
            self._vault_lane,
            self._network_lane,
            self._open_services().syncing,
            self.open_family,
        )
        self.window.open(page)

    # --- trouble -----------------------------------------------------------------------------

    def say(self, error: Exception) -> None:
        """Show an error that has words of its own; anything else is a problem of the program."""
        if not hasattr(error, "title"):
            raise error
        self._show_problem(trouble_of(error), "")

    def unexpected(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """What nobody expected: write where it was, show the calm page, carry on."""
        if issubclass(kind, KeyboardInterrupt):
            self._app.quit()
            return
        del error
        report = write_report(self._options.folder / "reports", self._clock.now(), kind, trace)
        self._show_problem(None, str(report or ""))

    # --- inside ------------------------------------------------------------------------------

    def _unlocked(self, services: Services) -> None:
        self._services = services
        self.window.allow_lock(True)
        self._watch()
        page = FamiliesPage(self._moments)
        FamiliesPresenter(
            page, self._vault_lane, services.families, services.syncing, self.open_family
        )
        page.sync_asked.connect(self.open_sync)
        self.window.start(page)

    def _watch(self) -> None:
        """From now on there is something to lock."""
        self._idle.idle_too_long.connect(self.window.lock)
        self._app.installEventFilter(self._idle)
        self._idle.watch()
        self._session.went_away.connect(self.window.lock)
        self._session.listen()

    def _open_services(self) -> Services:
        if self._services is None:
            raise RuntimeError("nothing is unlocked")
        return self._services

    def _show_form(self, opened: OpenedRecord, path: str) -> None:
        services = self._open_services()
        filling = Filling(opened, self._clock)
        sitting = Sitting(filling, services.records, self._vault_lane)
        page = FormPage(filling, sitting.saving, sitting.around, self._moments)
        sitting.setParent(page)
        page.place_changed.connect(sitting.remember_place)
        page.check_asked.connect(lambda: self._show_check(page, sitting))
        page.finished.amend_asked.connect(lambda reason: self._amend(opened, reason))
        self.window.open(page)
        if path:
            page.jump_to(path)

    def _amend(self, opened: OpenedRecord, reason: str) -> None:
        records = self._open_services().records

        def again(_: None) -> None:
            self.window.back()
            self.open_record(opened.record, "")

        self._vault_lane.submit(lambda: records.amend(opened, reason), again, self.say)

    def _show_check(self, form: FormPage, sitting: Sitting) -> None:
        page = CheckAnswersPage(sitting.filling, sitting.around.fetch)

        def change(path: str) -> None:
            self.window.back()
            form.jump_to(path, missing=True)

        def finished(_: None) -> None:
            self.window.back()
            self.window.back()

        page.change_asked.connect(change)
        page.later.clicked.connect(self.window.back)
        page.finish_asked.connect(lambda because: sitting.finish(because, finished))
        self.window.open(page)

    def _show_urgent(self) -> None:
        if isinstance(self.window.page, UrgentPage):
            return
        contacts = self._services.packs.newest.contacts if self._services else ()
        lines = [Contact(c.name, c.number, c.when, c.urgent) for c in contacts]
        self.window.open(UrgentPage(lines))

    def _show_problem(self, trouble: Trouble | None, report: str, *, unsaved: bool = False) -> None:
        page = ProblemPage(trouble, report, unsaved=unsaved)
        page.go_on_asked.connect(self.window.back)
        page.try_again_asked.connect(self.window.close)
        page.close_asked.connect(self._app.quit)
        self.window.open(page)

    def _not_saved(self, error: Exception) -> None:
        self._show_problem(trouble_of(error), "", unsaved=True)

    # --- ending ------------------------------------------------------------------------------

    def lock(self) -> None:
        """Seal and end this process within a second; the parent shows the unlock page again."""
        deadline = Timer(LOCKING_TAKES_AT_MOST, os._exit, (LOCKED,))
        deadline.daemon = True
        deadline.start()
        if self.window.page is not None:
            self.window.page.leave()
        self._app.exit(LOCKED)

    def _save_before_close(self) -> None:
        """Everything is in the vault lane's queue already: closing waits for it."""

    def end(self) -> None:
        """Seal what is open, close the vault, stop the lanes. Nothing runs afterwards."""
        if self._ended:
            return
        self._ended = True
        services = self._services
        if services is not None:
            self._vault_lane.submit(services.vault.seal_all)
            self._vault_lane.submit(services.vault.close)
        for lane in (self._paper_lane, self._network_lane, self._vault_lane):
            lane.close()
        self.window.deleteLater()


def make_program(app: QApplication, options: Options, clock: Clock) -> Program:
    """The program, put together and not yet shown."""
    app.setApplicationName("Your Family")
    apply_look(app, options.theme, options.text_scale)
    return Program(app, options, clock)


def read_options(arguments: Sequence[str]) -> Options:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="your-family", description=__doc__)
    parser.add_argument("--folder", type=Path, help="where this laptop's vault is")
    parser.add_argument("--demo-passphrase", default="", help="shown on the unlock page")
    parser.add_argument("--after-crash", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--theme", choices=[t.value for t in Theme], default=Theme.SYSTEM.value)
    parser.add_argument("--text-scale", type=float, default=1.0, help="1 to 4")
    given = parser.parse_args(arguments)
    return Options(
        given.folder or _usual_folder(),
        given.demo_passphrase,
        given.after_crash,
        Theme(given.theme),
        given.text_scale,
    )


def _usual_folder() -> Path:
    """Never a roaming profile or a synced folder: there an encrypted store is spoilt."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(place) / "your-family"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; `LOCKED` if it is to be shown again, locked."""
    harden_process()
    options = read_options(sys.argv[1:] if arguments is None else arguments)
    app = QApplication(sys.argv[:1])
    program = make_program(app, options, system_clock())
    sys.excepthook = program.unexpected
    program.start()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
