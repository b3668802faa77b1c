"""Does the main job unattended: `python -m tests.journeys OUT`. Exits 1 if a check failed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.append(str(PROJECT / "packaging"))


def main() -> int:
    """Run the journey and leave its proof in the folder named."""
    from tests.journeys.journey import travel

    parser = argparse.ArgumentParser(prog="python -m tests.journeys", description=__doc__)
    parser.add_argument("out", type=Path, help="gets the pictures, both plans and journey.json")
    return 0 if travel(parser.parse_args().out.resolve()) else 1


if __name__ == "__main__":
    sys.exit(main())
