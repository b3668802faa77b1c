"""A seeded share of `python -m tests.desktop.printing.matrix`: every checker, nothing found."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.printing.plan import plan_story
from desktop.printing.setting import PrintSize
from desktop.printing.story import Heading, Quote, Story
from desktop.ui.script_setting import QtScriptSetter
from tests.desktop.printing.families import ARABIC, PLAN
from tests.desktop.printing.matrix import Case, faults
from tests.desktop.printing.test_second_line import STORIES

SHARE = (
    Case("plan", plan_story(PLAN), PrintSize.STANDARD),
    Case("plan in Arabic", plan_story(PLAN, ARABIC), PrintSize.LARGE_20),
    Case("tree", STORIES["tree"], PrintSize.LARGE_28),
    Case("pictures in words", Story("-", (Heading("-", 1), Quote("🎨👩‍👧"))), PrintSize.LARGE_16),
)


@pytest.mark.parametrize("case", SHARE, ids=[case.name for case in SHARE])
def test_no_checker_finds_a_fault(case: Case, setter: QtScriptSetter, tmp_path: Path) -> None:
    assert faults(case, setter, tmp_path) == []
