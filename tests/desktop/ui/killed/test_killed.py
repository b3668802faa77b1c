"""The program is killed in mid-word, twice: a share of ``python -m tests.desktop.ui.killed``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import REAL_FLOOR
from tests.desktop.ui.killed.killing import kill_once
from tests.desktop.ui.laptop import make_laptop


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_laptop(tmp_path_factory.mktemp("killed") / "vault", REAL_FLOOR)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_what_was_said_to_be_saved_is_there(
    laptop: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    killed = kill_once(laptop, seed)
    assert killed.typed
    assert killed.is_what_was_typed
    assert killed.kept >= killed.said_saved
