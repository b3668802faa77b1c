"""The lock files are whole: pinned, hashed, bound to no index, and enough for a laptop."""

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
LOCKS = PROJECT / "packaging" / "locks"
NAMES = ("laptop", "run", "test")
PINNED = re.compile(r"^([a-z0-9.-]+)==(\S+?)(?: ; .+?)? \\$")


def entries(name: str) -> dict[str, str]:
    """Package to version, of one lock file."""
    lines = (LOCKS / f"{name}.txt").read_text("utf-8").splitlines()
    return {found[1]: found[2] for line in lines if (found := PINNED.match(line))}


@pytest.mark.parametrize("name", [*NAMES, "pip"])
def test_every_line_is_a_pinned_package_or_a_hash(name: str) -> None:
    lines = (LOCKS / f"{name}.txt").read_text("utf-8").splitlines()
    hashed = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
    odd = [line for line in lines if not (PINNED.match(line) or hashed.match(line))]
    assert [line for line in odd if not line.startswith("#")] == []
    assert len(entries(name)) > 20 or entries(name).keys() == {"pip"}


@pytest.mark.parametrize("name", [*NAMES, "pip"])
def test_no_lock_file_names_an_index(name: str) -> None:
    text = (LOCKS / f"{name}.txt").read_text("utf-8")
    assert not re.search(r"https?:|index-url|find-links|file:", text)


def test_the_smaller_locks_have_the_versions_that_were_tested() -> None:
    tested = entries("test")
    for name in ("laptop", "run"):
        assert entries(name).items() <= tested.items()


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {
        "laptop": project["dependencies"],
        "run": project["dependencies"] + extras["authoring"] + extras["ehm"],
        "test": project["dependencies"] + [line for lines in extras.values() for line in lines],
    }
    for name, requirements in wanted.items():
        names = {re.split(r"[\[<>=; ]", line)[0].lower() for line in requirements}
        assert names - entries(name).keys() == set()


ONLY_FOR_TESTS = ("outloud", "pymupdf", "pymupdf-layout", "pymupdf4llm")
"""PyMuPDF is under the AGPL: a tool of ours, and no part of what anybody is given."""


def test_nobody_is_given_what_only_judges_our_pages() -> None:
    assert set(ONLY_FOR_TESTS) <= entries("test").keys()
    for name in ("laptop", "run"):
        assert entries(name).keys().isdisjoint(ONLY_FOR_TESTS)
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    rooms = project["tool"]["setuptools"]["packages"]["find"]["include"]
    assert not any(room.startswith("tests") for room in rooms)
    for room in ("desktop", "forms", "sync"):
        for file in (PROJECT / room).rglob("*.py"):
            assert not re.search(
                r"^\s*(import|from) (outloud|fitz|pymupdf)", file.read_text("utf-8"), re.M
            )


def test_a_laptop_needs_no_authoring_and_no_ehm(tmp_path: Path) -> None:
    """Every module of the program is imported with the packages of laptop.txt and no others."""
    library = tmp_path / "site-packages"
    library.mkdir()
    for name in entries("laptop").keys() - {"colorama", "tzdata", "setuptools"}:
        link_files(distribution(name), library)
    script = """
import importlib, pkgutil, sys
import desktop, forms, sync
optional = ("forms.authoring", "sync.ehm")
for room in (desktop, forms, sync):
    for found in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
        if not found.name.startswith(optional):
            importlib.import_module(found.name)
print(len(sys.modules))
"""
    search = os.pathsep.join([str(PROJECT), str(library)])
    settings = {"PATH": os.environ["PATH"], "PYTHONPATH": search, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-S", "-c", script]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 100


def link_files(package: Distribution, library: Path) -> None:
    """Put a package's top-level files into another library, as links."""
    files = package.files or []
    for top in {Path(str(file)).parts[0] for file in files} - {"..", "__pycache__"}:
        place = library / top
        if not place.exists():
            place.symlink_to(Path(str(package.locate_file(top))))
