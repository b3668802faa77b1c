"""Opens Your Family with a demo council: `python3 packaging/run.py`.

Needs nothing but Python 3.11 or newer and a package index. The first start sets up `.venv`, a
council's central system (EHM) on this machine, invented families and an enrolled laptop, all in
`.run`; later starts take seconds and keep what was written.

    python3 packaging/run.py --fresh          begin again
    python3 packaging/run.py --journey OUT    do the main job unattended and leave the proof in OUT
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import environment
from environment import PROJECT
from set_up_error import SetUpError

DATA = PROJECT / ".run"
OFF_SCREEN = {"offscreen", "minimal", "vnc"}


def main() -> int:
    """Set up, then open the program or do the journey; its exit code."""
    options = read_options()
    try:
        python = environment.prepare("run")
    except SetUpError as error:
        print(f"\n{error.title}\n{error.message}", file=sys.stderr)
        return 2
    if options.journey is None and not has_display():
        options.journey = DATA / "journey"
        print("There is no display here, so the program cannot be opened.")
        print(f"Doing the main job unattended instead; the proof goes to {options.journey}.")
    if options.journey is not None:
        return become(python, "-m", "tests.journeys", str(options.journey.resolve()))
    fresh = ["--fresh"] if options.fresh else []
    return become(python, "packaging/demonstration.py", str(DATA), *fresh)


def read_options() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description="Open Your Family with a demo council.")
    parser.add_argument("--fresh", action="store_true", help="forget what was written; begin again")
    parser.add_argument("--journey", type=Path, metavar="OUT", help="do the main job unattended")
    return parser.parse_args()


def has_display() -> bool:
    """Whether windows can be shown."""
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in OFF_SCREEN:
        return False
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def become(python: Path, *arguments: str) -> int:
    """Go on as another command of `.venv`, in the project's folder."""
    settings = dict(os.environ)
    if not has_display():
        settings["QT_QPA_PLATFORM"] = "offscreen"
    command = [str(python), *arguments]
    sys.stdout.flush()
    if os.name == "posix":
        os.chdir(PROJECT)
        os.execve(python, command, settings)  # signals then reach what is running
    return subprocess.run(command, cwd=PROJECT, env=settings, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
