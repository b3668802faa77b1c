"""The program's memory, in MB, with a family open: ``program_memory FOLDER FAMILY``."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.app import make_program
from desktop.options import Options
from desktop.services.clock import system_clock
from desktop.ui.pages.family import FamilyPage
from tests.desktop.vault.making import PASSPHRASE

PATIENCE = 120


def main(folder: Path, family: str) -> None:
    app = QApplication([])
    program = make_program(app, Options(folder), system_clock())
    program.start()

    def wait(is_so: object) -> None:
        until = time.monotonic() + PATIENCE
        while not is_so() and time.monotonic() < until:  # type: ignore[operator]
            app.processEvents()

    program.window.page.unlock_asked.emit(bytearray(PASSPHRASE))  # type: ignore[union-attr]
    wait(lambda: program.unlocked is not None and not program.vault_lane.busy)
    assert program.unlocked is not None
    program.unlocked.open_family(family)
    wait(lambda: isinstance(program.window.page, FamilyPage) and not program.vault_lane.busy)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    sys.stdout.write(f"{pages * os.sysconf('SC_PAGE_SIZE') / 1024**2:.1f}\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
