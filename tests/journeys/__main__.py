"""Does the main job unattended: `python -m tests.journeys OUT`. Exits 1 if a check failed."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
README_PICTURES = PROJECT / "docs" / "pictures"
sys.path.append(str(PROJECT / "packaging"))


def main() -> int:
    """Run the journey and leave its proof in the folder named."""
    from tests.journeys.journey import travel

    parser = argparse.ArgumentParser(prog="python -m tests.journeys", description=__doc__)
    parser.add_argument("out", type=Path, help="gets the pictures, both plans and journey.json")
    parser.add_argument("--readme", action="store_true", help="renew the pictures of the README")
    options = parser.parse_args()
    out = options.out.resolve()
    if not travel(out):
        return 1
    if options.readme:
        renew_pictures(out)
    return 0


def renew_pictures(out: Path) -> None:
    """Replace each picture of the README by the one of the same name that the journey took."""
    for shown in README_PICTURES.glob("*.png"):
        (taken,) = out.glob(f"??-{shown.name}")
        shutil.copyfile(taken, shown)


if __name__ == "__main__":
    sys.exit(main())
