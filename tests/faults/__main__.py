"""``python -m tests.faults --minutes N --seed S``: the simulation for as long as one likes.

Exits with 1 if anything was violated, naming the seeds; a seed alone repeats its run:
``python -m tests.faults --seed S --runs 1``.
"""

from __future__ import annotations

import argparse
import sys
import time
from multiprocessing import get_context

from tests.faults.run import Tally, share


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0, help="the first")
    parser.add_argument("--runs", type=int, help="instead of minutes")
    parser.add_argument("--processes", type=int, default=1)
    chosen = parser.parse_args()
    began = time.monotonic()
    with get_context("spawn").Pool(chosen.processes) as pool:
        firsts = range(chosen.seed, chosen.seed + chosen.processes)
        jobs = [(first, chosen.processes, chosen.runs, chosen.minutes) for first in firsts]
        tallies = pool.starmap(share, jobs)
    return _report(tallies, time.monotonic() - began)


def _report(tallies: list[Tally], seconds: float) -> int:
    whole = Tally()
    for tally in tallies:
        whole.runs += tally.runs
        whole.saves += tally.saves
        whole.happened.update(tally.happened)
        whole.violations.update(tally.violations)
    lines = [f"{whole.runs} runs, {whole.saves} saves, {seconds:.0f} seconds"]
    lines += [f"  {count:8} {what}" for what, count in whole.happened.most_common()]
    lines += [f"seed {seed}: {said[0]}" for seed, said in sorted(whole.violations.items())]
    lines.append(f"{len(whole.violations)} runs with a violation")
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if whole.violations else 0


if __name__ == "__main__":
    raise SystemExit(main())
