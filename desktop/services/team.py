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
from desktop.services.figure_views import SoFar
from desktop.services.proxies import Proxies, no_proxies
from desktop.services.roles import duties_of
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
NOTHING_TO_LOOK_THROUGH = SoFar(0, 0)
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
    unclear: int = 0
    """Open actions of the plan that could be clearer."""


@dataclass(frozen=True, slots=True, repr=False)
class TeamView:
    """The team's families, what needs looking at first, and who can be given one."""

    lines: tuple[TeamLine, ...]
    people: tuple[tuple[str, str], ...]
    may: frozenset[str] = frozenset()
    """What this role may ask of the EHM, as ``GET /v1/me`` names it."""
    looked_through: SoFar = NOTHING_TO_LOOK_THROUGH
    """Until it is all, nothing is said of what needs looking at."""

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
        return self.membership is not None and duties_of(self.role).oversees

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

    def look_ahead(self) -> SoFar:
        """Have the centre look through the families for a few seconds, and say how far it is."""
        return self.ask(_look_ahead)

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
    team, so_far = wire.team(), _look_ahead(wire)
    found = wire.oversight().families if so_far.is_all else ()
    look_at = {one.id: one for one in found}
    lines = sorted(team.families, key=lambda line: _order(line, look_at.get(line.id)))
    people = tuple((person.id, person.name) for person in team.people)
    shown = tuple(_line(line, look_at.get(line.id)) for line in lines)
    return TeamView(shown, people, may, so_far)


def _order(line: TeamFamily, found: OverseenFamily | None) -> tuple[int, int, str]:
    """What waits for somebody first, then what has most reasons; by the number that is shown."""
    waits, reasons = (len(found.waiting), len(found.drift + found.overdue)) if found else (0, 0)
    return -waits, -reasons, line.number or line.reference


def _look_ahead(wire: TeamWire) -> SoFar:
    told = wire.look_ahead()
    return SoFar(told.counted, told.families)


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
        found.unclear if found else 0,
    )
