"""What one try of a passphrase costs: Argon2id's parameters, between a floor and a ceiling.

The floor is RFC 9106's second recommended option. A key file that asks for less would be weaker
than it was made, one that asks for more than the ceiling would hang the laptop: both are refused
before any work is done.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from argon2.low_level import Type, hash_secret_raw


@dataclass(frozen=True, slots=True)
class PassphraseCost:
    """Passes over memory (t), memory in KiB (m) and lanes (p)."""

    passes: int
    kibibytes: int
    lanes: int

    @property
    def is_acceptable(self) -> bool:
        """True between FLOOR and CEILING in each figure."""
        return all(
            low <= here <= high
            for low, here, high in zip(
                FLOOR.as_numbers().values(),
                self.as_numbers().values(),
                CEILING.as_numbers().values(),
                strict=True,
            )
        )

    def as_numbers(self) -> dict[str, int]:
        """The three figures by name."""
        return {"passes": self.passes, "kibibytes": self.kibibytes, "lanes": self.lanes}


FLOOR = PassphraseCost(passes=3, kibibytes=64 * 1024, lanes=4)
CEILING = PassphraseCost(passes=16, kibibytes=1024 * 1024, lanes=16)


def calibrated(
    target_seconds: float = 0.7, stopwatch: Callable[[], float] = time.perf_counter
) -> PassphraseCost:
    """The floor, or as many more passes as make one try take about ``target_seconds`` here."""
    begun = stopwatch()
    hash_secret_raw(
        b"calibration", bytes(16), FLOOR.passes, FLOOR.kibibytes, FLOOR.lanes, 32, Type.ID
    )
    seconds = max(stopwatch() - begun, 0.001)
    passes = round(FLOOR.passes * target_seconds / seconds)
    return replace(FLOOR, passes=min(max(passes, FLOOR.passes), CEILING.passes))
