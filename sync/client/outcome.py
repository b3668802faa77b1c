"""What an exchange says while it runs, and what it did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from sync.client.errors import SyncError
from sync.client.replica import Shown


class Step(Enum):
    """Where an exchange has got to, in the order in which it goes."""

    CONNECTING = "connecting"
    SENDING = "sending"
    FETCHING = "fetching"
    SHOWING = "showing"
    CHECKING = "checking"
    SENDING_FILES = "sending files"
    FETCHING_FORMS = "fetching forms"
    FETCHING_FILES = "fetching files"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one step is: changes, families or files done, and of how many (None: not known)."""

    step: Step
    done: int = 0
    total: int | None = None


@dataclass(frozen=True, slots=True)
class FamilyOutcome:
    """What came in for one family.

    ``checked``: after it, this device and the EHM held the same of this family.
    """

    family: str
    is_new: bool = False
    changes: int = 0
    authors: frozenset[str] = frozenset()
    conflicts: int = 0
    left: bool = False
    checked: bool = False

    def and_then(self, shown: Shown) -> FamilyOutcome:
        """This, and what was shown after it."""
        return FamilyOutcome(
            family=self.family,
            is_new=(self.is_new or shown.is_new) and not shown.left,
            changes=self.changes + shown.changes,
            authors=self.authors | shown.authors,
            conflicts=shown.conflicts,
            left=shown.left,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an exchange ended. What had gone is gone, and the rest waits, however it ended.

    ``checked``: the digests of everything were compared and equal; only then may a screen say so.
    ``rescued``: the EHM had been put back from a backup and was given again what it lost.
    """

    began: datetime
    ended: datetime
    sent: int = 0
    held: int = 0
    rejected: int = 0
    received: int = 0
    files_sent: int = 0
    files_received: int = 0
    families: Mapping[str, FamilyOutcome] = field(default_factory=dict)
    checked: bool = False
    rescued: bool = False
    new_pack: str = ""
    trouble: SyncError | None = None
    cancelled: bool = False
