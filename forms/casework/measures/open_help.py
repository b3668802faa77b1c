"""Units of measures over the episodes that are open: how many, with whom, and how they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from forms.casework.agreement import is_agreed
from forms.casework.drift import drift
from forms.casework.episodes import Episode, members
from forms.casework.measures.case import Case, Council
from forms.casework.measures.measure import Unit
from forms.casework.measures.period import Period
from forms.casework.plan import Action
from forms.casework.relationships import responsible_for
from forms.casework.responsible import START_WELL, UNKNOWN
from forms.casework.smart import is_smart

OVERSIGHT_WITHIN = timedelta(weeks=12)


def open_on(council: Council, day: date) -> Iterator[tuple[Case, Episode]]:
    """Every episode open on a day."""
    for case in council.cases:
        for episode in case.episodes:
            if episode.is_open_on(day):
                yield case, episode


def cuts_of(council: Council, case: Case, day: date) -> dict[str, str]:
    """How an episode is grouped on a day: lead group, kind of agency, neighbourhood, level."""
    lead = case.lead(day)
    level = case.level(day)
    return {
        "lead": lead.group if lead else UNKNOWN,
        "agency": (lead.agency if lead else "") or "not known",
        "area": council.area(case, day),
        "level": str(level) if level else "not decided",
    }


def episodes_open(council: Council, period: Period) -> Iterator[Unit]:
    """M1: episodes."""
    for case, episode in open_on(council, period.last):
        yield Unit(case.family, episode.id, cuts=cuts_of(council, case, period.last))


def families_open(council: Council, period: Period) -> Iterator[Unit]:
    """M1: families."""
    for case, _ in open_on(council, period.last):
        yield Unit(case.family, case.family, cuts=cuts_of(council, case, period.last))


def children_open(council: Council, period: Period) -> Iterator[Unit]:
    """M1: children, who are members of an episode for as long as they belong to the family."""
    for case, episode in open_on(council, period.last):
        cuts = cuts_of(council, case, period.last)
        for member in members(episode, case.people):
            if member.since <= period.last and (member.until is None or period.last < member.until):
                yield Unit(case.family, member.person, cuts=cuts)


def open_to_start_well(council: Council, period: Period) -> Iterator[Unit]:
    """M2."""
    for case, episode in open_on(council, period.last):
        cuts = cuts_of(council, case, period.last)
        yield Unit(case.family, episode.id, counted=cuts["lead"] == START_WELL, cuts=cuts)


def by_month(council: Council, period: Period) -> Iterator[Unit]:
    """M3: open at each of 13 month ends, and what started and ended in each month."""
    for end in period.month_ends:
        month = Period(end.replace(day=1), end)
        for case in council.cases:
            for episode in case.episodes:
                happened = {
                    "open": episode.is_open_on(end),
                    "started": month.holds(episode.start),
                    "ended": month.holds(episode.end),
                }
                for kind in (kind for kind, is_so in happened.items() if is_so):
                    day = episode.start if kind == "started" else min(episode.end or end, end)
                    cuts = cuts_of(council, case, day if kind != "open" else end)
                    months = {"month": f"{end:%Y-%m}", "counts": kind}
                    subject = f"{episode.id} {kind} {end:%Y-%m}"
                    yield Unit(case.family, subject, cuts={**cuts, **months})


def assessments_open(council: Council, period: Period) -> Iterator[Unit]:
    """M10."""
    for case, episode in open_on(council, period.last):
        cuts = cuts_of(council, case, period.last)
        for assessment in case.assessments:
            finished = assessment.finished
            if finished is not None and episode.start <= finished <= period.last:
                yield Unit(case.family, assessment.record, cuts=cuts)


def both_parents(council: Council, period: Period) -> Iterator[Unit]:
    """M29."""
    for case, _ in open_on(council, period.last):
        excused = {p.id for p in case.people if p.involved == "no" and p.not_involved_why}
        for child in case.children(period.last):
            holders = responsible_for(child, case.related, period.last)
            heard = bool(holders) and all(one in case.views | excused for one in holders)
            yield Unit(case.family, child.id, counted=heard)


def smart_actions(council: Council, period: Period) -> Iterator[Unit]:
    """M30: of the plan as it stands."""
    for case, _ in open_on(council, period.last):
        plan = case.plans.newest
        for goal in plan.goals if plan else ():
            for action in goal.actions:
                if action.is_open:
                    yield Unit(case.family, action.id, counted=is_smart(action, goal.measure))


def agreement_recorded(council: Council, period: Period) -> Iterator[Unit]:
    """M31."""
    for case, episode in open_on(council, period.last):
        agreed = is_agreed(case.people, case.agreements, period.last)
        told = any(notice.on <= period.last for notice in case.notices)
        cuts = cuts_of(council, case, period.last)
        yield Unit(case.family, episode.id, counted=agreed and told, cuts=cuts)


def overseen(council: Council, period: Period) -> Iterator[Unit]:
    """M32."""
    since = period.last - OVERSIGHT_WITHIN
    for case, episode in open_on(council, period.last):
        seen = any(since <= one.on <= period.last for one in case.oversight)
        cuts = cuts_of(council, case, period.last)
        yield Unit(case.family, episode.id, counted=seen, cuts=cuts)


def drifting(council: Council, period: Period) -> Iterator[Unit]:
    """M33: an episode once for each reason."""
    for case, episode in open_on(council, period.last):
        actions: tuple[Action, ...] = case.plans.newest.actions if case.plans.newest else ()
        course = (case.levels, case.reviews, actions, case.contacts, period.last)
        reasons = drift(episode, *course, council.timescales)
        for reason in reasons or ("none",):
            yield Unit(case.family, episode.id, counted=bool(reasons), cuts={"reason": reason})


def live_plans(council: Council, period: Period) -> Iterator[Unit]:
    """M23: one plan agreed in this episode, and no second one."""
    for case, episode in open_on(council, period.last):
        plans = [day for day in case.plans.agreed if episode.start <= day <= period.last]
        for assessment in case.assessments:
            finished = assessment.finished
            if finished is not None and period.holds(finished) and finished >= episode.start:
                yield Unit(case.family, assessment.record, counted=len(plans) == 1)


def neet_risk(council: Council, period: Period) -> Iterator[Unit]:
    """M22."""
    helped = {unit.subject for unit in children_open(council, period)}
    for person in sorted(council.feeds.neet_risk):
        yield Unit("", person, counted=person in helped)


def format_met(council: Council, period: Period) -> Iterator[Unit]:
    """M37: somebody of an open family needs large print or easy read, and got it so."""
    for case, _ in open_on(council, period.last):
        wanted = set()
        for person in case.people:
            if person.belongs_on(period.last):
                wanted |= {"large"} if person.print_size not in ("", "standard") else set()
                wanted |= {"easy_read"} & set(person.print_needs)
        if wanted:
            given = {one.kind for one in case.plans.given if one.on <= period.last}
            yield Unit(case.family, case.family, counted=wanted <= given)
