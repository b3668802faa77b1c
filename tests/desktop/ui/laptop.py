"""A laptop for commands beside the test suite: a vault with the demo pack, and the real program."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.app import Program, make_program
from desktop.options import Options
from desktop.services.clock import system_clock
from desktop.ui.look.palettes import Theme
from desktop.ui.pages.unlock import UnlockPage
from desktop.vault.passphrase_cost import PassphraseCost
from tests.desktop.vault.making import PASSPHRASE, make_vault, open_vault

PATIENCE = 60.0


class Impatient(Exception):
    """Something that should have happened did not, in a minute."""


def make_laptop(folder: Path, cost: PassphraseCost | None = None) -> Path:
    """A vault that was enrolled, with the demo council's pack."""
    from tests.resources.shipped import pack_bytes  # its pyxform is not what a laptop takes

    made = make_vault(folder, cost)
    vault = open_vault(made)
    vault.keep_pack("2026.11.1", pack_bytes())
    vault.close()
    return made


def open_program(app: QApplication, folder: Path) -> Program:
    """The program in front of its unlock page."""
    program = make_program(app, Options(folder, theme=Theme.LIGHT), system_clock())
    program.start()
    return program


def wait_for(app: QApplication, what: Callable[[], bool]) -> None:
    """Let the program run until this is so. Raises Impatient."""
    until = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > until:
            raise Impatient
        app.processEvents()
        time.sleep(0.001)


def unlock(app: QApplication, program: Program) -> None:
    """Type the passphrase."""
    from PySide6.QtTest import QTest  # what measures the program's memory does without

    page = program.window.page
    assert isinstance(page, UnlockPage)
    QTest.keyClicks(page.field, PASSPHRASE.decode())
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    wait_for(app, lambda: program.unlocked is not None and not program.vault_lane.busy)
