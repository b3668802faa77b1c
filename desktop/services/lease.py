"""How long a laptop may be used without contact, and what it does about it. In the vault lane.

The days count from the council's own signed word, by a clock that only goes forward: the latest
moment that was ever seen counts, and a clock that stands before it is not believed. It limits
honest misuse and helps after a laptop is lost; it does not stop somebody with the passphrase and a
debugger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from desktop.services.clock import Clock
from desktop.services.policy import PolicyInForce
from desktop.services.trouble import Trouble
from desktop.vault import Event, RecordRow, Vault
from sync.contract.messages import Lease

_SEEN = "latest moment"
_PROVED = "proved at the centre"
_CLOCK_MAY_LAG = timedelta(minutes=10)
_NOTE_EVERY = timedelta(minutes=1)


class Contact(IntEnum):
    """How long ago the last contact was, as the council's figures have it."""

    FRESH = 0
    WARNED = 1
    READ_ONLY = 2
    COVERED = 3


class FamilyCovered(Exception):
    """A family that was here before the last contact, too long ago."""

    title = "This family is covered"
    message = (
        "This laptop has not met your council for too long. Sync, and it is here again: nothing "
        "has been deleted. New families, new records, blank forms and the urgent numbers work."
    )


@dataclass(slots=True)
class LeaseWatch:
    """The lease of one open vault."""

    vault: Vault
    clock: Clock
    policy: PolicyInForce

    def contact(self) -> Contact:
        """How things stand now."""
        lease = self.vault.replica.lease()
        if lease is None:  # never enrolled: there is no council to meet
            return Contact.FRESH
        now, clock_is_wrong = self._now(lease)
        days, policy = now - lease.at, lease.policy
        if days >= timedelta(days=policy.cover_days):
            return Contact.COVERED
        if days >= timedelta(days=policy.read_only_days) or clock_is_wrong:
            return Contact.READ_ONLY
        return Contact.WARNED if days >= timedelta(days=policy.warn_days) else Contact.FRESH

    def in_words(self) -> Trouble | None:
        """What to say on the first page; None while there is nothing to say."""
        lease, contact = self.vault.replica.lease(), self.contact()
        if lease is None:
            return None
        if contact is Contact.FRESH:
            return self._too_many(lease.policy.most_families)
        now, clock_is_wrong = self._now(lease)
        if clock_is_wrong and contact is Contact.READ_ONLY:
            return Trouble(_CLOCK_TITLE, _CLOCK_WORDS)
        days = (now - lease.at).days
        title = f"This laptop has not met your council for {days} days"
        return Trouble(title, _WORDS[contact])

    def is_read_only(self, record: RecordRow) -> bool:
        """True for a record that can be read and not written on until the next contact.

        Safety and contact notes can always be written, and what was begun since.
        """
        lease = self.vault.replica.lease()
        if lease is None or self.contact() < Contact.READ_ONLY:
            return False
        since = lease.at + timedelta(days=lease.policy.read_only_days)
        return record.form not in self.policy.now.always_written and record.begun < since

    def covered_before(self) -> datetime | None:
        """Families begun before this are not shown until the next contact; None: all are."""
        lease = self.vault.replica.lease()
        if lease is None or self.contact() < Contact.COVERED:
            return None
        return lease.at + timedelta(days=lease.policy.cover_days)

    def check(self, family: str) -> None:
        """Raises FamilyCovered."""
        before = self.covered_before()
        if before is None:
            return
        if any(family in row.ids and row.begun < before for row in self.vault.families()):
            raise FamilyCovered

    def was_proved(self) -> None:
        """A digest has just shown that the centre holds all that is here, family by family."""
        self.vault.remember(_PROVED, dict(self.vault.replica.digests()))

    def purge(self, is_closed: Callable[[str], bool]) -> int:
        """Remove closed families after long without contact; how many.

        Only those of which a digest has proved that the centre holds every change: nothing else is
        ever erased without contact.
        """
        lease = self.vault.replica.lease()
        if lease is None or self._now(lease)[0] - lease.at < self.policy.now.purge_after:
            return 0
        leaving = [family for family in self._proved() if is_closed(family)]
        for family in leaving:
            self.vault.replica.remove_proved_family(family)
        if leaving:
            self.vault.note(Event("purged without contact", count=len(leaving)))
        return len(leaving)

    # --- inside ------------------------------------------------------------------------------

    def _too_many(self, most: int) -> Trouble | None:
        """More families than the council lets a laptop hold: said, and none is ever dropped."""
        families = len(self.vault.families())
        if families <= most:
            return None
        return Trouble(
            f"This laptop holds {families} families",
            f"Your council lets a laptop hold {most}: fewer at risk if it is lost. Ask your "
            "manager whose work has ended or can be with somebody else. Nothing is taken off by "
            "itself, and a new family can still be begun.",
        )

    def _proved(self) -> Iterator[str]:
        proved = self.vault.recall(_PROVED)
        here = self.vault.replica.digests()
        for family, digest in proved.items() if isinstance(proved, dict) else ():
            if here.get(family) == digest and not self.vault.replica.has_unsent(family):
                yield family

    def _now(self, lease: Lease) -> tuple[datetime, bool]:
        """The latest moment ever seen, and whether the clock stands before it.

        A newer lease begins anew, at the council's own time.
        """
        known = self.vault.recall(_SEEN)
        latest = lease.at
        if isinstance(known, list) and known[0] == lease.at.isoformat():
            latest = max(latest, datetime.fromisoformat(known[1]))
        now = self.clock.now()
        if now - latest > _NOTE_EVERY:
            self.vault.remember(_SEEN, [lease.at.isoformat(), now.isoformat()])
        return max(now, latest), latest - now > _CLOCK_MAY_LAG


_WORDS = {
    Contact.WARNED: (
        "Sync when you can. After a few more days nothing can be written on it but new records, "
        "safety checks and visit notes."
    ),
    Contact.READ_ONLY: (
        "Until you sync, what is here can be read and printed but not changed. Safety checks, "
        "visit notes and new records can be written."
    ),
    Contact.COVERED: (
        "The families on it are covered until you sync; nothing has been deleted. New families, "
        "new records, blank forms and the urgent numbers work."
    ),
}
_CLOCK_TITLE = "The clock of this laptop is behind"
_CLOCK_WORDS = (
    "It stands before a time that this laptop has already seen. Set it right, or sync: until then "
    "what is here can be read but not changed. Safety checks, visit notes and new records can be "
    "written."
)
