"""Focus can be seen on every control of our own, in every theme (WCAG 2.2 2.4.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.look.appearance import apply_look
from desktop.ui.look.buttons import secondary
from desktop.ui.look.palettes import Theme
from desktop.ui.pages.choice_row import ChoiceRow, Line
from desktop.ui.pages.page_picture import PageView

THEMES = [Theme.LIGHT, Theme.DARK, Theme.HIGH_CONTRAST]
MAKES: dict[str, Callable[[], QWidget]] = {
    "row": lambda: ChoiceRow("Okafor-Bell family", (Line("YF-7Q4K-2M"), Line("Settle", "info"))),
    "printed page": lambda: PageView("Page 1 of 2", "Our family plan"),
}


@pytest.fixture(params=THEMES, ids=str)
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Theme]:
    apply_look(qapp, request.param, 1.0)
    yield request.param
    apply_look(qapp, Theme.LIGHT, 1.0)


@pytest.mark.parametrize("make", MAKES.values(), ids=list(MAKES))
def test_focus_draws_a_ring_all_round(
    make: Callable[[], QWidget], theme: Theme, qtbot: QtBot
) -> None:
    whole, widget, other = QWidget(), make(), secondary("Elsewhere")
    qtbot.addWidget(whole)
    rows = QVBoxLayout(whole)
    rows.addWidget(other)
    rows.addWidget(widget)
    whole.resize(400, 700)
    whole.show()
    whole.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    without = widget.grab().toImage()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    with_ring = widget.grab().toImage()
    changed = _changed(without, with_ring)
    around = 2 * (with_ring.width() + with_ring.height())
    assert changed >= 2 * around * 0.9, "the ring is thinner than two pixels"


def _changed(one: QImage, other: QImage) -> int:
    pixels = (memoryview(bytes(image.constBits())).cast("I") for image in (one, other))
    return sum(before != after for before, after in zip(*pixels, strict=True))
