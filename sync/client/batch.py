"""How much to send at once: more while the line is quick, less when it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sync.client.errors import NotReachable, TooSlow

LEAST = 4_000
FIRST = 128_000
MOST = 1_000_000
_PART = 250_000
"""Bytes of JSON that the store reads in some 40 milliseconds."""
_QUICK = 3.0
_SLOW = 8.0


class BatchSize:
    """Bytes of JSON to send at once. ``timer`` counts seconds and never goes back."""

    def __init__(self, timer: Callable[[], float]) -> None:
        self._timer = timer
        self.size = FIRST

    @property
    def is_least(self) -> bool:
        """True if it cannot get smaller."""
        return self.size == LEAST

    def halve(self) -> None:
        """The last one was too much."""
        self.size = max(LEAST, self.size // 2)

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Around one sending: larger after a quick one, smaller after a slow or a failed one."""
        began = self._timer()
        try:
            yield
        except (TooSlow, NotReachable):
            self.halve()
            raise
        took = self._timer() - began
        if took < _QUICK:
            self.size = min(MOST, self.size * 2)
        elif took > _SLOW:
            self.halve()


def parts_of(size: int) -> Iterator[int]:
    """So many bytes, in parts that the store reads without keeping a save waiting."""
    while size > 0:
        yield min(size, _PART)
        size -= _PART
