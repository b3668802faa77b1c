"""The family's plan: what will be different, who does what by when (domain.md 1.18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from forms.casework.entities import Entity, entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import household, read_date
from forms.records.answer import Answer

_FINISHED = frozenset({"done", "done_late"})
_CLOSED = _FINISHED | {"not_done", "not_needed"}


@dataclass(frozen=True, slots=True, repr=False)
class Action:
    """One thing that one person does. ``progress`` is the form's own code.

    ``unsettled``: two people answered something of it differently, and nobody has settled it.
    """

    id: str
    what: str
    who: str
    by_when: date | None
    how_often: str = ""
    service: str = ""
    progress: str = ""
    unsettled: bool = False

    @property
    def is_said(self) -> bool:
        """True unless the row holds nothing but what the form puts there by itself."""
        return bool(self.what or self.who or self.by_when)

    @property
    def done(self) -> bool:
        """True if it has been done, in time or late."""
        return self.progress in _FINISHED

    @property
    def is_open(self) -> bool:
        """True while somebody is still to do it."""
        return self.is_said and self.progress not in _CLOSED


@dataclass(frozen=True, slots=True, repr=False)
class Goal:
    """What will be different, in the family's words; ``people`` are the names it is for."""

    id: str
    outcome: str
    measure: str
    people: tuple[str, ...] = ()
    domain: str = ""
    start_score: int | None = None
    target_score: int | None = None
    actions: tuple[Action, ...] = ()
    unsettled: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class ChildGoal:
    """What one child wants, in the child's own words; printed only if ``may_print``."""

    id: str
    child: str
    name: str
    words: str
    may_print: bool
    unsettled: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Signed:
    """Somebody's signature; ``attachment`` names its strokes, or is blank."""

    person: str
    name: str
    attachment: str


@dataclass(frozen=True, slots=True, repr=False)
class FamilyPlan:
    """The newest plan of a family. ``as_finished``: what it says is what was signed."""

    record: str
    finalised: bool
    as_finished: bool
    goals: tuple[Goal, ...]
    child_goals: tuple[ChildGoal, ...] = ()
    lead: str = ""
    lead_number: str = ""
    strengths: str = ""
    if_worried: str = ""
    next_review: date | None = None
    review_where: str = ""
    signed: tuple[Signed, ...] = ()
    unsettled: int = 0

    @property
    def actions(self) -> tuple[Action, ...]:
        """Every action of every goal."""
        return tuple(action for goal in self.goals for action in goal.actions)


def family_plan(records: Iterable[KnownRecord]) -> FamilyPlan | None:
    """The plan of the family as it stands, of several the one begun last; None if none is."""
    known = list(records)
    plans = [r for r in known if any(d.dataset == "plan" for d in r.definition.entities)]
    if not plans:
        return None
    record = max(plans, key=lambda plan: (plan.begun, plan.id))
    names = {person.id: person.name for person in household(known)}
    about = next(iter(entities([record], "plan")), None)
    said = about.said if about else lambda _: ""
    return FamilyPlan(
        record=record.id,
        finalised=record.finalised,
        as_finished=record.as_finished,
        goals=_goals(record, names),
        child_goals=tuple(_child_goal(goal, names) for goal in entities([record], "child_goal")),
        lead=said("lead"),
        lead_number=said("lead_number"),
        strengths=said("strengths"),
        if_worried=said("contingency"),
        next_review=read_date(said("next_review")),
        review_where=said("review_where"),
        signed=tuple(_signed(one, names) for one in entities([record], "signed")),
        unsettled=len(record.heads.conflicts()),
    )


def _goals(record: KnownRecord, names: Mapping[str, str]) -> tuple[Goal, ...]:
    actions = entities([record], "action")
    goals = entities([record], "goal")
    known = {goal.id for goal in goals}
    found = [_goal(goal, [a for a in actions if a.within == goal.id], names) for goal in goals]
    orphans = [action for action in actions if action.within not in known]
    if orphans:  # a goal nobody has worded yet: its actions are not lost
        found.append(Goal("", "", "", actions=tuple(map(_action, orphans))))
    return tuple(found)


def _goal(entity: Entity, actions: Iterable[Entity], names: Mapping[str, str]) -> Goal:
    return Goal(
        id=entity.id,
        outcome=entity.said("outcome"),
        measure=entity.said("measure"),
        people=tuple(names[one] for one in entity.chosen("people") if one in names),
        domain=entity.said("domain"),
        start_score=_score(entity.values.get("start_score")),
        target_score=_score(entity.values.get("target_score")),
        actions=tuple(_action(action) for action in actions),
        unsettled=bool(entity.unsettled),
    )


def _action(entity: Entity) -> Action:
    return Action(
        id=entity.id,
        what=entity.said("what"),
        who=entity.said("who"),
        by_when=read_date(entity.said("by_when")),
        how_often=entity.said("how_often"),
        service=entity.said("service"),
        progress=entity.said("progress"),
        unsettled=bool(entity.unsettled),
    )


def _child_goal(entity: Entity, names: Mapping[str, str]) -> ChildGoal:
    child = entity.said("child")
    return ChildGoal(
        id=entity.id,
        child=child,
        name=names.get(child, ""),
        words=entity.said("words"),
        may_print=entity.said("may_print") == "yes" and "may_print" not in entity.unsettled,
        unsettled=bool(entity.unsettled),
    )


def _signed(entity: Entity, names: Mapping[str, str]) -> Signed:
    person = entity.said("person")
    return Signed(person, names.get(person, ""), entity.said("signature"))


def _score(answer: Answer | None) -> int | None:
    if answer is None or not answer.value:
        return None
    try:
        return int(float(answer.value))
    except (ValueError, OverflowError):
        return None
