"""Runs every check: `python3 packaging/test.py`, on a machine with nothing but Python 3.11.

Sets up `.venv` with the tools, then lint, format, types, import contracts, pre-commit's hooks and
the tests. `.ci/run` calls this and nothing else. What stands after `--` goes to pytest:

    python3 packaging/test.py --only tests -- tests/forms -k relevant
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import environment
import postgresql
from environment import PROJECT
from set_up_error import SetUpError

MINUTES_AT_MOST = 10
IN_MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3  # noqa: S108 - a folder of its own is made there
CHECKS = {
    "lint": "ruff check",
    "format": "ruff format --check",
    "types": "mypy",
    "types-of-packaging": "mypy packaging",
    "imports": "lint-imports",
    "hooks": "pre-commit run --all-files",
    # each of three waits for a third of its time; one that waits for Python's own lock is ended
    "tests": "pytest -n 3 --dist worksteal"
    " -o faulthandler_timeout=150 -o faulthandler_exit_on_timeout=true",
}
BESIDE = ["types", "types-of-packaging", "hooks"]  # in this order: the hooks use what mypy kept

Result = tuple[str, str, float]  # a check's name, how it went, the seconds it took


def main() -> int:
    """Run the checks that were asked for; 0 if all of them pass."""
    options = read_options()
    started = time.monotonic()
    try:
        python = environment.prepare("test")
    except SetUpError as error:
        print(f"\n{error.title}\n{error.message}", file=sys.stderr)
        return 2
    settings = settings_for_checks(python, options.onscreen)
    with postgresql.throwaway_server() as database, files_of_tests() as files:
        names = options.only or list(CHECKS)
        results = run_checks(names, options.pytest, {**settings, **database, "TMPDIR": files})
    summarise(results, time.monotonic() - started)
    return int(any(outcome == "FAILED" for _, outcome, _ in results))


def read_options() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description="Run every check of Your Family.")
    parser.add_argument(
        "--only", action="append", choices=CHECKS, help="one check; may be repeated"
    )
    parser.add_argument("--onscreen", action="store_true", help="show the windows under test")
    parser.add_argument("pytest", nargs="*", help="after --: what goes to pytest")
    return parser.parse_args()


def settings_for_checks(python: Path, onscreen: bool) -> dict[str, str]:
    """The environment of the checks: the tools of `.venv` first, windows off the screen."""
    path = os.pathsep.join([str(python.parent), os.environ.get("PATH", "")])
    settings = {**os.environ, "PATH": path, "PYTHONUNBUFFERED": "1"}
    settings.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes would compile it all
    if not onscreen:
        settings["QT_QPA_PLATFORM"] = "offscreen"
    return settings


@contextlib.contextmanager
def files_of_tests() -> Iterator[str]:
    """A folder for what the tests write: in memory if there is room, for each save is synced.

    Waiting for a disk would take longer than all that is computed; what a program that is killed
    has written stays there too.
    """
    room = IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free >= ROOM
    place = IN_MEMORY if room else None
    with tempfile.TemporaryDirectory(
        prefix="your-family-tests-", dir=place, ignore_cleanup_errors=True
    ) as folder:
        Path(folder).chmod(0o711)  # PostgreSQL's own user comes through, and sees no names
        yield folder


def run_checks(names: list[str], pytest: list[str], settings: dict[str, str]) -> list[Result]:
    """Run the checks one after another, and mypy beside them: the tests wait often enough."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        types = [
            beside.submit(run_check, name, [], settings, captured=True)
            for name in names
            if name in BESIDE
        ]
        results = [
            run_check(name, pytest if name == "tests" else [], settings)
            for name in names
            if name not in BESIDE
        ]
        return results + [check.result() for check in types]


def run_check(
    name: str, more: list[str], settings: dict[str, str], *, captured: bool = False
) -> Result:
    """Run one check in the project's folder; what it says is shown at its end if captured."""
    if name == "hooks" and not is_git_checkout():
        print("\n== hooks: left out, for this is not a git checkout")
        return name, "no git", 0.0
    words = CHECKS[name].split() + more
    heading = f"\n== {name}: {' '.join(words)}"
    if not captured:
        print(heading, flush=True)
    started = time.monotonic()
    output = subprocess.PIPE if captured else None
    done = subprocess.run(
        words, cwd=PROJECT, env=settings, check=False, stdout=output, stderr=output, text=True
    )
    taken = time.monotonic() - started
    if captured:
        print(f"{heading}\n{done.stdout}{done.stderr}", flush=True)
    return name, "FAILED" if done.returncode else "passed", taken


def is_git_checkout() -> bool:
    """Whether git is here and takes this folder for its own: pre-commit asks git for the files."""
    try:
        asked = ["git", "rev-parse", "--show-toplevel"]
        done = subprocess.run(asked, cwd=PROJECT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return False
    return done.returncode == 0 and Path(done.stdout.strip()) == PROJECT


def summarise(results: list[Result], seconds: float) -> None:
    """Say how each check went, and the time beside the limit."""
    print("\n== summary")
    for name, outcome, taken in results:
        print(f"{outcome}  {taken:6.1f} s  {name}")
    print(f"{seconds:.0f} s in all; the limit is {MINUTES_AT_MOST} minutes on 2 cores.")


if __name__ == "__main__":
    sys.exit(main())
