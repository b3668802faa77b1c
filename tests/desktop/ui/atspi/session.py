"""Inside a session bus of its own: a display, the accessibility bus, the pages and the reader."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.desktop.ui.atspi.showing import NAME

LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
SYSTEM_PYTHON = "/usr/bin/python3"
LEAST, LEAST_OF_OURS = 24, 40
Control = tuple[str, str, int, int]
"""Role, name, width, height."""


def main(pages_at_most: int = 1_000, after: int = 0) -> int:
    """Read every page, or so many after so many; 1 if a control has no name or no room."""
    display = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x1000x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert display.stdout is not None
    around = dict(os.environ, DISPLAY=f":{display.stdout.readline().strip()}")
    around |= {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    launcher = next(one for one in LAUNCHERS if Path(one).exists())
    bus = subprocess.Popen([launcher, "--launch-immediately"], env=around)
    time.sleep(1)
    pages = _talks([sys.executable, "-m", "tests.desktop.ui.atspi.showing", str(after)], around)
    reader = _talks([SYSTEM_PYTHON, str(Path(__file__).with_name("reading.py"))], around)
    try:
        return _read_all(pages, reader, pages_at_most)
    finally:
        for process in (pages, reader, bus, display):
            process.terminate()
            process.wait()


def _read_all(pages: subprocess.Popen[str], reader: subprocess.Popen[str], most: int) -> int:
    nameless = small = ours = count = read = 0
    while read < most and (page := _ask(pages, "next")):
        controls = _controls(reader)
        read, count = read + 1, count + len(controls)
        for role, name, width, height in controls:
            bad = [
                not name.strip() and "no name",
                min(width, height) < LEAST and f"under {LEAST}",
                LEAST <= min(width, height) < LEAST_OF_OURS and f"under {LEAST_OF_OURS}",
            ]
            nameless, small = nameless + bool(bad[0]), small + bool(bad[1])
            ours += bool(bad[1] or bad[2])
            for what in filter(None, bad):
                sys.stdout.write(f"{page}: {role} {name!r} {width}x{height}: {what}\n")
    sys.stdout.write(
        f"{read} pages, {count} controls: {nameless} without a name, {small} under {LEAST} px,"
        f" {ours} under {LEAST_OF_OURS} px\n"
    )
    return 1 if nameless or small or ours or not count else 0


def _controls(reader: subprocess.Popen[str]) -> list[Control]:
    """What is there once it does not change any more."""
    before: list[Control] = []
    for _ in range(20):
        now = [_control(*one) for one in json.loads(_ask(reader, NAME))]
        if now and now == before:
            return now
        before = now
        time.sleep(0.2)
    return before


def _control(role: str, name: str, width: int, height: int) -> Control:
    return role, name, width, height


def _ask(process: subprocess.Popen[str], line: str) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(line + "\n")
        process.stdin.flush()
    except BrokenPipeError:  # it has shown its last page
        return ""
    return process.stdout.readline().strip()


def _talks(command: list[str], around: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command, env=around, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
