"""A short share of ``python -m tests.desktop.ui.monkey``: the real program, the real vault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.desktop.ui.laptop import make_laptop
from tests.desktop.ui.monkey import Monkey


@pytest.fixture
def monkey(
    tmp_path: Path, qapp: QApplication, look: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Monkey]:
    monkeypatch.setattr(QFileDialog, "open", QFileDialog.open)  # put back afterwards
    made = Monkey(qapp, make_laptop(tmp_path / "vault"), seed=7)
    yield made
    made.end()


def test_a_monkey_leaves_the_program_and_the_store_sound(monkey: Monkey) -> None:
    monkey.go(250)
    assert sum(monkey.visited.values()) == 250
