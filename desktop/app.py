"""The program: its window and lanes, trouble, and its end.

`desktop.locked` is what comes before unlocking, `desktop.unlocked` what comes after. Started by
``desktop.__main__``, which starts it anew after a lock. Only what the unlock page needs is imported
at first.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop.exit_codes import LOCKED
from desktop.last_moment import LastMoment
from desktop.locked import AFTER_THE_FIRST_PAINT_MS, Locked
from desktop.options import Options, read_options
from desktop.services.clock import Clock, system_clock
from desktop.ui.clipboard import Clipboard
from desktop.ui.cycles import Cycles
from desktop.ui.idle import IdlePolicy, IdleWatch
from desktop.ui.lanes import AnyLane, Lane
from desktop.ui.look.appearance import apply_look, make_application
from desktop.ui.look.chosen import Look, keep_look, read_look
from desktop.ui.look.palettes import Theme
from desktop.ui.window import Window

if TYPE_CHECKING:
    from desktop.services.unlocking import Services
    from desktop.ui.session import SessionSignals
    from desktop.unlocked import Unlocked

LAST_WORDS_TAKE_AT_MOST = 10.0
"""Seconds that the vault has to write them, behind a blank page, when the program ends."""

LOCKING_TAKES_AT_MOST = 0.7
"""Seconds, if no words wait for the vault: pages that are still being made are dropped."""

OTHER_LANES_TAKE_AT_MOST = 0.6
"""Seconds afterwards. A printer or a network that hangs does not keep what it knows for longer."""


class Program(QObject):
    """The running program: one window, three lanes, what goes wrong in it, and its end."""

    def __init__(self, app: QApplication, options: Options, clock: Clock) -> None:
        super().__init__(app)
        self._app, self._options, self._clock = app, options, clock
        self.vault_lane: AnyLane = Lane("vault", self)
        self.network_lane: AnyLane = Lane("network", self)
        self.paper_lane: AnyLane = Lane("paper", self)
        self.unlocked: Unlocked | None = None
        self._idle = IdleWatch(IdlePolicy(), time.monotonic, clock.now, self)
        self._cycles = Cycles(lambda: self._idle.still_for, self)
        self._session: SessionSignals | None = None
        self._clipboard = Clipboard(self)
        self._ended = False
        self._ends_with: int | None = None
        self._last_moment = LastMoment()
        self.window = Window(self._save_before_close)
        self._locked = Locked(self, options, clock, self._opened)
        self.window.lock_asked.connect(self.lock)
        self.window.help_asked.connect(self._show_urgent)
        self.window.look_asked.connect(self._show_look)
        self.window.hidden_from_view.connect(self.forget_copies)
        self.window.not_saved.connect(self._not_saved)
        self.window.closed.connect(app.quit)
        app.aboutToQuit.connect(self.end)

    def start(self) -> None:
        """Show the first page; what comes after unlocking is fetched while it is there."""
        self.window.allow_lock(False)
        self._locked.show()
        self.window.resize(1100, 780)
        self.window.show()

    # --- trouble -----------------------------------------------------------------------------

    def say(self, error: Exception) -> None:
        """Show an error that has words of its own; anything else is a problem of the program."""
        if not hasattr(error, "title"):
            raise error
        self._show_problem(error)

    def unexpected(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """What nobody expected: write where it was, show the calm page, carry on."""
        from desktop.ui.presenters.problems import write_report

        del error
        report = write_report(self._options.folder / "reports", self._clock.now(), kind, trace)
        self._show_problem(None, report=str(report or ""))

    # --- ending ------------------------------------------------------------------------------

    def lock(self) -> None:
        """Seal and end this process; the parent shows the unlock page again.

        Takes less than a second, whatever printer or network do, unless words wait for a vault that
        is busy.
        """
        self._end_with(LOCKED)

    def stop(self) -> None:
        """As `lock`, but for good: the system or Ctrl+C ends the program, and asks nobody."""
        self._end_with(0)

    def end(self) -> None:
        """Seal what is open, close the vault, stop the lanes. Nothing runs afterwards."""
        if self._ended:
            return
        self._ended = True
        self._locked.end()
        self._idle.stop()
        self._clipboard.clear()
        if self.unlocked is not None:
            self.unlocked.automatic.stop()
            self.unlocked.kept_readable.stop()
            vault, records = self.unlocked.services.vault, self.unlocked.services.records
            if not vault.is_gone:
                self.unlocked.save_all()
                self.vault_lane.submit(lambda: records.with_all_room(vault.seal_all))
                self.vault_lane.submit(vault.keep_sealed)
                self.vault_lane.submit(vault.close)
        self.vault_lane.close()
        if self._ends_with is not None:
            self._last_moment.comes_within(OTHER_LANES_TAKE_AT_MOST, self._ends_with)
        for lane in (self.paper_lane, self.network_lane):
            lane.close()
        self._cycles.end()
        self.window.deleteLater()

    def say_unsaved(self, error: Exception, try_again: Callable[[], None]) -> None:
        """Say that the last words are not saved, and why."""
        self._show_problem(error, try_again)

    # --- inside ------------------------------------------------------------------------------

    def _end_with(self, code: int) -> None:
        self._begin_to_end(code)
        if self.unlocked is not None:
            self.unlocked.save_all()
        if self.window.page is not None:
            self.window.page.leave()
        if self.unlocked is not None and code == LOCKED:
            self.unlocked.leave()
        if self.unlocked is None or self.unlocked.unsaved() is None:
            self._last_moment.comes_within(LOCKING_TAKES_AT_MOST, code)
        self._app.exit(code)

    def _begin_to_end(self, code: int) -> None:
        self._ends_with = code
        self._last_moment.comes_within(LAST_WORDS_TAKE_AT_MOST, code)

    def _opened(self, services: Services) -> None:
        from desktop.ui.session import session_of_this_machine
        from desktop.unlocked import Unlocked

        self.window.allow_lock(True)
        self._idle.warned.connect(self.window.warn_of_lock)
        self._idle.touched.connect(self.window.stop_warning)
        self._idle.idle_too_long.connect(self.window.lock)
        self._idle.watch()
        self._session = session_of_this_machine(self)
        self._session.went_away.connect(self.window.lock)
        self._session.listen()
        self.unlocked = Unlocked(self, services, self._idle)
        self.unlocked.start()

    def forget_copies(self) -> None:
        """Empty the clipboard of what was copied in the program."""
        self._clipboard.forget()

    def _show_look(self) -> None:
        from desktop.ui.pages.text_and_colours import TextAndColoursPage

        folder = self._options.folder

        def choose(look: Look) -> None:
            apply_look(self._app, look.theme, look.text_scale)
            keep_look(folder, look)

        if not isinstance(self.window.page, TextAndColoursPage):
            page = TextAndColoursPage(read_look(folder))
            page.chosen.connect(choose)
            self.window.open(page)

    def _show_urgent(self) -> None:
        from desktop.ui.pages.urgent import UrgentPage

        if not isinstance(self.window.page, UrgentPage):
            page = UrgentPage(self.unlocked.contacts() if self.unlocked else ())
            if self.unlocked:
                page.call_made.connect(self.unlocked.write_call)
            self.window.open(page)

    def _show_problem(
        self,
        error: Exception | None,
        try_again: Callable[[], None] | None = None,
        *,
        report: str = "",
    ) -> None:
        from desktop.ui.pages.problem import ProblemPage
        from desktop.ui.pages.trouble import trouble_of

        def once_more() -> None:
            self.window.back()
            if try_again is not None:
                try_again()

        trouble = None if error is None else trouble_of(error)
        page = ProblemPage(trouble, report, unsaved=try_again is not None)
        page.go_on_asked.connect(self.window.back)
        page.try_again_asked.connect(once_more)
        page.close_asked.connect(self._close_anyway)
        self.window.open(page)

    def _not_saved(self, error: Exception) -> None:
        self.say_unsaved(error, lambda: QTimer.singleShot(0, self.window.close))

    def _close_anyway(self) -> None:
        self._begin_to_end(0)
        self._app.quit()

    def _save_before_close(self) -> None:
        """Wait until the vault has everything; raises what keeps it out."""
        error = self._save_all() and self._save_all()  # what was on its way may have failed
        if error is not None:
            raise error
        self._begin_to_end(0)

    def _save_all(self) -> Exception | None:
        if self.unlocked is None:
            return None
        self.unlocked.save_all()
        self._wait_for_vault()
        return self.unlocked.unsaved()

    def _wait_for_vault(self) -> None:
        until = time.monotonic() + LAST_WORDS_TAKE_AT_MOST
        while self.vault_lane.busy and time.monotonic() < until:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 20)


def make_program(app: QApplication, options: Options, clock: Clock) -> Program:
    """The program, put together and not yet shown."""
    app.setApplicationName("Your Family")
    chosen = read_look(options.folder)
    asked = options.theme is not Theme.SYSTEM or options.text_scale != 1.0
    look = Look(options.theme, options.text_scale) if asked else chosen
    apply_look(app, look.theme, look.text_scale)
    return Program(app, options, clock)


def run(app: QApplication) -> NoReturn:
    """Run until the program ends, and end the process there and then.

    What it holds goes with it: taking a large program apart piece by piece takes longer.
    """
    code = app.exec()
    sys.stdout.flush()
    os._exit(code)


def _hear_the_end(program: Program) -> None:
    """Until now there was nothing to keep: the system's own way of ending did."""
    from desktop.ui.ending_signals import EndingSignals

    EndingSignals(program.stop, program)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program; its exit code is `LOCKED` if it is to be shown again, locked."""
    from desktop.process import harden_process

    harden_process()
    options = read_options(sys.argv[1:] if arguments is None else arguments)
    app = make_application(sys.argv)
    program = make_program(app, options, system_clock())
    sys.excepthook = program.unexpected
    program.start()
    QTimer.singleShot(AFTER_THE_FIRST_PAINT_MS, program, lambda: _hear_the_end(program))
    run(app)


if __name__ == "__main__":
    main()
