"""A meeting of the Team Around the Family, while it is held (domain.md 1.19). In the vault lane.

Two records are written on beside each other: the meeting's own, and the plan. Neither is copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from desktop.services.clock import Clock
from desktop.services.known_records import KnownRecords
from desktop.services.opened_record import OpenedRecord
from desktop.services.records import Records
from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import Person, distinct, household
from forms.casework.plan import family_plan
from forms.records.finalising import stays_finished

MEETING, PLAN = "team_meeting", "plan"
_BECAUSE = "Changed at a {team_meeting}"
_ROLES = {"parent": "parent or carer", "child": "child", "other_child": "child"}


@dataclass(frozen=True, slots=True, repr=False)
class MeetingTable:
    """What lies on the table: the meeting's record, the plan if there is one, who may be added.

    ``may_come``: names with where they are from, of the family and of those who help it.
    """

    family: str
    meeting: OpenedRecord
    plan: OpenedRecord | None
    may_come: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class TeamMeetings:
    """The meetings of this worker's families."""

    records: Records
    known: KnownRecords

    @property
    def clock(self) -> Clock:
        """The clock that records are written by."""
        return self.records.clock

    def sit_down(self, family: str) -> str:
        """The meeting that is being written, or else a new one; its record."""
        held = [record for record in self._known(family) if record.form == MEETING]
        begun = [record for record in held if not stays_finished(record.heads)]
        return begun[-1].id if begun else self.records.begin(family, MEETING)

    def table(self, record: str) -> MeetingTable:
        """Everything that is on the table of this meeting. Errors as `Records.open`."""
        meeting = self.records.open(record)
        known = self._known(meeting.family)
        plan = family_plan(known)
        return MeetingTable(
            meeting.family,
            meeting,
            self.records.open(plan.record) if plan is not None else None,
            tuple(_may_come(known, self._today())),
        )

    def change_plan(self, plan: OpenedRecord) -> None:
        """Let the meeting write on a plan that was finished; its history says why."""
        self.records.amend(plan, self.records.packs.newest.said(_BECAUSE))

    def begin_plan(self, family: str) -> str:
        """A plan, for a family that has none."""
        return self.records.begin(family, PLAN)

    def _known(self, family: str) -> Sequence[KnownRecord]:
        return self.known.of_family(family).known

    def _today(self) -> date:
        return self.clock.now().astimezone(ZoneInfo(self.clock.zone)).date()


def _may_come(records: Sequence[KnownRecord], today: date) -> list[tuple[str, str]]:
    """The family at home, then those of the team: nobody else is named where all can read it."""
    here = [(p.name, _role(p, today)) for p in distinct(household(records)) if _is_here(p, today)]
    team = [
        (one.said("person_name"), one.said("role"))
        for one in entities(records, "professional")
        if one.said("in_team") == "yes" and not one.unsettled
    ]
    return [one for one in dict.fromkeys([*here, *team]) if one[0].strip()]


def _is_here(person: Person, today: date) -> bool:
    away = "elsewhere" in (person.role, person.lives)
    return person.belongs_on(today) and not person.is_unborn and not away


def _role(person: Person, today: date) -> str:
    age = person.age(today)
    words = _ROLES.get(person.role, "family")
    return f"{words}, {age}" if person.is_child and age is not None else words
