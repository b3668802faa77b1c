"""Text size and colours are chosen in the program, seen at once, and there again the next time."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from desktop.app import make_program
from desktop.options import Options
from desktop.services.clock import Clock
from desktop.ui.look.appearance import apply_look
from desktop.ui.look.chosen import FILE, Look, keep_look, read_look
from desktop.ui.look.palettes import Theme
from desktop.ui.pages.text_and_colours import TextAndColoursPage
from tests.desktop.test_bad_days import (  # noqa: F401  fixtures
    folder,
    made_once,
    start,
)


@pytest.fixture(autouse=True)
def as_before(qapp):
    yield
    apply_look(qapp, Theme.LIGHT, 1.0)


def test_what_is_chosen_is_seen_at_once_and_the_next_time(start, folder, qapp, clock):  # noqa: F811
    apply_look(qapp, Theme.LIGHT, 1.0)
    before = QApplication.font().pointSizeF()
    program = start()
    program.window.bar.look.click()
    page = program.window.page
    assert isinstance(page, TextAndColoursPage)
    page.sizes[2.0].click()
    page.themes[Theme.HIGH_CONTRAST].click()
    assert QApplication.font().pointSizeF() == pytest.approx(2 * before)
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == "#000000"
    apply_look(qapp, Theme.LIGHT, 1.0)
    again = make_program(qapp, Options(folder), Clock(clock))
    assert QApplication.font().pointSizeF() == pytest.approx(2 * before)
    again.end()


@pytest.mark.parametrize("words", ["", "{", "[]", '{"theme": "pink", "text_scale": 9}', "null"])
def test_a_spoilt_choice_is_no_choice(tmp_path, words):
    (tmp_path / FILE).write_text(words)
    assert read_look(tmp_path) == Look()


def test_a_place_that_cannot_be_written_to_forgets_and_says_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    keep_look(tmp_path / "file" / "folder", Look(Theme.DARK, 1.5))
    assert read_look(tmp_path / "file" / "folder") == Look()
