"""How soon one sees the unlock page; what an open family takes: ``python -m tests.budgets.start``.

A bare PySide6 window and the program are started in turn, in one run on one machine, so that a busy
machine slows both. The program is started as ``your-family`` does, from its small parent's first
moment. Before its memory, that of a bare window is measured in the same run, and of the libraries
that it cannot do without. PSS counts what is shared with other programs by halves, thirds and so
on.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

TIMES_A_BARE_WINDOW = 2.0
MEMORY_MB = 110


@dataclass(frozen=True)
class Start:
    """Seconds on the clock until something was painted, and seconds of work until then."""

    seconds: float
    worked: float


def _told(module: str, *words: str) -> list[str]:
    command = [sys.executable, "-m", f"tests.budgets.{module}", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def _started(*words: str) -> Start:
    begun = time.monotonic()
    _, painted, worked = _told(*words)
    return Start(float(painted) - begun, float(worked))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; 1 if a budget is not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.budgets.start", description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args(arguments).runs
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.desktop.ui.laptop import make_laptop

    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder
        laptop = make_laptop(Path(folder) / "your-family")
        bare, ours = [], []
        for _ in range(runs + 1):  # the first of each only warms the disk
            bare.append(_started("first_paint"))
            ours.append(_started("started"))
        floor = [float(figure) for figure in _told("floor")]
        resident, shared_out, own = map(float, _told("open_family", str(laptop)))
    a_bare, a_program = _middle(bare), _middle(ours)
    ratio = a_program.seconds / a_bare.seconds
    sys.stdout.write(
        f"bare window painted     {a_bare.seconds:6.2f} s, of work {a_bare.worked:.2f} s\n"
        f"unlock page painted     {a_program.seconds:6.2f} s, of work {a_program.worked:.2f} s\n"
        f"times a bare window     {ratio:6.2f}     budget {TIMES_A_BARE_WINDOW};"
        f" of work {a_program.worked / a_bare.worked:.2f}\n"
        f"memory, bare window     {floor[0]:6.1f} MB; its own {floor[2]:.1f} MB\n"
        f"with the libraries      {floor[3]:6.1f} MB; its own {floor[5]:.1f} MB\n"
        f"memory, family open     {resident:6.1f} MB  budget {MEMORY_MB};"
        f" PSS {shared_out:.1f} MB, its own {own:.1f} MB\n"
    )
    return 0 if ratio <= TIMES_A_BARE_WINDOW and resident <= MEMORY_MB else 1


def _middle(starts: list[Start]) -> Start:
    """The median of each figure, without the first start, which only warms the disk."""
    rest = starts[1:]
    return Start(
        statistics.median(start.seconds for start in rest),
        statistics.median(start.worked for start in rest),
    )


if __name__ == "__main__":
    sys.exit(main())
