"""What the journey did, what it checked and how long it took: journey.json."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Step:
    """One step of the journey."""

    name: str
    did: list[str] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0
    problem: str = ""

    def do(self, what: str) -> None:
        """Note what is done, in words."""
        self.did.append(what)

    def check(self, what: str, passed: object, found: object = "") -> None:
        """Note a check. A failed one lets the journey go on, and makes it fail in the end."""
        seen = {} if passed or found == "" else {"found": str(found)}
        self.checks.append({"what": what, "passed": bool(passed), **seen})

    @property
    def passed(self) -> bool:
        """Whether nothing went wrong and every check passed."""
        return not self.problem and all(check["passed"] for check in self.checks)


class Record:
    """The steps so far. After each one journey.json is written anew, so that a hang leaves it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.steps: list[Step] = []

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Time a step; an error in it is noted and goes on to the caller."""
        step = Step(name)
        self.steps.append(step)
        say(f"{name} ...", end=" ")
        started = time.monotonic()
        try:
            yield step
        except Exception as error:
            step.problem = f"{type(error).__name__}: {error}"
            raise
        finally:
            step.seconds = round(time.monotonic() - started, 2)
            say(f"{'ok' if step.passed else 'FAILED'} ({step.seconds:.1f} s)")
            for check in step.checks:
                if not check["passed"]:
                    say(f"    not so: {check['what']} {check.get('found', '')}")
            self.write()

    @property
    def passed(self) -> bool:
        """Whether every step passed."""
        return bool(self.steps) and all(step.passed for step in self.steps)

    def write(self) -> None:
        """Write journey.json."""
        told = [
            {
                "step": step.name,
                "passed": step.passed,
                "did": step.did,
                "checked": step.checks,
                "seconds": step.seconds,
                **({"problem": step.problem} if step.problem else {}),
            }
            for step in self.steps
        ]
        self._file.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", "utf-8")


def say(words: str, end: str = "\n") -> None:
    """Tell whoever watches."""
    sys.stdout.write(words + end)
    sys.stdout.flush()
