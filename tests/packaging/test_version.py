"""The program says one version of itself everywhere."""

import tomllib
from pathlib import Path

from forms import program
from forms.manifest import NEEDS_PROGRAM
from forms.records.upgrading import version_order

PROJECT = Path(__file__).resolve().parents[2]


def test_the_project_and_the_program_say_one_version() -> None:
    said = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert said == program.VERSION
    assert version_order(NEEDS_PROGRAM) <= version_order(program.VERSION)
