"""Where a worker was when the laptop locked: after unlocking they go on there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.services.clock import Clock
from desktop.services.lease import FamilyCovered
from desktop.vault import Vault

WITHIN = timedelta(minutes=30)
"""Later it may be another home, where whose form was open is nobody's business."""

_LEFT_AT = "left at"


@dataclass(frozen=True, slots=True)
class LeftAt:
    """A record that was being filled, at the question of a path; blank: at none."""

    family: str
    record: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class ComingBack:
    """Keeps it inside the vault, from a lock to the next unlock.

    ``may_read`` raises `FamilyCovered` for a family that is not shown now.
    """

    vault: Vault
    clock: Clock
    may_read: Callable[[str], None]

    def leave(self, at: LeftAt) -> None:
        """The laptop is about to lock."""
        left = [at.family, at.record, at.question, self.clock.now().isoformat()]
        self.vault.remember(_LEFT_AT, left)

    def come_back(self) -> LeftAt | None:
        """Where to go on, told once; None if it is too long ago or not to be shown any more."""
        kept = self.vault.recall(_LEFT_AT)
        if kept is None:
            return None
        self.vault.remember(_LEFT_AT, None)
        match kept:
            case [str(family), str(record), str(question), str(when)]:
                ago = self.clock.now() - datetime.fromisoformat(when)
                is_soon = timedelta() <= ago <= WITHIN
                at = LeftAt(family, record, question)
                return at if is_soon and self._is_shown(at) else None
        return None

    def _is_shown(self, at: LeftAt) -> bool:
        try:
            self.may_read(at.family)
        except FamilyCovered:
            return False
        return self.vault.record(at.record) is not None
