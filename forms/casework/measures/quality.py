"""Units of measures of quality: voices, meetings, tools, co-authors, outcomes, feedback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from forms.casework.measures.case import Case, Council
from forms.casework.measures.measure import Unit, Units
from forms.casework.measures.open_help import cuts_of
from forms.casework.measures.period import Period
from forms.casework.scores import distances
from forms.casework.voices import is_fresh

SCHOOL = frozenset({"school", "early_years", "send"})
HEALTH = frozenset({"health_visitor", "school_nurse", "gp", "camhs", "midwifery"})
STATEMENTS = ("m9_a", "m9_b", "m9_c", "m9_d", "m9_e", "m9_f", "m9_g")
_AGREE = frozenset({"4", "5"})
_ANSWERED = frozenset({"1", "2", "3", "4", "5"})
_SIX_MONTHS = (timedelta(days=150), timedelta(days=240))
_RELEVANT = {"gcp": ("SF06_1",), "cse": ("SF06_3", "SF06_4"), "dash": ("SF08_1", "SF08_2")}


def co_authored(council: Council, period: Period) -> Iterator[Unit]:
    """M11: content taken in from two organisations or more."""
    for case in council.cases:
        for assessment in case.assessments:
            if period.holds(assessment.finished):
                kinds = {agency for _, agency in assessment.authors}
                many = len({organisation for organisation, _ in assessment.authors}) >= 2
                cuts = {
                    "school": "yes" if kinds & SCHOOL else "no",
                    "health": "yes" if kinds & HEALTH else "no",
                }
                yield Unit(case.family, assessment.record, counted=many, cuts=cuts)


def tools_used(council: Council, period: Period) -> Iterator[Unit]:
    """M12: every use of a tool."""
    for case in council.cases:
        for number, tool in enumerate(case.tools):
            if period.holds(tool.on):
                subject = f"{tool.record} {number}"
                yield Unit(case.family, subject, cuts={"tool": tool.kind})


def relevant_tools(council: Council, period: Period) -> Iterator[Unit]:
    """M12: episodes with a need for which there is a tool, and whether it was used."""
    for case in council.cases:
        codes = {need.code for need in case.needs}
        for episode in case.episodes:
            if not episode.was_open_in(period.first, period.last):
                continue
            for tool, needed in _RELEVANT.items():
                if codes.intersection(needed):
                    used = any(t.kind == tool and t.on <= period.last for t in case.tools)
                    subject = f"{episode.id} {tool}"
                    yield Unit(case.family, subject, counted=used, cuts={"tool": tool})


def meetings_held(council: Council, period: Period) -> Iterator[Unit]:
    """M13: meetings, with how many came."""
    for case in council.cases:
        for meeting in case.meetings:
            if period.holds(meeting.held) and meeting.was_held_by(period.last):
                family = "yes" if meeting.family_was_there else "no"
                value = None if meeting.by_views else float(meeting.came)
                cuts = {"how": "by views" if meeting.by_views else "together", "family": family}
                yield Unit(case.family, meeting.record, cuts=cuts, value=value)


def attendance(council: Council, period: Period) -> Iterator[Unit]:
    """M13: everybody invited, and whether they came."""
    for case in council.cases:
        for meeting in case.meetings:
            if period.holds(meeting.held) and not meeting.by_views:
                for number, one in enumerate(meeting.invited):
                    if one.came != "not_invited":
                        subject = f"{meeting.record} {number}"
                        yield Unit(case.family, subject, counted=one.was_there)


def voice_present(council: Council, period: Period) -> Iterator[Unit]:
    """M28: each child at each assessment finished and each review; an old voice is not fresh."""
    for case in council.cases:
        days = [(a.record, a.finished) for a in case.assessments if a.finished is not None]
        days += [(review.record, review.on) for review in case.reviews if review.is_final]
        for record, day in days:
            if period.holds(day):
                for child in case.children(day):
                    fresh = is_fresh(case.voices, child, day)
                    yield Unit(case.family, f"{record} {child.id}", counted=fresh)


def outcomes_achieved(council: Council, period: Period) -> Iterator[Unit]:
    """M34: domains with a need at closure."""
    for case in council.cases:
        for outcome in case.outcomes:
            if period.holds(outcome.on) and outcome.achieved:
                achieved = outcome.achieved == "achieved"
                subject = f"{outcome.record} {outcome.domain}"
                cuts = {"domain": outcome.domain}
                yield Unit(case.family, subject, counted=achieved, cuts=cuts)


def all_achieved(council: Council, period: Period) -> Iterator[Unit]:
    """M34: families with all outcomes achieved at closure."""
    for case in council.cases:
        found = [one.achieved for one in case.outcomes if period.holds(one.on) and one.achieved]
        if found:
            yield Unit(case.family, case.family, counted=set(found) == {"achieved"})


def sustained(council: Council, period: Period) -> Iterator[Unit]:
    """M34: outcomes achieved, of which somebody asked about six months after closure."""
    for case in council.cases:
        for outcome in case.outcomes:
            asked = _about_six_months_after(case, outcome.on)
            if outcome.achieved == "achieved" and asked and period.holds(asked[0]):
                kept = outcome.domain in asked[1]
                subject = f"{outcome.record} {outcome.domain}"
                yield Unit(case.family, subject, counted=kept)


def _about_six_months_after(case: Case, day: date) -> tuple[date, tuple[str, ...]] | None:
    """The contact about six months after a closure, unless early help has begun again by then."""
    again = min((e.start for e in case.episodes if e.start > day), default=date.max)
    for one in case.in_touch:
        after = one.on - day
        if one.kind == "yes" and one.on < again and _SIX_MONTHS[0] <= after <= _SIX_MONTHS[1]:
            return one.on, tuple(one.detail.split())
    return None


def travelled(council: Council, period: Period) -> Iterator[Unit]:
    """M19: last score minus first, of each domain and rater whose last score is in the period."""
    for case in council.cases:
        for distance in distances([s for s in case.scores if s.on <= period.last]):
            if period.holds(distance.last.on):
                subject = f"{case.family} {distance.domain} {distance.rater} {distance.person}"
                cuts = {
                    "domain": distance.domain,
                    "rater": distance.rater,
                    "direction": distance.direction,
                }
                change = distance.last.percent - distance.first.percent
                better = distance.direction == "better"
                yield Unit(case.family, subject, counted=better, cuts=cuts, value=change)


def says(statement: str) -> Units:
    """M9: who agrees with one statement, of those who answered it."""

    def units(council: Council, period: Period) -> Iterator[Unit]:
        for case in council.cases:
            for survey in case.feedback:
                said = survey.answers.get(statement, "")
                if period.holds(survey.on) and said in _ANSWERED:
                    cuts = cuts_of(council, case, survey.on)
                    cuts |= {"who": survey.who, "collected": survey.collected or "not known"}
                    yield Unit(case.family, survey.record, counted=said in _AGREE, cuts=cuts)

    return units


def responded(council: Council, period: Period) -> Iterator[Unit]:
    """M9: families whose help ended in the period, and whether anybody of them answered."""
    for case in council.cases:
        if any(period.holds(episode.end) for episode in case.episodes):
            answered = any(
                period.holds(survey.on) and any(a in _ANSWERED for a in survey.answers.values())
                for survey in case.feedback
            )
            yield Unit(case.family, case.family, counted=answered)
