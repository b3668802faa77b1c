"""What is on this laptop and what the council may do with it, for the person who carries it.

Counts only, never a name of a family. Runs in the vault lane.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.services.enrolling import Membership
from desktop.services.policy import PolicyInForce
from desktop.services.recovering import recoveries
from desktop.services.syncing import Syncing
from desktop.services.visiting import Visiting
from desktop.vault import Vault
from sync.client.line import CLIENT
from sync.contract.messages import DevicePolicy


@dataclass(frozen=True, slots=True)
class Recovery:
    """One use of the council's recovery key for this laptop."""

    at: datetime
    by: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class LaptopView:
    """What the page says. ``device`` and ``council`` are empty for a vault of no council.

    The days count without contact; ``program``, ``forms`` and ``vault`` are versions.
    """

    device: str
    council: str
    worker: str
    families: int
    most_families: int
    records: int
    attachments: int
    waiting: int
    last_checked: datetime | None
    program: str
    forms: str
    vault: int
    warn_days: int
    read_only_days: int
    cover_days: int
    purge_days: int
    recoveries: tuple[Recovery, ...] = ()
    on_visit: bool = False


@dataclass(frozen=True, slots=True)
class ThisLaptop:
    """The laptop of one open vault."""

    vault: Vault
    membership: Membership | None
    policy: PolicyInForce
    syncing: Syncing
    visiting: Visiting

    def read(self) -> LaptopView:
        """How things stand now."""
        held, state = self.vault.inventory.held(), self.syncing.state()
        lease = self.vault.replica.lease()
        told = lease.policy if lease else DevicePolicy()
        return LaptopView(
            device=self.membership.name if self.membership else "",
            council=self.membership.council if self.membership else "",
            worker=self.vault.worker.name,
            families=held.families,
            most_families=told.most_families,
            records=held.records,
            attachments=held.attachments,
            waiting=state.waiting,
            last_checked=state.last_checked,
            program=CLIENT,
            forms=self.vault.pack_in_use,
            vault=held.version,
            warn_days=told.warn_days,
            read_only_days=told.read_only_days,
            cover_days=told.cover_days,
            purge_days=self.policy.now.purge_after.days,
            recoveries=tuple(
                Recovery(one.at, one.by, one.reason) for one in recoveries(self.vault)
            ),
            on_visit=self.visiting.ends() is not None,
        )
