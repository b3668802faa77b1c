"""What `tests.budgets.start` starts: says when its window was painted, or what memory it takes."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class FirstPaint(QObject):
    """Says the moment (of the machine's running time) at which a window was first painted."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app, self._is_seen = app, False
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait until what is asked to be painted has been, then end."""
        is_painted = event.type() is QEvent.Type.Paint and isinstance(watched, QWidget)
        if is_painted and not self._is_seen:
            self._is_seen = True
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        sys.stdout.write(f"painted {time.monotonic()} {time.process_time()}\n")
        sys.stdout.flush()
        self._app.exit(0)


def bare() -> None:
    """The least that PySide6 can show."""
    app = QApplication([])
    window = QWidget()
    window.resize(1100, 780)
    FirstPaint(app)
    window.show()
    app.exec()


def program(folder: str) -> None:
    """The real program in front of its unlock page, as its own ``main`` makes it."""
    import desktop.app
    from desktop.process import harden_process
    from desktop.services.clock import system_clock

    harden_process()
    options = desktop.app.read_options(["--folder", folder])
    app = QApplication([])
    made = desktop.app.make_program(app, options, system_clock())
    FirstPaint(app)
    made.start()
    app.exec()
    made.end()


def family(folder: str) -> None:
    """A family and one of its forms open, as after an hour's work."""
    from desktop.ui.pages.family import FamilyPage
    from desktop.ui.pages.form import FormPage
    from tests.desktop.ui.laptop import open_program, unlock, wait_for

    app = QApplication([])
    made = open_program(app, Path(folder))
    unlock(app, made)
    unlocked = made.unlocked
    assert unlocked is not None
    services = unlocked.services
    of = services.families.begin()
    record = services.records.begin(of, "assessment")
    unlocked.open_family(of)
    wait_for(app, lambda: isinstance(made.window.page, FamilyPage) and not made.vault_lane.busy)
    unlocked.open_record(record, "")
    wait_for(app, lambda: isinstance(made.window.page, FormPage) and not made.vault_lane.busy)
    for _ in range(200):
        app.processEvents()
    sys.stdout.write(f"megabytes {_resident_megabytes()} 0\n")
    sys.stdout.flush()
    made.end()


def _resident_megabytes() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise OSError("this machine does not say what memory is taken")


def main(what: str, *given: str) -> None:
    """Start what was asked for."""
    if what == "bare":
        bare()
    elif what == "program":
        program(*given)
    else:
        family(*given)


if __name__ == "__main__":
    main(*sys.argv[1:])
