"""A day's work under a heartbeat: unlock, a family, its forms written by key, read, and shown."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.app import Program
from desktop.ui.pages.check_answers import CheckAnswersPage
from desktop.ui.pages.families import FamiliesPage
from desktop.ui.pages.family import FamilyPage
from desktop.ui.pages.form import FormPage
from desktop.ui.questions.block import Block
from tests.desktop.ui.heartbeat.beat import Heartbeat
from tests.desktop.ui.laptop import open_program, unlock, wait_for

WORDS = "She sings to the cat"
FORMS = ("household", "assessment", "plan", "visit_note")


class Day:
    """One worker's day. ``beat`` has what was too slow, by step."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app = app
        self.program: Program = open_program(app, folder)
        self.beat = Heartbeat(app)

    def go(self, forms: tuple[str, ...] = FORMS, sections: int = 100) -> None:
        """Do it all; the heartbeat runs from before the unlocking to after the last page."""
        app, program = self._app, self.program
        self._pause(0.3)
        self.beat.begin()
        try:
            self._step("unlock", lambda: unlock(app, program))
            self._step("families", self._begin_family)
            for form in forms:
                self._form(form, sections)
        finally:
            self.beat.end()
            program.end()

    def _begin_family(self) -> None:
        page = self.program.window.page
        assert isinstance(page, FamiliesPage)
        page.new_button.click()
        wait_for(self._app, lambda: isinstance(self.program.window.page, FamilyPage))
        self._settle()

    def _form(self, form: str, sections: int) -> None:
        self._step(f"open {form}", partial(self._open, form))
        page = self.program.window.page
        assert isinstance(page, FormPage)
        for path in page.filling.outline.paths()[:sections]:
            self._step(f"section of {form}", partial(page.show_section, path))
            self._pause(0.2)
            for block in page.section.built_blocks()[:4]:
                self._answer(form, block)
        self._step("search", lambda: self._search(page))
        self._step("next unanswered", page.header.unanswered.click)
        self._step(f"check answers of {form}", page.check_asked.emit)
        wait_for(self._app, lambda: isinstance(self.program.window.page, CheckAnswersPage))
        self._pause(0.2)
        self._step("back", self.program.window.back)
        self._step("back", self.program.window.back)
        self._settle()

    def _open(self, form: str) -> None:
        """As the family's page does: begun in the vault lane, then opened."""
        unlocked = self.program.unlocked
        assert unlocked is not None
        families, records = unlocked.services.families, unlocked.services.records
        self.program.vault_lane.submit(
            lambda: records.begin(families.list()[0].family, form),
            lambda record: unlocked.open_record(record, ""),
        )
        wait_for(self._app, lambda: isinstance(self.program.window.page, FormPage))
        self._settle()

    def _answer(self, form: str, block: Block) -> None:
        kind, controls = block.kind, block.field.controls()
        if kind in ("text", "long_text", "integer"):
            words = "3" if kind == "integer" else WORDS
            controls[0].setFocus()
            for letter in words:
                self._step(f"a key in {form}", partial(QTest.keyClicks, controls[0], letter))
        elif kind in ("select_one", "select_multiple", "faces", "scale") and controls:
            controls[0].setFocus()
            self._step(f"a choice in {form}", lambda: QTest.keyClick(controls[0], Qt.Key.Key_Space))

    def _search(self, page: FormPage) -> None:
        page.header.search.click()
        for letter in "how":
            QTest.keyClicks(page.search.line, letter)
        self._pause(0.4)
        QTest.keyClick(page.search.line, Qt.Key.Key_Escape)

    def _step(self, name: str, act: Callable[[], object]) -> None:
        self._let_it_work()
        self.beat.step = name
        act()
        self._let_it_work()

    def _let_it_work(self) -> None:
        self._app.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # as exec does

    def _settle(self) -> None:
        wait_for(self._app, lambda: not self.program.vault_lane.busy)
        self._pause(0.2)

    def _pause(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._let_it_work()
            time.sleep(0.001)
