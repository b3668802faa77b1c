"""Pictures of the form and its check page, to be looked at: ``python -m ...form.pictures OUT``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.look.appearance import apply_look
from desktop.ui.look.palettes import Theme
from desktop.ui.pages.check_answers import CheckAnswersPage
from desktop.ui.pages.form import FormPage
from forms.records.protective import Protective
from tests.desktop.ui.filled_forms import Desk, definition_of
from tests.desktop.ui.form.test_deeper import TWO_LANGUAGES
from tests.desktop.ui.form.test_form_page import OUR_WEEK, PET, ROOMS, change
from tests.desktop.ui.questions.test_types import EVERY_TYPE

LOOKS = (
    (Theme.LIGHT, 1.0),
    (Theme.DARK, 1.0),
    (Theme.HIGH_CONTRAST, 1.0),
    (Theme.LIGHT, 2.0),
    (Theme.DARK, 2.0),
)


class DiskFull(Exception):
    title = "The disk is full"
    message = "Free some space, then try again."


def every_type() -> QWidget:
    desk = Desk()
    page = desk.page(desk.filling(definition_of(EVERY_TYPE)))
    for block in page.blocks():
        if block.kind in {"select_one", "faces", "likert", "scale", "select_multiple"}:
            page.wishes.answered.emit(
                block.path, {"faces": "f4", "scale": "7"}.get(block.kind, "tea")
            )
        if block.kind == "integer":
            page.wishes.said_absent.emit(block.path, "not_known", "Nobody was sure")
    return page


def two_answers_and_not_saved() -> QWidget:
    desk = Desk(failure=DiskFull())
    changes = (change(1, "kim", "yes"), change(2, "ash", "no"))
    page = desk.page(desk.filling(definition_of(OUR_WEEK), changes))
    page.wishes.answered.emit(ROOMS, "900")
    page.saving.write_now()
    page.forward.click()
    return page


def less_careful() -> QWidget:
    desk = Desk()
    protective = (Protective("data", PET, ("no", "yes")),)
    filling = desk.filling(
        definition_of(OUR_WEEK), (change(1, "kim", "no"),), protective=protective
    )
    page = desk.page(filling)
    page.wishes.answered.emit(PET, "yes")
    return page


def rows() -> QWidget:
    page = _week()
    page.show_section("/data/people")
    page.wishes.answered.emit(page.blocks()[0].path, "Mia")
    page.wishes.row_added.emit("/data/people/person")
    return page


def another_language() -> QWidget:
    desk = Desk()
    page = desk.page(desk.filling(definition_of(TWO_LANGUAGES)))
    page.speak("العربية (ar)")
    return page


def check_answers() -> QWidget:
    desk = Desk(moment=datetime(2026, 3, 10, 14, 2, tzinfo=UTC))
    filling = desk.filling(definition_of(OUR_WEEK))
    filling.answer(PET, "yes")
    filling.answer(ROOMS, "900")
    filling.add_row("/data/people/person")
    page = CheckAnswersPage(filling, desk.fetch)
    page.finish.click()
    return page


def _week() -> FormPage:
    desk = Desk()
    return desk.page(desk.filling(definition_of(OUR_WEEK)))


PAGES: tuple[Callable[[], QWidget], ...] = (
    every_type,
    two_answers_and_not_saved,
    less_careful,
    rows,
    another_language,
    check_answers,
)


def main() -> None:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    for theme, scale in LOOKS:
        apply_look(app, theme, scale)
        for make in PAGES:
            page = make()
            page.resize(1280, 2400 if make is every_type else 900)
            page.show()
            for _ in range(10):
                app.processEvents()
            page.grab().save(str(out / f"{make.__name__}-{theme}-{scale:.0%}.png"))
            page.close()
            page.deleteLater()
            app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    main()
