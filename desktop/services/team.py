"""The team's caseload and what needs looking at, online, for those who oversee it.

Runs in the network lane. Nothing of it is kept on the laptop, and it holds no words of a record.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime

from desktop.services.clock import Clock
from desktop.services.enrolling import Membership
from desktop.services.syncing import Proxies, no_proxies
from sync.client.wire import HttpWire
from sync.contract.messages import Allocate, OverseenFamily, TeamFamily

_OVERSEERS = frozenset({"manager", "coordinator"})


class NotEnrolled(Exception):
    """There is no council to ask."""

    title = "This laptop is with no council yet"
    message = "Enrol it first."


@dataclass(frozen=True, slots=True, repr=False)
class TeamLine:
    """One family of the team: its reference, who has it, and what to look at, by kinds."""

    family: str
    reference: str
    holders: tuple[tuple[str, str], ...]
    """Worker's id and name."""
    last_written: datetime | None
    level: int | None = None
    overseen: date | None = None
    drift: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class TeamView:
    """The team's families, what needs looking at first, and who can be given one."""

    lines: tuple[TeamLine, ...]
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TeamDesk:
    """What a manager or a coordinator does for a team."""

    membership: Membership | None
    role: str
    clock: Clock
    proxies: Proxies = no_proxies

    @property
    def is_offered(self) -> bool:
        """True for the roles that oversee a team; the EHM decides what they get."""
        return self.membership is not None and self.role.casefold() in _OVERSEERS

    def read(self) -> TeamView:
        """The caseload as the EHM has it now. Errors: SyncError, NotEnrolled."""
        with closing(self._wire()) as wire:
            team, found = wire.team(), wire.oversight()
        look_at = {one.id: one for one in found.families}
        order = {one.id: place for place, one in enumerate(found.families)}
        lines = sorted(team.families, key=lambda f: (order.get(f.id, len(order)), f.reference))
        people = tuple((person.id, person.name) for person in team.people)
        return TeamView(tuple(_line(line, look_at.get(line.id)) for line in lines), people)

    def give(self, family: str, worker: str, reason: str) -> TeamView:
        """Give a family to somebody; the caseload after it. Errors: SyncError, NotEnrolled."""
        with closing(self._wire()) as wire:
            wire.allocate(family, Allocate(what="give", worker=worker, reason=reason))
        return self.read()

    def take_away(self, family: str, worker: str, reason: str) -> TeamView:
        """End somebody's access to a family. Errors: SyncError, NotEnrolled."""
        with closing(self._wire()) as wire:
            wire.allocate(family, Allocate(what="take_away", worker=worker, reason=reason))
        return self.read()

    def _wire(self) -> HttpWire:
        if self.membership is None:
            raise NotEnrolled
        return self.membership.wire(self.clock, self.proxies)


def _line(line: TeamFamily, found: OverseenFamily | None) -> TeamLine:
    return TeamLine(
        line.id,
        line.number or line.reference,
        tuple((holder.worker.id, holder.worker.name) for holder in line.holders),
        line.last_written,
        found.level if found else None,
        found.overseen if found else None,
        found.drift if found else (),
        found.overdue if found else (),
        found.waiting if found else (),
    )
