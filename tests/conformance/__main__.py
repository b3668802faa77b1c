"""``python -m tests.conformance PATH [--report FILE]``: the peers' cases, and how many pass.

The gate is tier A of the scenarios and the agreed XPath cases. The others are counted beside it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conformance import out_of_scope, scenarios, xpath
from tests.conformance.cases import Cases, Json, read


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one case; ``fault`` None: it passed."""

    id: str
    kind: str
    standing: str
    fault: str | None
    reason: str = ""

    @property
    def gates(self) -> bool:
        """True if the whole run is judged by it."""
        return self.standing in ("agreed", "A-two-engines-agree") and not self.reason


def results(cases: Cases) -> Iterator[Result]:
    """Every case in turn."""
    for case in cases.xpath:
        if case["status"] != "volatile" and not case["expect"].get("unknown"):
            fault = _guarded(xpath.run, case, cases.documents)
            reason = out_of_scope.XPATH.get(case["id"], "")
            yield Result(case["id"], "xpath", case["status"], fault, reason)
    for case in cases.scenarios:
        fault = _guarded(scenarios.run, case, cases.forms)
        reason = out_of_scope.SCENARIOS.get(case["id"], "")
        yield Result(case["id"], "scenario", case["tier"], fault, reason)


def _guarded(run: Callable[..., str | None], case: Json, *rest: object) -> str | None:
    try:
        return run(case, *rest)
    except Exception as crash:  # noqa: BLE001  # a crash of one case is a failure of that case
        return f"crash: {type(crash).__name__}: {crash}"


def main(arguments: list[str]) -> int:
    """Run them all; 1 if any case of the gate fails."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("path", type=Path, help="cases.tar.xz, or a folder with what is in it")
    parser.add_argument("--report", type=Path, help="a file for a line per failing case")
    chosen = parser.parse_args(arguments)
    found = list(results(read(chosen.path))) if chosen.path.exists() else []
    if not found:
        print(f"There are no cases at {chosen.path}.", file=sys.stderr)  # noqa: T201
        return 2
    if chosen.report:
        chosen.report.write_text("".join(_line(one) for one in found if one.fault), "utf-8")
    _print(found)
    return 1 if any(one.gates and one.fault for one in found) else 0


def _line(result: Result) -> str:
    fault = " ".join((result.fault or "").split())
    listed = f" [out of scope: {result.reason}]" if result.reason else ""
    return f"{result.kind} {result.standing} {result.id}: {fault}{listed}\n"


def _print(found: list[Result]) -> None:
    counts: Counter[tuple[str, str, bool]] = Counter()
    for one in found:
        counts[one.kind, one.standing, one.fault is None] += 1
    for kind, standing in sorted({(one.kind, one.standing) for one in found}):
        passed, failed = counts[kind, standing, True], counts[kind, standing, False]
        share = 100 * passed / (passed + failed)
        print(f"{kind:9} {standing:22} {passed:5} passed {failed:4} failed  {share:5.1f}%")  # noqa: T201
    gate = [one for one in found if one.gates]
    listed = sum(1 for one in found if one.reason)
    failed = sum(1 for one in gate if one.fault)
    print(f"gate: tier A and agreed; {listed} listed as out of scope")  # noqa: T201
    print(f"{len(gate) - failed} passed, {failed} failed")  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
