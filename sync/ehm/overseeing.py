"""What a manager is asked to look at in each family of their team, from the records received."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from sqlalchemy import Connection

from forms.casework.drift import drift
from forms.casework.episodes import episode_on
from forms.casework.measures.case import Case
from forms.casework.requests import LEVEL_4, NOT_FOR_THE_HUB
from forms.casework.smart import PAST, smart_advice
from forms.casework.timescales import Timescales
from sync.contract.messages import CountedSoFar, OverseenFamily, TeamFamily
from sync.ehm.cases import KnownCases, WorkedOut
from sync.ehm.matching import bonds


def oversight(
    connection: Connection,
    cases: KnownCases,
    team: list[TeamFamily],
    timescales: Timescales,
    today: date,
) -> Iterator[OverseenFamily]:
    """What to look at in each family of a team; families that need nothing are left out."""
    lines = {line.id: line for line in team}
    parts = bonds.by_root(connection, lines)
    for root, found in cases.each(connection, lines, _wanted(timescales, today)):
        if found.drift or found.overdue or found.waiting:
            line = lines.get(root) or lines[parts[root][0]]
            yield found.model_copy(update={"id": line.id, "reference": line.reference})


def look_ahead(
    connection: Connection,
    cases: KnownCases,
    team: list[TeamFamily],
    timescales: Timescales,
    today: date,
    is_over: Callable[[], bool],
) -> CountedSoFar:
    """Look through families for `oversight` while there is time, and say how far it is."""
    lines = [line.id for line in team]
    wanted = [_wanted(timescales, today)]
    counted, families = cases.ahead(connection, lines, wanted, is_over)
    return CountedSoFar(counted=counted, families=families)


def _wanted(timescales: Timescales, today: date) -> WorkedOut[OverseenFamily]:
    return WorkedOut(("oversight", today), lambda case: _overseen(case, timescales, today))


def _overseen(case: Case, times: Timescales, today: date) -> OverseenFamily:
    episode = episode_on(case.episodes, today)
    actions = case.plans.newest.actions if case.plans.newest else ()
    reasons: tuple[str, ...] = ()
    if episode is not None:
        reasons = drift(episode, case.levels, case.reviews, actions, case.contacts, today, times)
    return OverseenFamily(
        id=case.family,
        reference="",
        level=case.level(today),
        begun=episode.start if episode else None,
        overseen=max((one.on for one in case.oversight), default=None),
        drift=reasons,
        overdue=tuple(_overdue(case, times, today)) if episode else (),
        waiting=tuple(_waiting(case)),
        unclear=_unclear(case, today) if episode is not None else 0,
    )


def _unclear(case: Case, today: date) -> int:
    plan = case.plans.newest
    if plan is None:
        return 0
    goals = {goal.id: {a.id for a in goal.actions if a.is_open} for goal in plan.goals}
    said = {one.about for one in smart_advice(plan, today) if one.kind != PAST}
    return len(set().union(*(goals.get(about, {about}) for about in said)))


def _overdue(case: Case, times: Timescales, today: date) -> Iterator[str]:
    for assessment in case.assessments:
        if assessment.finished is None:
            due = times.due("assessment_complete", assessment.started, level=case.level(today))
            if due is not None and due.standing(today) == "overdue":
                yield "assessment_complete"
    agreed, held = case.plans.agreed, [r.on for r in case.reviews if r.is_final]
    if agreed:
        step, begun = ("review", max(held)) if held else ("first_review", max(agreed))
        due = times.due(step, begun, level=case.level(today))
        if due is not None and due.standing(today) == "overdue":
            yield step


def _waiting(case: Case) -> Iterator[str]:
    if case.closures_to_agree:
        yield "closure"
    for request in case.requests:
        is_answered = request.decision and request.kind in NOT_FOR_THE_HUB
        if request.is_final and not is_answered and not request.hub_answered:
            yield "level_4" if request.kind == LEVEL_4 else "request"
