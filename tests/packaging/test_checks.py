"""What is checked before a commit, on a desk and in continuous integration is one thing."""

import re
import runpy
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PACKAGING = PROJECT / "packaging"


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The checks of packaging/test.py by name."""
    monkeypatch.setattr(sys, "path", [str(PACKAGING), *sys.path])
    found: dict[str, str] = runpy.run_path(str(PACKAGING / "test.py"))["CHECKS"]
    return found


def test_every_hook_is_one_of_the_checks(checks: dict[str, str]) -> None:
    written = (PROJECT / ".pre-commit-config.yaml").read_text("utf-8")
    hooks = dict(re.findall(r"- id: (\S+)\n +name: .+\n +entry: (.+)\n", written))
    assert set(hooks) == {"lint", "format", "types", "imports"}
    assert hooks.items() <= checks.items()


def test_continuous_integration_runs_test_py_and_nothing_else() -> None:
    lines = (PROJECT / ".ci" / "run").read_text("utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands == ['cd "$(dirname "$0")/.." && exec python3 packaging/test.py']


def test_no_package_of_ours_hides_the_packaging_library() -> None:
    assert not (PACKAGING / "__init__.py").exists()
