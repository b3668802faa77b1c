"""docs/security.md claims what is tested: every test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`((?:[\w/]+/)?test_\w+\.py)(?:::(\w+))?`", PAGE)
COMMANDS = re.findall(r"`python -m (tests[\w.]+)", PAGE)
CONTROLS = (*range(1, 10), 11, *range(22, 28), *range(30, 33), 34)


def files(named: str) -> list[Path]:
    """The one file of this path, or of this name where the page leaves its folder out."""
    return [ROOT / named] if "/" in named else list((ROOT / "tests").rglob(named))


@pytest.mark.parametrize(("named", "begins"), sorted(set(NAMED)))
def test_every_test_that_the_page_names_is_there(named: str, begins: str) -> None:
    (file,) = files(named)
    assert f"\ndef {begins or 'test_'}" in file.read_text(encoding="utf-8")


def test_every_command_that_the_page_names_is_there() -> None:
    assert COMMANDS
    for command in COMMANDS:
        assert (ROOT / command.replace(".", "/")).with_suffix(".py").is_file(), command


@pytest.mark.parametrize("control", CONTROLS)
def test_every_control_of_the_laptop_names_its_test(control: int) -> None:
    row = re.search(rf"^\| {control} \|[^|]+\|(.+)\|$", PAGE, re.MULTILINE)
    assert row
    assert re.search(r"`tests/\S+\.py", row[1])
