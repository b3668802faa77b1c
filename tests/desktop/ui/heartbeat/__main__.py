"""A day's work and the longest time without an answer: ``python -m tests.desktop.ui.heartbeat``.

Two figures a step: the time on the clock, which a busy machine makes longer, and the time that the
window's own thread worked, which it does not.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from tests.desktop.ui.heartbeat.beat import Stall


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from tests.desktop.ui.heartbeat.day import Day
    from tests.desktop.ui.laptop import make_laptop

    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        day = Day(app, make_laptop(Path(folder) / "vault"))
        day.go()
    steps: dict[str, list[Stall]] = defaultdict(list)
    for stall in day.beat.stalls:
        steps[stall.step].append(stall)
    for step, stalls in sorted(steps.items(), key=lambda one: -max(s.worked for s in one[1])):
        worst = max(stalls, key=lambda stall: stall.worked)
        sys.stdout.write(
            f"{step:<28} {len(stalls):>4}   worst: {1000 * worst.worked:5.0f} ms worked,"
            f" {1000 * max(s.seconds for s in stalls):5.0f} ms on the clock   {worst.where}\n"
        )
    over = [stall for stall in day.beat.stalls if stall.worked > 0.050]
    sys.stdout.write(f"{day.beat.beats} beats; {len(over)} times over 50 ms of its own work\n")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
