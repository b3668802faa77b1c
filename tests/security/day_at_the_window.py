"""A day at the real window, a marker wherever words go: ``... FOLDER lock|kill|every FIRST``.

Prints how many markers were typed, never one of them; they are counted on from ``FIRST``. ``lock``:
a whole visit, with a search, a copy, a print as far as the preview, an error in a slot, and Ctrl+L.
``kill``: killed in the middle of a word. ``every``: a record of every form of the pack, and Ctrl+L.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from desktop.app import Program, run
from desktop.process import harden_process
from desktop.ui.look.fields import PRIVATE
from desktop.ui.pages.families import FamiliesPage
from desktop.ui.pages.form import FormPage
from desktop.ui.pages.page import Page
from desktop.ui.pages.page_picture import PageView
from desktop.ui.pages.print_preview import PrintPage
from desktop.ui.pages.problem import ProblemPage
from desktop.ui.saving import SaveState
from tests.desktop.ui.laptop import open_program, unlock, wait_for
from tests.desktop.ui.pages.walk import click, controls, said_on

FORMS = ("visit_note", "plan", "household")
WRITTEN_IN = (QLineEdit, QPlainTextEdit, QTextEdit)


def marker(number: int) -> str:
    """Words that occur nowhere else."""
    return f"MarkerWindow{number:03}Quixotic"


class Day:
    """Somebody who writes markers."""

    def __init__(self, app: QApplication, program: Program, first: int) -> None:
        self.app, self.program, self._numbers = app, program, count(first)
        self.typed = 0

    def write(self, field: QWidget) -> str:
        """Type the next marker, where no input method may learn it."""
        assert field.inputMethodHints() & PRIVATE
        word = marker(next(self._numbers))
        field.setFocus()
        QTest.keyClicks(field, word)
        self.typed += 1
        return word

    def page(self) -> Page:
        """What is on the window."""
        assert self.program.window.page is not None
        return self.program.window.page

    def until(self, kind: type[Page]) -> None:
        """Wait for a page, and for the vault."""
        lane = self.program.vault_lane
        wait_for(self.app, lambda: isinstance(self.page(), kind) and not lane.busy)

    def fill(self, family: str, form: str, person: str = "") -> FormPage:
        """A new record, with a marker in every field for words that is there to be seen."""
        unlocked = self.program.unlocked
        assert unlocked is not None
        unlocked.open_record(unlocked.services.records.begin(family, form, person), "")
        self.until(FormPage)
        page = self.page()
        assert isinstance(page, FormPage)
        for section in page.filling.outline.sections():
            page.jump_to(section.path)
            for block in page.blocks():
                if block.kind in ("text", "long_text"):
                    self._into(block.field.controls())
        wait_for(self.app, lambda: page.saving.state is SaveState.SAVED)
        return page

    def every_form(self) -> None:
        """A record of each form that the pack offers, about a child where it is about one."""
        self.until(FamiliesPage)
        unlocked = self.program.unlocked
        assert unlocked is not None
        services = unlocked.services
        family = services.vault.families()[0].id
        child = next(p.id for p in services.records.known.household(family) if p.is_child)
        for form in services.packs.newest.forms:
            self.fill(family, form.id, child if form.about_child else "")
            self.program.window.back()
            wait_for(self.app, lambda: not self.program.vault_lane.busy)

    def _into(self, parts: list[QWidget]) -> None:
        for part in parts:
            if isinstance(part, WRITTEN_IN) and not part.isReadOnly():
                self.write(part)
                return

    def visit(self) -> None:
        """From the list of families to Ctrl+L."""
        self.until(FamiliesPage)
        search = next(w for w in controls(self.page()) if isinstance(w, QLineEdit))
        self.write(search)
        wait_for(self.app, lambda: not self.program.vault_lane.busy)
        unlocked = self.program.unlocked
        assert unlocked is not None
        family = unlocked.services.vault.families()[0].id
        for form in FORMS:
            page = self.fill(family, form)
            self.program.window.back()
            wait_for(self.app, lambda: not self.program.vault_lane.busy)
        QApplication.clipboard().setText(page.filling.opened.record + marker(0))
        unlocked.printing.print_plan(family, "standard")
        self.until(PrintPage)
        wait_for(self.app, lambda: "Dana" in said_on(self.page()))
        click(self.page(), "Dana")
        wait_for(self.app, lambda: any(v.is_painted for v in self.page().findChildren(PageView)))
        sys.excepthook = self.program.unexpected
        QTimer.singleShot(0, self._fail)
        self.until(ProblemPage)
        sys.excepthook = sys.__excepthook__
        self.program.window.back()

    def _fail(self) -> None:
        raise RuntimeError(marker(0))


def main(folder: Path, end: str, first: int) -> None:
    """Use the program, then lock it or be killed."""
    harden_process()
    app = QApplication([])
    program = open_program(app, folder)
    unlock(app, program)
    day = Day(app, program, first)
    if end in ("lock", "every"):
        day.visit() if end == "lock" else day.every_form()
        report(day.typed)
        held = Qt.KeyboardModifier.ControlModifier
        QTimer.singleShot(0, lambda: QTest.keyClick(program.window, Qt.Key.Key_L, held))
        run(app)
    unlocked = program.unlocked
    assert unlocked is not None
    day.fill(unlocked.services.families.begin(), "visit_note")
    report(day.typed)
    os.kill(os.getpid(), signal.SIGKILL)


def report(typed: int) -> None:
    """How many."""
    sys.stdout.write(f"{typed}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
