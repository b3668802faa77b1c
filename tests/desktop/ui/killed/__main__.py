"""``python -m tests.desktop.ui.killed --times 50 --seed 1``: exits 1 if too much is gone."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.desktop.ui.killed.killing import kill_once


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.desktop.ui.killed", description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.desktop.ui.laptop import make_laptop

    with tempfile.TemporaryDirectory() as folder:
        laptop = make_laptop(Path(folder) / "vault")
        kills = []
        for number in range(asked.times):
            kills.append(kill_once(laptop, asked.seed + number))
            sys.stdout.write(f"{number + 1}: {kills[-1]}\n")
            sys.stdout.flush()
    lost = [kill for kill in kills if not kill.is_kept]
    sys.stdout.write(
        f"{len(kills)} kills, {sum(k.typed for k in kills)} keys; oldest key gone"
        f" {max(k.gone for k in kills):.2f} s; said saved and lost:"
        f" {sum(k.kept < k.said_saved for k in kills)}; not kept: {len(lost)}\n"
    )
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
