"""A budget for lines that cost money: so many bytes a day by itself, then words alone.

Words always go: they are small, and promised. What a person asks for goes whatever it costs.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.services.clock import Clock
from desktop.vault import Vault

A_DAY = 20_000_000
_KEY = "metered bytes"


@dataclass(frozen=True, slots=True)
class MeteredBudget:
    """What sync may still move today, by itself, over a line that costs money. In the vault lane.

    A day is one of UTC: a budget needs no zone.
    """

    vault: Vault
    clock: Clock

    def largest_file(self, wanted: int) -> int:
        """The largest file, in bytes, to send or fetch: at most ``wanted``, 0 for none."""
        return max(0, min(wanted, A_DAY - self._used()))

    def spent(self, count: int) -> None:
        """Notes that so many bytes went or came."""
        self.vault.remember(_KEY, {"day": self._today(), "bytes": self._used() + count})

    def _used(self) -> int:
        kept = self.vault.recall(_KEY)
        if not isinstance(kept, dict) or kept.get("day") != self._today():
            return 0
        return int(kept["bytes"])

    def _today(self) -> str:
        return self.clock.now().date().isoformat()
