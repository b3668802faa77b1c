"""Somebody is away: a colleague stands in, and it ends by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from desktop.services.team import TeamWire
from desktop.ui.moments import Moments
from desktop.ui.pages.matters import Deed, Matter, Question
from desktop.ui.words import counted, tr
from sync.contract.messages import Cover, Team, Worker

_WEEKS = (1, 2, 4, 6)


@dataclass(frozen=True, slots=True)
class CoversBoard:
    """Each person who can have families, with how many they have."""

    moments: Moments

    @property
    def name(self) -> str:
        """The page's name."""
        return tr("Cover for somebody who is away")

    @property
    def intro(self) -> str:
        """What the page is for."""
        return tr("The stand-in has every family of the person until the day you choose.")

    def read(self, wire: TeamWire) -> tuple[Matter, ...]:
        """Everybody who can have families."""
        team = wire.team()
        return tuple(self._matter(person, team) for person in team.people)

    def act(self, wire: TeamWire, matter: str, deed: str, said: Mapping[str, str]) -> str:
        """Let somebody stand in."""
        day = self.moments.today() + timedelta(weeks=int(said["weeks"]))
        until = datetime.combine(day, time.max, UTC)
        given = wire.cover(Cover(worker=matter, stand_in=said["who"], until=until))
        return counted(
            given.families,
            "{n} family is covered until {day}.",
            "{n} families are covered until {day}.",
            day=self.moments.day(day),
        )

    def _matter(self, person: Worker, team: Team) -> Matter:
        held = [h for f in team.families for h in f.holders if h.worker.id == person.id]
        has = counted(len(held), "Has {n} family", "Has {n} families")
        lines = [has if held else tr("Has no family")]
        stand_ins = {
            (h.worker.name, h.until)
            for f in team.families
            for h in f.holders
            if h.covers_for == person.id
        }
        for name, until in sorted(stand_ins, key=str):
            day = self.moments.day(until.date()) if until else tr("further notice")
            lines.append(tr("{name} stands in until {day}", name=name, day=day))
        others = tuple((one.id, one.name) for one in team.people if one.id != person.id)
        weeks = tuple((str(n), counted(n, "{n} week", "{n} weeks")) for n in _WEEKS)
        deed = Deed(
            "cover",
            tr("Let somebody stand in"),
            (Question("who", tr("Who"), others), Question("weeks", tr("For how long"), weeks)),
            tr("Begin the cover"),
        )
        return Matter(person.id, person.name, tuple(lines), (), (deed,))
