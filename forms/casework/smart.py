"""Advice on the actions of a plan: is it clear who does what by when (domain.md 1.18)?

It advises and never rewrites; nothing is held up by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from forms.casework.plan import Action, FamilyPlan

NO_MEASURE, NO_NAME, ROLE_ONLY, NO_DATE = "no_measure", "no_name", "role_only", "no_date"
VAGUE, PAST, AFTER_REVIEW, NO_ACTION = "vague", "past", "after_review", "no_action"
MANY_ACTIONS = 8
"""More open actions than this are hard for a family to follow (domain.md 1.18)."""
MANY_GOALS = 4
_VAGUE = re.compile(r"\b(support|monitor|engage|encourage|liaise)\w*", re.IGNORECASE)
_ROLES = frozenset(
    {
        *("hv", "health", "visitor", "school", "nurse", "teacher", "worker", "social", "lead"),
        *("professional", "practitioner", "gp", "doctor", "police", "housing", "officer"),
        *("start", "well", "team", "family", "parents", "support"),
    }
)


@dataclass(frozen=True, slots=True, repr=False)
class Advice:
    """One thing that could be clearer. ``about`` is the action's or the goal's id, or blank.

    ``word`` is the vague verb that was found, for `VAGUE`.
    """

    kind: str
    about: str
    word: str = ""


def smart_advice(plan: FamilyPlan, today: date) -> tuple[Advice, ...]:
    """What could be clearer in the open actions of a plan, in the plan's order."""
    found: list[Advice] = []
    for goal in plan.goals:
        still_open = [action for action in goal.actions if action.is_open]
        if not any(action.is_said for action in goal.actions):
            found.append(Advice(NO_ACTION, goal.id))
        if still_open and not goal.measure.strip():
            found.append(Advice(NO_MEASURE, goal.id))
        for action in still_open:
            found += _of_action(action, plan.next_review, today)
    return tuple(found)


def is_smart(action: Action, measure: str) -> bool:
    """True if an action names a person, has a real date, and its goal has a measure (M30)."""
    return bool(measure.strip()) and action.by_when is not None and not _who(action)


def too_much(plan: FamilyPlan) -> tuple[int, int]:
    """How many goals and open actions there are beyond what a family can follow (0: fine)."""
    still_open = sum(action.is_open for action in plan.actions)
    return max(0, len(plan.goals) - MANY_GOALS), max(0, still_open - MANY_ACTIONS)


def _of_action(action: Action, review: date | None, today: date) -> Iterable[Advice]:
    for kind in _who(action):
        yield Advice(kind, action.id)
    if action.by_when is None:
        yield Advice(NO_DATE, action.id)
    elif action.by_when < today:
        yield Advice(PAST, action.id)
    elif review is not None and action.by_when > review:
        yield Advice(AFTER_REVIEW, action.id)
    if vague := _VAGUE.search(action.what):
        yield Advice(VAGUE, action.id, vague.group())


def _who(action: Action) -> tuple[str, ...]:
    words = re.findall(r"[^\W\d_]+", action.who)
    if not words:
        return (NO_NAME,)
    return (ROLE_ONLY,) if all(word.casefold() in _ROLES for word in words) else ()
