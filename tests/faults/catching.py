"""``python -m tests.faults.catching``: which seeds catch each mutant, and how soon.

Prints for each the share of runs that caught it, the first seed that did, and the quickest: the
last goes into ``mutants.CAUGHT_BY``. Exits with 1 if one was not caught within ``--runs``.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.ehms import Ehms
from tests.faults.mutant import Mutant
from tests.faults.mutants import MUTANTS
from tests.faults.run import simulate


@dataclass
class Caught:
    """How one mutant fared."""

    runs: int = 0
    seconds: dict[int, float] = field(default_factory=dict)

    @property
    def quickest(self) -> int:
        return min(self.seconds, key=lambda seed: self.seconds[seed])


def hunt(mutant: Mutant, ehms: Ehms, seeds: Iterable[int], enough: int) -> Caught:
    """Runs these seeds until it was caught ``enough`` times.

    A seed that finds fault without the mutant too tells of a fault of ours, not of the mutant.
    """
    caught = Caught()
    for seed in seeds:
        began = time.process_time()
        with mutant():
            world = simulate(seed, ehms)
        caught.runs += 1
        seconds = time.process_time() - began
        if world.truth.violations and not simulate(seed, ehms).truth.violations:
            caught.seconds[seed] = seconds
        if len(caught.seconds) == enough:
            break
    return caught


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.catching", description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--enough", type=int, default=3, help="catches, then on to the next")
    parser.add_argument("names", nargs="*", help="of mutants; none: all")
    chosen = parser.parse_args()
    with TemporaryDirectory() as folder:
        ehms = Ehms(Path(folder))
        caught = [_look(name, ehms, chosen.runs, chosen.enough) for name in chosen.names or MUTANTS]
    return 0 if all(caught) else 1


def _look(name: str, ehms: Ehms, runs: int, enough: int) -> bool:
    """Hunts one and prints how it fared; True if it was caught."""
    caught = hunt(MUTANTS[name], ehms, range(runs), enough)
    if caught.seconds:
        quick = caught.quickest
        said = f'    "{name}": {quick},  # {len(caught.seconds)} of {caught.runs} runs, '
        said += f"first {min(caught.seconds)}, {caught.seconds[quick]:.2f} s"
    else:
        said = f"# {name}: NOT CAUGHT in {caught.runs} runs"
    sys.stdout.write(said + "\n")
    sys.stdout.flush()
    return bool(caught.seconds)


if __name__ == "__main__":
    raise SystemExit(main())
