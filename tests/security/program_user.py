"""A worker who uses the program, step by step, and then does as they are told (`open_program`)."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from desktop.app import Program, make_program, run
from desktop.options import Options
from desktop.process import harden_process
from desktop.services.clock import system_clock
from desktop.ui.pages.form import FormPage
from desktop.ui.pages.unlock import UnlockPage
from tests.desktop.vault.making import PASSPHRASE
from tests.security.open_program import say

HANGS = 60


class Driver:
    """Uses the program as a worker would, step by step, and then listens."""

    def __init__(self, program: Program, record: str) -> None:
        self._program, self._record = program, record
        self._steps = QTimer(program)
        self._steps.timeout.connect(self._go_on)
        self._steps.start(20)
        self._asked = self._opened = False
        self._input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, program)
        self._input.activated.connect(self._told)

    def _go_on(self) -> None:
        program, page = self._program, self._program.window.page
        if isinstance(page, UnlockPage) and not self._asked:
            self._asked = True
            page.unlock_asked.emit(bytearray(PASSPHRASE))
        elif program.unlocked is not None and not self._opened:
            self._opened = True
            program.unlocked.open_record(self._record, "")
        elif isinstance(page, FormPage) and not program.vault_lane.busy:
            words = page.filling.session.answers()["/plan/start/strengths"]
            fields = [w for w in page.findChildren(QPlainTextEdit) if w.toPlainText() == words]
            if fields:  # a page's questions come one after another
                self._mark_and_copy(fields[0])

    def _mark_and_copy(self, field: QPlainTextEdit) -> None:
        self._steps.stop()
        for key in (Qt.Key.Key_A, Qt.Key.Key_C):
            QTest.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
        say("ready")

    def _told(self) -> None:
        command = sys.stdin.readline().strip()
        if command == "hang":
            for lane in (self._program.paper_lane, self._program.network_lane):
                lane.submit(lambda: time.sleep(HANGS))
            say("hanging")
        elif command == "lock":
            self._program.window.lock()
        elif command == "sleep":
            session = self._program._session
            assert session is not None
            session.went_away.emit()


def use(folder: Path, record: str) -> None:
    """The process that holds the data."""
    harden_process()
    app = QApplication([])
    program = make_program(app, Options(folder), system_clock())
    program.start()
    driver = Driver(program, record)
    assert driver is not None  # it must live as long
    run(app)


if __name__ == "__main__":
    use(Path(sys.argv[1]), sys.argv[2])
