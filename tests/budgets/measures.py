"""What the measures of a council cost: ``python -m tests.budgets.measures [--families 20000]``.

Invented families are written as records and folded into cases one by one; then every measure is
computed over all of them. It prints how long each took, and how that grows with the families: twice
as many may take twice as long and a little more, never four times.
"""

from __future__ import annotations

import argparse
import functools
import gc
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from forms.casework.measures.case import Case, Council, areas_of, case_of
from forms.casework.measures.catalogue import MEASURES
from forms.casework.measures.exports import annex_a_list_2, dashboard, ssd_episodes
from forms.casework.measures.measure import compute
from forms.casework.measures.period import quarter
from forms.xforms import Definition, load_definition
from tests.forms.casework.council_records import TIMES, feeds, records
from tests.forms.casework.councils import AREAS, Life, council
from tests.resources import shipped

GROWTH = 1.25
"""How much more than in proportion the time may grow from a quarter of the families to all."""
ALL_SECONDS_PER_THOUSAND = 3.0
QUARTER = quarter(2026, 2)


@dataclass(frozen=True, slots=True)
class Folded:
    """Families folded into cases, and the seconds that it took."""

    lives: Sequence[Life]
    cases: Sequence[Case]
    records: int
    seconds: float


@functools.cache
def definition(form: str) -> Definition:
    return load_definition(shipped.pack().form(form), shipped.pack().lists)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def fold(families: int, seed: int = 1) -> Folded:
    """Cases of so many families; only the folding is timed, not the inventing."""
    lives, cases, written, seconds = [], [], 0, 0.0
    for life in council(families, seed):
        known = records(life, definition)
        began = time.process_time()
        cases.append(case_of(life.family, known))
        seconds += time.process_time() - began
        written += len(known)
        lives.append(life)
    return Folded(lives, cases, written, seconds)


def council_of(folded: Folded, families: int) -> Council:
    rows = [{"postcode_starts": start, "area": area} for start, area in AREAS.items()]
    supplied = feeds(folded.lives[:families])
    return Council(folded.cases[:families], TIMES, areas_of(rows), supplied)


def times(over: Council) -> dict[str, float]:
    """Seconds that each measure takes."""
    found = {}
    for measure in MEASURES:
        began = time.process_time()
        compute(measure, over, QUARTER)
        found[measure.key] = time.process_time() - began
    return found


def main(arguments: Sequence[str]) -> int:
    """Print what everything takes; 1 if something grows too fast or takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--families", type=int, default=20_000)
    families = parser.parse_args(arguments).families
    folded = fold(families)
    gc.collect()
    gc.freeze()  # or one pass of the collector over every case is counted to some measure
    per_record = 1000 * folded.seconds / folded.records
    say(
        f"{families} families, {folded.records} records: folded in {folded.seconds:.1f} s"
        f" ({per_record:.2f} ms a record)"
    )
    few, all_of_them = (times(council_of(folded, n)) for n in (families // 4, families))
    say(f"{'measure':15}{families // 4:>9}{families:>9}   growth (in proportion: 1)")
    for key, seconds in all_of_them.items():
        growth = seconds / max(few[key], 1e-6) / 4
        say(f"{key:15}{few[key]:9.2f}{seconds:9.2f}   {growth:.2f}")
    total, grown = sum(all_of_them.values()), sum(all_of_them.values()) / sum(few.values()) / 4
    whole = council_of(folded, families)
    began = time.process_time()
    rows = ssd_episodes(whole.cases, QUARTER).count("\n")
    rows += annex_a_list_2(whole.cases, QUARTER.last).count("\n")
    rows += dashboard([compute(measure, whole, QUARTER) for measure in MEASURES]).count("\n")
    say(f"exports: {rows} rows in {time.process_time() - began:.1f} s")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"all measures: {total:.1f} s, growth {grown:.2f}; memory {memory:.0f} MB")
    kept = grown <= GROWTH and total <= ALL_SECONDS_PER_THOUSAND * families / 1000
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
