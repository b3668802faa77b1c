"""``python -m tests.faults --minutes N --seed S``: the simulation for as long as one likes.

Says how far it is after each portion. Exits with 1 if anything was violated, naming the seeds; a
seed alone repeats its run: ``python -m tests.faults --seed S --runs 1``. With ``--progress FILE``
what was interrupted goes on where it was, and the file says how far it is.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from tests.faults.progress import Progress
from tests.faults.run import Tally, portions, some_runs


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0, help="the first")
    parser.add_argument("--runs", type=int, help="instead of minutes")
    parser.add_argument("--saves", type=int, help="instead of minutes: until so many were made")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--progress", type=Path, help="file: go on from there, and say it there")
    chosen = parser.parse_args()
    whole, began = Tally(), time.monotonic()
    for tally in _tallies(chosen):
        whole.and_then(tally)
        _say(f"{whole.runs} runs, {whole.saves} saves, {len(whole.violations)} with a violation")
        for seed, said in sorted(tally.violations.items()):
            _say(f"seed {seed}: {said[0]}")
        if chosen.saves is not None and whole.saves >= chosen.saves:
            break
    return _report(whole, time.monotonic() - began)


def _tallies(chosen: argparse.Namespace) -> Iterator[Tally]:
    """Each portion's, as it is done. A process that dies ends the whole with its error."""
    is_timed = chosen.runs is None and chosen.saves is None
    minutes = chosen.minutes if is_timed else math.inf
    until = time.monotonic() + minutes * 60
    progress = Progress(chosen.progress)
    yield from progress.kept
    waiting = (each for each in portions(chosen.seed, chosen.runs) if not progress.has(each))
    with ProcessPoolExecutor(chosen.processes, get_context("spawn")) as pool:

        def begin(count: int) -> dict[Future[Tally], range]:
            left = (until - time.monotonic()) / 60
            return {pool.submit(some_runs, each, left): each for each in islice(waiting, count)}

        running = begin(chosen.processes)
        try:
            while running:
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                seeds = {each: running.pop(each) for each in done}
                if time.monotonic() < until:
                    running |= begin(len(done))
                for each in done:
                    progress.keep(seeds[each], each.result())
                    yield each.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _report(whole: Tally, seconds: float) -> int:
    _say(f"{whole.runs} runs, {whole.saves} saves, {seconds:.0f} seconds")
    for what, count in whole.happened.most_common():
        _say(f"  {count:8} {what}")
    for seed, said in sorted(whole.violations.items()):
        _say(f"seed {seed}: {said[0]}")
    _say(f"{len(whole.violations)} runs with a violation")
    return 1 if whole.violations else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
