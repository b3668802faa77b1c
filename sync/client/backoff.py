"""When to sync next: by itself when there is reason to, ever more patiently after failures.

A small state machine without clock or thread of its own: it is told what happened and when, and
says how long to wait.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

FIRST = 2.0
LONGEST = 15 * 60.0
EVERY = 5 * 60.0
AFTER_A_SAVE = 30.0


@dataclass(frozen=True, slots=True)
class Schedule:
    """When the next exchange is due, in seconds of a clock that never goes back.

    ``failures`` counts those since the last success; ``due`` None: not before something happens.
    ``latest``: when it is due however busy the worker is.
    """

    due: float | None = 0.0
    failures: int = 0
    not_before: float = 0.0
    latest: float = 0.0

    def succeeded(self, now: float) -> Schedule:
        """An exchange went through: the next in five minutes."""
        return Schedule(due=now + EVERY, latest=now + EVERY)

    def failed(
        self,
        now: float,
        jitter: Callable[[], float],
        *,
        retry: bool = True,
        retry_after: float | None = None,
    ) -> Schedule:
        """An exchange failed. ``jitter`` gives 0 to 1: full jitter keeps a fleet from stampeding.

        What the EHM asked for (``retry_after``) is a floor. Without ``retry`` only a person, a new
        network or new work starts the next one.
        """
        longest = min(LONGEST, FIRST * 2.0 ** min(self.failures, 20))
        floor = min(retry_after or 0.0, LONGEST)
        due = now + max(floor, longest * jitter()) if retry else None
        return Schedule(due=due, failures=self.failures + 1, not_before=now + floor)

    def saved(self, now: float) -> Schedule:
        """Work was kept: send it once it has been quiet, and do not hurry a failure."""
        if self.due is not None and (self.failures or self.latest <= now + AFTER_A_SAVE):
            return self
        return replace(self, due=max(self.not_before, now + AFTER_A_SAVE))

    def network_came(self, now: float) -> Schedule:
        """A network appeared, or the laptop woke: try at once, the past failures forgotten."""
        return Schedule(due=max(now, self.not_before), not_before=self.not_before)

    def asked(self, now: float) -> Schedule:
        """A person pressed Sync: now, whatever happened before."""
        return Schedule(due=now)

    def is_due(self, now: float) -> bool:
        """True if an exchange should start."""
        return self.due is not None and now >= self.due
