"""The team's caseload and what needs looking at, online, for those who oversee it.

Runs in the network lane. Nothing of it is kept on the laptop, and it holds no words of a record.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar, cast

from desktop.services.clock import Clock
from desktop.services.enrolling import Membership
from desktop.services.proxies import Proxies, no_proxies
from sync.client.team_wire import TeamWire
from sync.contract.messages import (
    Allocate,
    HandOver,
    Occasion,
    OverseenFamily,
    OversightNote,
    TeamFamily,
)

__all__ = ["NotEnrolled", "TeamDesk", "TeamLine", "TeamView", "TeamWire"]

Answer = TypeVar("Answer")
_OVERSEERS = frozenset({"manager", "coordinator", "information governance"})
_SEES_TEAM = "team"  # as the EHM's table of permissions names it


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
    may: frozenset[str] = frozenset()
    """What this role may ask of the EHM, as ``GET /v1/me`` names it."""

    @property
    def sees_families(self) -> bool:
        """False for a role that oversees laptops and the audit, and no family."""
        return _SEES_TEAM in self.may


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
        role = self.role.casefold().replace("_", " ")
        return self.membership is not None and role in _OVERSEERS

    def ask(self, job: Callable[[TeamWire], Answer]) -> Answer:
        """Do something with the EHM, over a connection that ends with it.

        Errors: SyncError, NotEnrolled.
        """
        if self.membership is None:
            raise NotEnrolled
        with closing(self.membership.wire(self.clock, self.proxies)) as wire:
            return job(TeamWire(wire))

    def read(self) -> TeamView:
        """The caseload as the EHM has it now; no families for a role that may not see them."""
        return self.ask(_read)

    def give(self, family: str, worker: str, reason: str) -> TeamView:
        """Give a family to somebody; the caseload after it."""
        given = Allocate(what="give", worker=worker, reason=reason)
        self.ask(lambda wire: wire.allocate(family, given))
        return self.read()

    def take_away(self, family: str, worker: str, reason: str) -> TeamView:
        """End somebody's access to a family."""
        ended = Allocate(what="take_away", worker=worker, reason=reason)
        self.ask(lambda wire: wire.allocate(family, ended))
        return self.read()

    def hand_over(self, family: str, giver: str, receiver: str, reason: str) -> TeamView:
        """From one worker to another in one step: never nobody in between."""
        said = HandOver(giver=giver, receiver=receiver, reason=reason)
        self.ask(lambda wire: wire.hand_over(family, said))
        return self.read()

    def note(self, family: str, occasion: str, words: str, weeks: int) -> TeamView:
        """Write a manager's note on a family, who looks again in so many weeks: its worker gets it.

        It is a record like any other.
        """
        again = self.clock.now().date() + timedelta(weeks=weeks)
        said = OversightNote(occasion=cast(Occasion, occasion), words=words, next_on=again)
        self.ask(lambda wire: wire.note_oversight(family, said))
        return self.read()


def _read(wire: TeamWire) -> TeamView:
    may = frozenset(wire.me().may)
    if _SEES_TEAM not in may:
        return TeamView((), (), may)
    team, found = wire.team(), wire.oversight()
    look_at = {one.id: one for one in found.families}
    order = {one.id: place for place, one in enumerate(found.families)}
    lines = sorted(team.families, key=lambda f: (order.get(f.id, len(order)), f.reference))
    people = tuple((person.id, person.name) for person in team.people)
    return TeamView(tuple(_line(line, look_at.get(line.id)) for line in lines), people, may)


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
