"""The program with somebody typing without end: ``python -m tests.desktop.ui.killed.child FOLDER``.

Its lines are the key log: ``key SECONDS LETTER`` before each key, and ``saved LENGTH`` whenever the
page says that all is saved. Seconds are of the machine's running time, which the parent reads too.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.pages.form import FormPage
from desktop.ui.saving import SaveState
from tests.desktop.ui.laptop import open_program, unlock, wait_for

FORM, PATH = "visit_note", "/visit_note/what/facts"
LETTERS = "abcdefghijklmnopqrstuvwxyz     "
A_KEY_MS = 40


def say(*words: object) -> None:
    """A line of the log, out of this process before it goes on."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def main(folder: str, seed: int) -> None:
    """Type until somebody kills this process."""
    app, chance = QApplication([]), random.Random(seed)
    program = open_program(app, Path(folder))
    unlock(app, program)
    unlocked = program.unlocked
    assert unlocked is not None
    services = unlocked.services
    record = services.records.begin(services.families.begin(), FORM)
    unlocked.open_record(record, PATH)
    wait_for(app, lambda: isinstance(program.window.page, FormPage) and not program.vault_lane.busy)
    page = program.window.page
    assert isinstance(page, FormPage)
    wait_for(app, lambda: page.section.built_block(PATH) is not None)
    block = page.block(PATH)
    assert block is not None
    writing = block.field.controls()[0]
    writing.setFocus()
    typed = 0

    def told() -> None:
        if page.saving.state is SaveState.SAVED:
            say("saved", typed)

    def press() -> None:
        nonlocal typed
        letter = chance.choice(LETTERS)
        typed += 1
        say("key", time.monotonic(), repr(letter))
        QTest.keyClicks(writing, letter)

    page.saving.changed.connect(told)
    say("record", record)
    keys = QTimer()
    keys.timeout.connect(press)
    keys.start(A_KEY_MS)
    app.exec()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
