"""``python -m tests.desktop.ui.atspi``: every page over AT-SPI, in a display and buses of its own.

With a number so many pages; with a second one those after so many: it may be done in shares.

Needs Xvfb, dbus-run-session, at-spi2-core and the system's pyatspi (Debian: xvfb dbus at-spi2-core
python3-pyatspi). Without them it says so, and checks nothing.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.desktop.ui.atspi.session import LAUNCHERS, SYSTEM_PYTHON


def what_is_missing() -> str:
    """What this machine lacks for it; blank if nothing."""
    missing = [name for name in ("Xvfb", "dbus-run-session") if shutil.which(name) is None]
    if not any(Path(one).exists() for one in LAUNCHERS):
        missing.append("at-spi2-core")
    asked = [SYSTEM_PYTHON, "-c", "import pyatspi"]
    if not Path(SYSTEM_PYTHON).exists() or subprocess.run(asked, capture_output=True).returncode:
        missing.append("pyatspi")
    return ", ".join(missing)


def main(*share: str) -> int:
    """Read the pages, or a share of them."""
    if missing := what_is_missing():
        sys.stdout.write(f"Nothing was checked: this machine has no {missing}.\n")
        return 0
    inside = ["dbus-run-session", "--", sys.executable, "-m", "tests.desktop.ui.atspi.session"]
    inside += share
    return subprocess.run(inside, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
