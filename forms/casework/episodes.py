"""The episode: one family's continuous early help, from its first to its last event.

Source: domain.md 3.6.0. It begins with the earliest of agreement, a step-down accepted by the
family, and an assessment finished; it ends with a closure that a manager has agreed to
(`forms.casework.closing`), or when nobody agrees any more. A closure counts while it stands as it
was finished: once it is amended, the episode goes on as the same one, and nothing is counted twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from forms.casework.agreement import YES, agreements, all_withdrawn_on
from forms.casework.closing import closed_on, closures
from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import Person, distinct, household, read_date

AGREED, STEPPED_DOWN, ASSESSED = "agreement", "step_down", "assessment"
WITHDREW = "withdrew"


@dataclass(frozen=True, slots=True, repr=False)
class Episode:
    """One family's continuous early help. ``id`` is the id of the record that began it.

    ``end`` is the day of closure; None while it is open. ``start_reason`` is ``agreement``,
    ``step_down`` or ``assessment``; ``end_reason`` the closure form's own code.
    """

    id: str
    family: str
    start: date
    end: date | None
    start_reason: str
    end_reason: str = ""
    closure: str = ""

    def is_open_on(self, day: date) -> bool:
        """Open at D: start <= D and (end is null or end > D) (domain.md 3.6.0)."""
        return self.start <= day and (self.end is None or self.end > day)

    def was_open_in(self, first: date, last: date) -> bool:
        """True if it was open at any time from ``first`` up to and with ``last``."""
        return self.start <= last and (self.end is None or self.end >= first)


@dataclass(frozen=True, slots=True, repr=False)
class Member:
    """A child's part in an episode: from when, and until when (None: still)."""

    person: str
    episode: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class _Turn:
    """Something that begins (order 0) or ends (order 1) early help."""

    day: date
    order: int
    reason: str
    record: str
    family: str


def episodes(records: Iterable[KnownRecord]) -> tuple[Episode, ...]:
    """Every episode of a family, the first one first; at most the last is open."""
    known = list(records)
    turns = sorted(
        [*_beginnings(known), *_endings(known)], key=lambda t: (t.day, t.order, t.record)
    )
    found: list[Episode] = []
    for turn in turns:
        last = found[-1] if found else None
        is_open = last is not None and last.end is None
        if turn.order == 0 and not is_open and (last is None or _is_after(turn, last)):
            found.append(Episode(turn.record, turn.family, turn.day, None, turn.reason))
        elif turn.order == 1 and is_open and last is not None:
            found[-1] = replace(last, end=turn.day, end_reason=turn.reason, closure=turn.record)
    return tuple(found)


def episode_on(known: Iterable[Episode], day: date) -> Episode | None:
    """The episode that was open on that day."""
    return next((episode for episode in known if episode.is_open_on(day)), None)


def has_ended(records: Iterable[KnownRecord]) -> bool:
    """True once help has ended, until it begins again."""
    found = episodes(records)
    return bool(found) and found[-1].end is not None


def members(episode: Episode, people: Iterable[Person]) -> tuple[Member, ...]:
    """The children of an episode and the days of their part in it, each child once.

    A baby is a member from birth; a child who left or came is one for as long as they were there.
    """
    found = []
    for child in distinct(people):
        if not child.is_child or child.is_unborn or child.included == "no":
            continue
        since = max([episode.start, *(d for d in (child.moved_in, child.born) if d is not None)])
        ends = [d for d in (episode.end, child.moved_out, child.died) if d is not None]
        until = min(ends) if ends else None
        if until is None or since < until or since == until == episode.end:
            found.append(Member(child.id, episode.id, since, until))
    return tuple(found)


def _is_after(turn: _Turn, last: Episode) -> bool:
    return last.end is not None and turn.day > last.end


def _beginnings(records: Iterable[KnownRecord]) -> list[_Turn]:
    found = []
    for record in records:
        found += [
            _Turn(one.on, 0, AGREED, record.id, record.family)
            for one in agreements([record])
            if one.answer in YES
        ]
        for entity in entities([record], "assessment"):
            if record.finalised_on is not None:
                day = read_date(entity.said("completed")) or record.finalised_on
                found.append(_Turn(day, 0, ASSESSED, record.id, record.family))
        for entity in entities([record], "request"):
            if entity.said("kind") == STEPPED_DOWN and entity.said("step_down_agreed") == "yes":
                day = read_date(entity.said("plan_ended")) or record.begun_on
                found.append(_Turn(day, 0, STEPPED_DOWN, record.id, record.family))
    return found


def _endings(records: list[KnownRecord]) -> list[_Turn]:
    found = [
        _Turn(
            closed_on(closure, record),
            1,
            closure.said("reason"),
            record.id,
            record.family,
        )
        for record, closure in closures(records)
    ]
    withdrawn = all_withdrawn_on(agreements(records))
    if withdrawn is not None:
        found.append(_Turn(withdrawn, 1, WITHDREW, "", records[0].family))
    return found


def people_of(records: Iterable[KnownRecord]) -> list[Person]:
    """The people of a family, each once."""
    return distinct(household(records))
